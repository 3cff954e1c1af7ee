import type { Anomaly } from '../../src/backups/report.ts';

const recentMs = 30 * 86_400_000;

/** Findings of the last 30 days: what the overview counts. */
export function recentFindings(anomalies: readonly Anomaly[], now: number): Anomaly[] {
  return anomalies.filter(({ isAnomaly, startedAt }) => isAnomaly && startedAt !== null && now - startedAt <= recentMs);
}
