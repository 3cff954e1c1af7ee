import type { RiskReport } from '../../backups/report.ts';

const minuteMs = 60_000;
/** How often to look while a run is due but not yet late enough to be called overdue. */
const dueIntervalMs = 15 * minuteMs;

/**
 * When to look again although no log has changed: a run that does not come writes nothing. Null when no job has a run
 * ahead; UTC epoch milliseconds.
 *
 * @example
 * nextLookAt({ schema: 1, generatedAt: 0, sources: [], jobs: [] }, 0) //=> null
 */
export function nextLookAt(report: RiskReport, now: number): number | null {
  const due = report.jobs
    .filter(({ cadence }) => cadence !== null && cadence.overdueMs === null)
    .map(({ cadence }) => cadence?.nextExpectedAt ?? null)
    .filter((at) => at !== null);
  if (due.length === 0) return null;
  const earliest = Math.min(...due);
  return earliest >= now ? earliest + minuteMs : now + dueIntervalMs;
}
