import type { BackupRun } from '../run.ts';

/** Mean and standard deviation of one metric, in the unit that its name says. */
export interface BaselineMetric {
  mean: number;
  /** Of the sample (n − 1); 0 for a single value. */
  std: number;
}

const metrics: Readonly<Record<string, (run: BackupRun) => number | null>> = {
  duration_seconds: (run) => (run.durationMs === null ? null : run.durationMs / 1000),
  size_bytes: (run) => run.sizeBytes,
  added_bytes: (run) => run.addedBytes,
  file_count: (run) => run.fileCount,
};

/**
 * What is usual for a job: the original system's historical baseline, from its successful runs only. Metrics that no
 * successful run tells are left out; without such runs the result is empty. The names are those of the original records
 * and of `detectAnomalies`. Sums follow Welford's method, exact for large sizes.
 *
 * @example
 * historicalBaseline(runsOfDurations(100, 200, 300)) //=> { duration_seconds: { mean: 200, std: 100 } }
 */
export function historicalBaseline(runs: readonly BackupRun[]): Record<string, BaselineMetric> {
  const baseline: Record<string, BaselineMetric> = {};
  for (const [name, valueOf] of Object.entries(metrics)) {
    let count = 0;
    let mean = 0;
    let squares = 0;
    for (const run of runs) {
      const value = run.outcome === 'success' ? valueOf(run) : null;
      if (value === null || !Number.isFinite(value)) continue;
      count++;
      const step = value - mean;
      mean += step / count;
      squares += step * (value - mean);
    }
    if (count > 0) baseline[name] = { mean, std: count > 1 ? Math.sqrt(squares / (count - 1)) : 0 };
  }
  return baseline;
}
