/** Sorts the runs of a series into the layers that a chart of one metric draws, and thins them to what pixels can show. */
import type { Anomaly, JobSeries } from '../../src/backups/report.ts';
import type { Outcome } from '../../src/backups/run.ts';
import type { TimeRange } from '../viewState.ts';
import { decimate } from './decimate.ts';
import { roundTicks, type AxisUnit } from './ticks.ts';

/** The metric a chart is about. */
export interface RunMetric {
  name: 'duration' | 'size' | 'added';
  unit: AxisUnit;
  /** Whether the axis starts at zero: a size is read by its changes, a duration by its height. */
  fromZero: boolean;
  values: (series: JobSeries) => (number | null)[];
}

export interface Point {
  x: number;
  y: number;
}

/** Points of one kind, and the run (index into the series) of each. */
export interface Layer {
  points: Point[];
  runs: number[];
}

/** In the order of drawing, topmost first. */
export const layerNames = ['findings', 'failures', 'unfinished', 'partial', 'runs', 'upper', 'lower'] as const;
export type LayerName = (typeof layerNames)[number];

export interface RunLayers {
  /** Runs within the time range, oldest first: what the table lists. */
  shown: number[];
  from: number;
  to: number;
  /** Bounds of the value axis. */
  low: number;
  high: number;
  layers: Record<LayerName, Layer>;
  /** The first run, when it is so far above all others that the axis leaves it out; null else. */
  firstAbove: number | null;
  hasBand: boolean;
  findings: Anomaly[];
  findingOf: (run: number) => Anomaly | undefined;
  valueOf: (run: number) => number | null;
  expectedOf: (run: number) => [number, number] | null;
}

const dayMs = 86_400_000;
const rangeMs: Record<TimeRange, number> = { all: Infinity, year: 366 * dayMs, quarter: 92 * dayMs, month: 31 * dayMs };
const stretches = 500;

/**
 * Failed and unfinished runs stand at the foot of the axis: what they measured is not what a whole run would have.
 * Null when no finished run with a start time has the metric.
 */
export function runLayers(
  metric: RunMetric,
  series: JobSeries,
  anomalies: readonly Anomaly[],
  range: TimeRange,
): RunLayers | null {
  const values = metric.values(series);
  const times = series.startedAt;
  const to = times.reduce<number>((newest, at) => Math.max(newest, at ?? newest), -Infinity);
  const shown = runsWhere(series, (run) => times[run] !== null && to - times[run]! <= rangeMs[range]);

  const valueOf = (run: number): number | null => values[run] ?? null;
  const expected = series.expected[metric.name];
  const expectedOf = (run: number): [number, number] | null => {
    const [lower, upper] = [expected?.lower[run] ?? null, expected?.upper[run] ?? null];
    return lower === null || upper === null ? null : [lower, upper];
  };
  const findings = anomalies.filter((anomaly) => anomaly.metric === metric.name && anomaly.isAnomaly);
  const byLine = new Map<number, Anomaly[]>();
  for (const found of findings) byLine.set(found.source.line, [...(byLine.get(found.source.line) ?? []), found]);
  const findingOf = (run: number): Anomaly | undefined =>
    byLine.get(series.line[run]!)?.find(({ source }) => source.path === series.paths[series.path[run]!]);

  const layer = (runs: number[], y: (run: number) => number): Layer => ({
    points: runs.map((run) => ({ x: times[run]!, y: y(run) })),
    runs,
  });
  const thin = (runs: number[], y: (run: number) => number): Layer => {
    const kept = decimate(
      runs.map((run) => times[run]!),
      runs.map(y),
      stretches,
    );
    return layer(
      kept.map((i) => runs[i]!),
      y,
    );
  };
  const outcomeIs =
    (...wanted: Outcome[]) =>
    (run: number): boolean =>
      wanted.includes(series.outcome[run]!);

  const measured = shown.filter((run) => values[run] !== null);
  const runs = thin(measured.filter(outcomeIs('success', 'partial', 'unknown')), (run) => values[run]!);
  if (runs.runs.length === 0) return null;
  const band = runs.runs.map(expectedOf);
  const firstAbove = startsAbove(runs.points);
  const { low, high } = valueBounds(firstAbove ? runs.points.slice(1) : runs.points, band, metric.fromZero);
  const foot = roundTicks(low, high, 5, metric.unit)[0]!;
  const edge = (side: 0 | 1): Layer => ({
    points: runs.points.map(({ x }, i) => ({ x, y: band[i]?.[side] ?? NaN })),
    runs: runs.runs,
  });
  return {
    shown,
    from: times[shown[0]!]!,
    to,
    low,
    high,
    layers: {
      findings: thin(
        measured.filter((run) => findingOf(run) !== undefined),
        (run) => values[run]!,
      ),
      failures: thin(shown.filter(outcomeIs('failure')), () => foot),
      unfinished: thin(shown.filter(outcomeIs('cancelled', 'running', 'skipped')), () => foot),
      partial: layer(runs.runs.filter(outcomeIs('partial')), (run) => values[run]!),
      runs,
      upper: edge(1),
      lower: edge(0),
    },
    firstAbove: firstAbove ? runs.runs[0]! : null,
    hasBand: band.some((range) => range !== null),
    findings,
    findingOf,
    valueOf,
    expectedOf,
  };
}

/** Written as a loop, because there may be 100,000 runs and the charts are drawn anew for each time range. */
function runsWhere(series: JobSeries, keep: (run: number) => boolean): number[] {
  const runs: number[] = [];
  for (let run = 0; run < series.startedAt.length; run++) if (keep(run)) runs.push(run);
  return runs;
}

/** A first backup stores everything, and is no measure for those that follow. */
function startsAbove([first, ...others]: Point[]): boolean {
  return first !== undefined && others.length >= 5 && others.every(({ y }) => first.y > 2 * y);
}

/** All values are in sight; a band much wider than they are is cut, so that it does not flatten them. */
function valueBounds(
  points: Point[],
  band: ([number, number] | null)[],
  fromZero: boolean,
): { low: number; high: number } {
  let [low, high, bandLow, bandHigh] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { y } of points) [low, high] = [Math.min(low, y), Math.max(high, y)];
  for (const range of band)
    if (range) [bandLow, bandHigh] = [Math.min(bandLow, range[0]), Math.max(bandHigh, range[1])];
  const room = (high - low) / 2 || high / 10;
  return {
    low: fromZero ? 0 : Math.max(0, Math.min(low, Math.max(bandLow, low - room))),
    high: Math.max(high, Math.min(bandHigh, high + room)) || 1,
  };
}
