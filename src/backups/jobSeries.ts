/** A job's runs as columns for the charts, thinned where there are more than anyone can see. */
import { findAnomalies, type FindAnomaliesOptions } from './anomalies/findAnomalies.ts';
import type { JobHistory } from './history/job.ts';
import type { JobSeries } from './report.ts';
import type { BackupRun } from './run.ts';

/**
 * The runs of a job, oldest first, at most about `maxPoints` of them. When there are more, the history is cut into equal
 * stretches of runs, and each keeps its first run, its extremes of duration and size, and its first run that did not
 * succeed: what a chart of all runs would have shown. `leftOut` counts the rest.
 *
 * @example
 * jobSeries(history, { maxPoints: 1000, now: Date.now(), zone: 'UTC' }).leftOut //=> 0, for up to 1000 runs
 */
export function jobSeries(history: JobHistory, options: FindAnomaliesOptions & { maxPoints: number }): JobSeries {
  const { runs } = history;
  const kept = runs.length <= options.maxPoints ? runs.map((_, i) => i) : thin(runs, options.maxPoints);
  const column = <T>(read: (run: BackupRun) => T): T[] => kept.map((i) => read(runs[i]!));
  const paths = new Map<string, number>();
  return {
    job: history.id,
    startedAt: column((run) => run.startedAt),
    outcome: column((run) => run.outcome),
    durationMs: column((run) => run.durationMs),
    sizeBytes: column((run) => run.sizeBytes),
    addedBytes: column((run) => run.addedBytes),
    repositoryBytes: column((run) => run.repositoryBytes),
    line: column((run) => run.source.line),
    path: column(({ source }) => {
      const index = paths.get(source.path) ?? paths.size;
      paths.set(source.path, index);
      return index;
    }),
    paths: [...paths.keys()],
    expected: expectedRanges(history, kept, options),
    leftOut: runs.length - kept.length,
  };
}

/** The detector's own ranges for the runs kept, from a walk over all of them. */
function expectedRanges(
  history: JobHistory,
  kept: readonly number[],
  options: FindAnomaliesOptions,
): JobSeries['expected'] {
  const place = new Map(kept.map((run, i) => [run, i]));
  const expected: JobSeries['expected'] = {};
  findAnomalies(history, {
    ...options,
    onJudged(run, metric, [low, high]) {
      const i = place.get(run);
      if (i === undefined || (metric !== 'duration' && metric !== 'size' && metric !== 'added')) return;
      const range = (expected[metric] ??= { lower: kept.map(() => null), upper: kept.map(() => null) });
      // Whole milliseconds and bytes: their digits after the point would be half of what is sent.
      range.lower[i] = Math.round(low);
      range.upper[i] = Math.round(high);
    },
  });
  return expected;
}

/** First, lowest and highest duration, lowest and highest size, first trouble. */
const keptPerStretch = 6;

function thin(runs: readonly BackupRun[], maxPoints: number): number[] {
  const stretches = Math.max(1, Math.floor(maxPoints / keptPerStretch));
  const kept: number[] = [];
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = Math.floor((stretch * runs.length) / stretches);
    const to = Math.floor(((stretch + 1) * runs.length) / stretches);
    const chosen = new Set([from]);
    for (const read of [(run: BackupRun) => run.durationMs, (run: BackupRun) => run.sizeBytes]) {
      let lowest = -1;
      let highest = -1;
      for (let i = from; i < to; i++) {
        const value = read(runs[i]!);
        if (value === null) continue;
        if (lowest < 0 || value < read(runs[lowest]!)!) lowest = i;
        if (highest < 0 || value > read(runs[highest]!)!) highest = i;
      }
      if (lowest >= 0) chosen.add(lowest).add(highest);
    }
    for (let i = from; i < to; i++) {
      if (runs[i]!.outcome !== 'success') {
        chosen.add(i);
        break;
      }
    }
    kept.push(...[...chosen].sort((a, b) => a - b));
  }
  return kept;
}
