"""The work of `backup-foresight analyze` as one would write it with pandas and scikit-learn, for comparison.

    python3 bench/peer.py RECORDS.jsonl

Reads records, makes jobs of them, and for each job: describes every run by earlier ones, predicts it by a logistic
regression that is fitted again every week, scores these predictions, finds anomalies by median
and MAD, and forecasts the daily size by exponential smoothing chosen on rolling origins. Prints seconds and peak memory.
"""

import json
import resource
import sys
import time

started = time.perf_counter()

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score

FIRST_FIT = 50
FIT_EVERY = 168  # hourly jobs: once a week
HORIZON = 90


def describe(job: pd.DataFrame) -> np.ndarray:
    failed = job["failed"].astype(float)
    before = failed.shift(fill_value=0)
    count = np.arange(len(job))
    base = (before.cumsum() + 0.5) / (count + 1)
    started_at = job["started_at"]
    gap = started_at.diff().dt.total_seconds().fillna(0)
    success_at = started_at.where(~job["failed"]).ffill().shift()
    columns = [
        base,
        before,
        before.rolling(5, min_periods=1).mean(),
        before.rolling(10, min_periods=1).mean(),
        before.rolling(50, min_periods=1).mean(),
        before.ewm(alpha=0.1).mean(),
        before.ewm(alpha=0.3).mean(),
        before.groupby((before == 0).cumsum()).cumsum(),
        np.log1p(gap),
        np.log1p((started_at - success_at).dt.total_seconds().fillna(0)),
        np.sin(2 * np.pi * started_at.dt.hour / 24),
        np.cos(2 * np.pi * started_at.dt.hour / 24),
        np.sin(2 * np.pi * started_at.dt.dayofweek / 7),
        np.cos(2 * np.pi * started_at.dt.dayofweek / 7),
        np.log(job["duration_seconds"] / job["duration_seconds"].rolling(30, min_periods=1).median()).shift(fill_value=0),
        np.log(job["size_bytes"] / job["size_bytes"].rolling(30, min_periods=1).median()).shift(fill_value=0),
    ]
    return np.column_stack(columns)


def walk_forward(features: np.ndarray, failed: np.ndarray) -> np.ndarray:
    predicted = features[:, 0].copy()
    fit = FIRST_FIT
    while fit < len(failed):
        until = min(fit + FIT_EVERY, len(failed))
        if 0 < failed[:fit].sum() < fit:
            model = make_pipeline(StandardScaler(), LogisticRegression()).fit(features[:fit], failed[:fit])
            predicted[fit:until] = model.predict_proba(features[fit:until])[:, 1]
        fit = until
    return predicted


def score(predicted: np.ndarray, failed: np.ndarray) -> dict:
    p, y = np.clip(predicted[1:], 1e-6, 1 - 1e-6), failed[1:]
    if y.min() == y.max():
        return {"log_loss": log_loss(y, p, labels=[0, 1])}
    return {
        "log_loss": log_loss(y, p),
        "brier": brier_score_loss(y, p),
        "roc_auc": roc_auc_score(y, p),
        "pr_auc": average_precision_score(y, p),
    }


def anomalies(job: pd.DataFrame) -> int:
    good = job[~job["failed"]]
    found = 0
    for metric in ("duration_seconds", "size_bytes", "files_new"):
        values = np.log1p(good[metric])
        window = values.shift().rolling(60, min_periods=10)
        middle = window.median()
        spread = 1.4826 * (values.shift() - middle).abs().rolling(60, min_periods=10).median()
        found += int(((values - middle).abs() > 5 * spread.clip(lower=0.05)).sum())
    return found


def forecast(job: pd.DataFrame) -> list:
    daily = job.set_index("started_at")["size_bytes"].resample("D").last().ffill().to_numpy()
    best, chosen = np.inf, None
    for alpha in (0.1, 0.3, 0.5, 0.7, 0.9):
        for phi in (0.8, 0.98):
            level, trend, errors = daily[0], 0.0, []
            for value in daily[1:]:
                expected = level + phi * trend
                error = value - expected
                errors.append(abs(error))
                level, trend = expected + alpha * error, phi * trend + 0.1 * alpha * error
            loss = float(np.mean(errors[len(errors) // 3 :]))
            if loss < best:
                best, chosen = loss, (level, trend, phi, np.quantile(errors, 0.95))
    level, trend, phi, width = chosen
    steps = np.cumsum(phi ** np.arange(1, HORIZON + 1))
    return list(zip(level + trend * steps, width * np.sqrt(np.arange(1, HORIZON + 1))))


records = pd.read_json(sys.argv[1], lines=True)
records["started_at"] = pd.to_datetime(records["started_at"], utc=True)
records["failed"] = records["status"].eq("failed")
report = []
for name, job in records.sort_values("started_at", kind="stable").groupby("backup_id"):
    features, failed = describe(job), job["failed"].to_numpy().astype(int)
    predicted = walk_forward(features, failed)
    report.append(
        {"job": name, "risk": float(predicted[-1]), "score": score(predicted, failed), "anomalies": anomalies(job), "days": len(forecast(job))}
    )
print(
    json.dumps(
        {
            "jobs": len(report),
            "seconds": time.perf_counter() - started,
            "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        }
    )
)
