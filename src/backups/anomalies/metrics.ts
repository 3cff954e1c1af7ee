import type { Metric } from '../report.ts';
import type { MeasuredRun } from '../run.ts';

/** How a metric is read from a run, and what is too little of it to matter. */
export interface MetricDefinition {
  metric: Metric;
  /** Null when the run does not tell. */
  value: (run: MeasuredRun) => number | null;
  /** What the value depends on from run to run, in any unit from 0; null when the run does not tell. */
  cause?: (run: MeasuredRun) => number | null;
  /** Added before the logarithm, in the metric's unit: below it ratios say nothing (2 s against 1 s is no anomaly). */
  small: (run: MeasuredRun) => number;
  /** Least standard deviation, of logarithms: no job repeats itself more exactly than this. */
  leastDeviation: number;
  /** Least change worth a word, as a factor. */
  leastFactor: number;
  /** Change that is worth a word with less evidence, as a factor. */
  graveFactor: number;
  /** Factors above and below which a finding is critical. */
  critical: { high: number; low: number };
  /** Whether slow change of it is a finding: not for what differs every night anyhow. */
  drifts: boolean;
}

const kib = 1024;
const smallBytes = 64 * kib;
const smallDurationMs = 3000;

/** New data below a thousandth of the source is as good as none. */
const smallAddedBytes = (run: MeasuredRun): number => Math.max(smallBytes, (run.sizeBytes ?? 0) / 1000);

/** Every metric that is watched, basic ones before those derived from them. */
export const metricDefinitions: readonly MetricDefinition[] = [
  {
    metric: 'size',
    value: (run) => run.sizeBytes,
    small: () => smallBytes,
    leastDeviation: 0.05,
    leastFactor: 1.25,
    graveFactor: 1.8,
    critical: { high: 4, low: 0.6 },
    drifts: true,
  },
  {
    metric: 'fileCount',
    value: (run) => run.fileCount,
    small: () => 5,
    leastDeviation: 0.05,
    leastFactor: 1.25,
    graveFactor: 1.8,
    critical: { high: 4, low: 0.6 },
    drifts: true,
  },
  {
    metric: 'duration',
    value: (run) => run.durationMs,
    cause: (run) => run.addedBytes,
    small: () => smallDurationMs,
    leastDeviation: 0.1,
    leastFactor: 1.6,
    graveFactor: 1.8,
    critical: { high: 8, low: 0.1 },
    drifts: true,
  },
  {
    metric: 'added',
    value: (run) => run.addedBytes,
    small: smallAddedBytes,
    leastDeviation: 0.2,
    leastFactor: 3,
    graveFactor: Infinity,
    critical: { high: 50, low: 0 },
    drifts: false,
  },
  {
    metric: 'changedFileCount',
    value: (run) => (run.fileCount === null ? run.changedFileCount : null),
    small: () => 5,
    leastDeviation: 0.2,
    leastFactor: 3,
    graveFactor: Infinity,
    critical: { high: 50, low: 0 },
    drifts: false,
  },
  {
    metric: 'changeRate',
    value: (run) => (run.changedFileCount === null || !run.fileCount ? null : run.changedFileCount / run.fileCount),
    small: (run) => Math.max(0.001, 5 / (run.fileCount ?? 1)),
    leastDeviation: 0.2,
    leastFactor: 3,
    graveFactor: Infinity,
    critical: { high: 50, low: 0 },
    drifts: false,
  },
  {
    metric: 'dedupRatio',
    value: (run) => {
      if (run.addedBytes === null || !run.sizeBytes) return null;
      const small = smallAddedBytes(run);
      return (run.sizeBytes + small) / (run.addedBytes + small);
    },
    small: () => 0,
    leastDeviation: 0.2,
    leastFactor: 3,
    graveFactor: Infinity,
    critical: { high: Infinity, low: 0.02 },
    drifts: false,
  },
  {
    metric: 'durationPerByte',
    value: (run) => (run.durationMs === null || !run.sizeBytes ? null : run.durationMs / run.sizeBytes),
    cause: (run) => (run.addedBytes === null || !run.sizeBytes ? null : run.addedBytes / run.sizeBytes),
    small: (run) => smallDurationMs / (run.sizeBytes ?? 1),
    leastDeviation: 0.1,
    leastFactor: 1.6,
    graveFactor: Infinity,
    critical: { high: 8, low: 0.1 },
    drifts: true,
  },
];
