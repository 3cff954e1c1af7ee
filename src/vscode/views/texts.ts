import * as vscode from 'vscode';
import type { Cadence, Confidence, JobReport, Prediction, StorageForecast } from '../../backups/report.ts';
import type { Outcome } from '../../backups/run.ts';
import { formatBytes, formatDuration, formatPercent, formatTime, type Wording } from '../../wording/format.ts';
import { isOverdue, jobStatus } from '../jobStatus.ts';

/** Short texts that the tree, the lists and the status bar have in common. */

export function outcomeText(outcome: Outcome): string {
  switch (outcome) {
    case 'success':
      return vscode.l10n.t('succeeded');
    case 'partial':
      return vscode.l10n.t('partial');
    case 'failure':
      return vscode.l10n.t('failed');
    case 'cancelled':
      return vscode.l10n.t('cancelled');
    case 'running':
      return vscode.l10n.t('running');
    case 'skipped':
      return vscode.l10n.t('skipped');
    case 'unknown':
      return vscode.l10n.t('outcome unknown');
  }
}

export function confidenceText(confidence: Confidence): string {
  switch (confidence) {
    case 'high':
      return vscode.l10n.t('high confidence');
    case 'medium':
      return vscode.l10n.t('medium confidence');
    case 'low':
      return vscode.l10n.t('low confidence');
  }
}

export function timeText(at: number | null, wording: Wording): string {
  return at === null ? vscode.l10n.t('time unknown') : formatTime(at, wording);
}

/** The risk, and what else is pressing about the job. */
export function jobText(job: JobReport, wording: Wording): string {
  const risk =
    job.prediction === null
      ? vscode.l10n.t('cannot be predicted')
      : vscode.l10n.t('{0} risk', formatPercent(job.prediction.failureProbability, wording.language));
  if (isOverdue(job)) return vscode.l10n.t('{0}, overdue', risk);
  return jobStatus(job) === 'failed' ? vscode.l10n.t('{0}, last run failed', risk) : risk;
}

/** The interval of a probability with the confidence in it. */
export function intervalText({ interval: [low, high], confidence }: Prediction, wording: Wording): string {
  const percent = (probability: number): string => formatPercent(probability, wording.language);
  return vscode.l10n.t('{0} to {1}, {2}', percent(low), percent(high), confidenceText(confidence));
}

/** When the next run is due, or by how much it is late; null when the job has no cadence. */
export function nextRunText(cadence: Cadence | null, wording: Wording): string | null {
  if (cadence === null || cadence.nextExpectedAt === null) return null;
  const expected = formatTime(cadence.nextExpectedAt, wording);
  return cadence.overdueMs === null
    ? expected
    : vscode.l10n.t('overdue by {0}, was expected {1}', formatDuration(cadence.overdueMs, wording.language), expected);
}

/** When the storage will be full, or else how it grows. */
export function storageText(forecast: StorageForecast, wording: Wording): string {
  const { daysToFull, trend } = forecast;
  if (daysToFull !== null) {
    const earliest = Math.floor(daysToFull.earliest);
    if (daysToFull.latest === null) return vscode.l10n.t('full in {0} days or later', earliest);
    return vscode.l10n.t('full in {0} to {1} days', earliest, Math.ceil(daysToFull.latest));
  }
  const perDay = formatBytes(Math.abs(forecast.bytesPerDay), wording.language);
  switch (trend) {
    case 'growing':
      return vscode.l10n.t('grows by {0} a day', perDay);
    case 'shrinking':
      return vscode.l10n.t('shrinks by {0} a day', perDay);
    case 'flat':
      return vscode.l10n.t('does not grow');
  }
}
