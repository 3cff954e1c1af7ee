import { zScore } from 'simple-statistics';
import type { Severity } from '../report.ts';

/** What a metric usually is: mean and standard deviation, in the metric's own unit. */
export interface MetricBaseline {
  mean: number;
  std: number;
}

/** The verdict on one metric of one run. */
export interface MetricVerdict {
  metricName: string;
  isAnomaly: boolean;
  /** Standard deviations from the mean, signed, from −50 to 50. */
  anomalyScore: number;
  severity: Severity | 'normal';
}

/** Scores are capped here: beyond it a larger number tells nothing more. */
export const scoreCap = 50;

const anomalyScore = 3;
const criticalScore = 6;

/**
 * Compares the metrics of one run with a baseline of means and standard deviations; the original system's detector. It
 * needs no history, and therefore knows neither weekday nor trend: `findAnomalies` does. Both sides count. A standard
 * deviation is taken as at least 5 % of the mean, so that a job which never varied does not alarm over a byte. Severity:
 * `info` from 2 deviations (not yet an anomaly), `warning` from 3, `critical` from 6. Metrics without a baseline, and
 * values that are not finite, are left out.
 *
 * @example
 * detectAnomalies({ duration_seconds: 900, size_bytes: 100 }, { duration_seconds: { mean: 300, std: 60 } })
 * //=> [{ metricName: 'duration_seconds', isAnomaly: true, anomalyScore: 10, severity: 'critical' }]
 */
export function detectAnomalies(
  current: Readonly<Record<string, number>>,
  baseline: Readonly<Record<string, MetricBaseline>>,
): MetricVerdict[] {
  const verdicts: MetricVerdict[] = [];
  for (const [metricName, value] of Object.entries(current)) {
    const usual = Object.hasOwn(baseline, metricName) ? baseline[metricName] : undefined;
    if (!usual || !Number.isFinite(value) || !Number.isFinite(usual.mean)) continue;
    const std = Math.max(Number.isFinite(usual.std) ? usual.std : 0, Math.abs(usual.mean) * 0.05);
    const score = std > 0 ? zScore(value, usual.mean, std) : Math.sign(value - usual.mean) * scoreCap;
    const capped = Math.max(-scoreCap, Math.min(scoreCap, score));
    const size = Math.abs(capped);
    verdicts.push({
      metricName,
      isAnomaly: size >= anomalyScore,
      anomalyScore: capped,
      severity: size >= criticalScore ? 'critical' : size >= anomalyScore ? 'warning' : size >= 2 ? 'info' : 'normal',
    });
  }
  return verdicts;
}
