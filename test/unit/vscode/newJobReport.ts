import type { JobReport, Prediction } from '../../../src/backups/report.ts';
import { message } from '../../../src/wording/message.ts';

/** A job whose last run succeeded and whose next is not expected to fail. */
export function newJobReport(changes: Partial<JobReport> = {}): JobReport {
  const lastRun: JobReport['lastRun'] = {
    startedAt: Date.UTC(2026, 10, 23, 2),
    durationMs: 60_000,
    outcome: 'success',
    sizeBytes: 1000,
    addedBytes: 10,
    kind: null,
    error: null,
    failureClass: null,
    source: { path: '/logs/a.log', line: 7, endLine: 9 },
  };
  return {
    id: 'etc',
    tool: 'restic',
    host: null,
    repository: null,
    runs: 1,
    outcomes: { success: 1, partial: 0, failure: 0, cancelled: 0, running: 0, skipped: 0, unknown: 0 },
    completeness: 'complete',
    lastRun,
    lastSuccessAt: lastRun.startedAt,
    recentRuns: [lastRun],
    cadence: null,
    prediction: newPrediction('proceed'),
    notPredictable: null,
    recentRisks: [],
    anomalies: [],
    forecast: null,
    evaluation: null,
    failureClasses: [],
    ...changes,
  };
}

export function newPrediction(action: Prediction['decision']['action']): Prediction {
  const probability = action === 'proceed' ? 0.1 : 0.8;
  const reason = message('decision.proceed', { probability, limit: 0.5 });
  return {
    failureProbability: probability,
    interval: [probability - 0.1, probability + 0.1],
    confidence: 'low',
    confidenceReason: reason,
    method: 'rule',
    baseProbability: probability,
    riskFactors: [],
    recommendedActions: [],
    decision: { action, confidence: 'low', reason },
  };
}
