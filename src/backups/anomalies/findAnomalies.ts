import { message, type MessageCode } from '../../wording/message.ts';
import type { JobHistory, MeasuredJob } from '../history/job.ts';
import { localClock, type WeekPosition } from '../history/localClock.ts';
import type { Anomaly, Metric, Severity } from '../report.ts';
import type { MeasuredRun } from '../run.ts';
import {
  dropExplained,
  isFlood,
  joinFlood,
  joinSourceLoss,
  type Finding,
  type RunVerdict,
  type Watch,
} from './combineFindings.ts';
import { ExplainedChange } from './explainedChange.ts';
import { MetricMonitor, type Deviation } from './metricMonitor.ts';
import { metricDefinitions, type MetricDefinition } from './metrics.ts';

/** A run, or one metric of it, that a person called expected: a new baseline starts there. */
export interface ExpectedMark {
  job: string;
  startedAt: number;
  metric?: Metric;
}

export interface FindAnomaliesOptions {
  /** Runs that start after this moment (a clock gone wrong) are left out. UTC epoch milliseconds. */
  now: number;
  /** IANA zone in which weekdays are told. */
  zone: string;
  expected?: readonly ExpectedMark[];
  /** Told, for every value that was judged, the range in which it would not have been a finding, in the metric's unit. */
  onJudged?: (runIndex: number, metric: Metric, range: [number, number]) => void;
}

/** What is known of a job's runs of one kind. */
interface KindHistory {
  watches: readonly Watch[];
  /** Index of the last run that looked like a ransomware attack. */
  lastFlood: number;
}

const dayMs = 86_400_000;
/** Runs without a flood of changes after which another one is told again. */
const quietRuns = 7;

/** An anomaly, and the index of its run in the job in place of where that run stands. */
export type RunAnomaly = Omit<Anomaly, 'source'> & { run: number };

/**
 * Finds what is out of the ordinary in a job's history, oldest first: each run is judged by earlier runs of its kind
 * only, so that a later run never changes whether an earlier one was found. Works on logarithms, per metric; see
 * `MetricMonitor` for the method. Only runs that produced a backup are judged and learned from. An empty history gives no
 * findings.
 *
 * @example
 * findAnomalies({ ...history, runs: [] }, { now: 0, zone: 'UTC' })
 * //=> []
 */
export function findAnomalies(history: JobHistory, options: FindAnomaliesOptions): Anomaly[] {
  return locateAnomalies(anomaliesAmong(history, options), history);
}

/** The anomalies of a job with the places in the logs where their runs stand. */
export function locateAnomalies(anomalies: readonly RunAnomaly[], { runs }: JobHistory): Anomaly[] {
  return anomalies.map(({ run, ...anomaly }) => ({ ...anomaly, source: runs[run]!.source }));
}

/** `findAnomalies` by what was measured alone, wherever the runs came from. */
export function anomaliesAmong(job: MeasuredJob, options: FindAnomaliesOptions): RunAnomaly[] {
  const weekPosition = localClock(options.zone);
  const marks = marksByTime(job.id, options.expected ?? []);
  const kinds = new Map<string, KindHistory>();
  const findings: Finding[] = [];
  job.runs.forEach((run, index) => {
    if (run.outcome !== 'success' && run.outcome !== 'partial') return;
    if (run.startedAt !== null && run.startedAt > options.now + dayMs) return;
    let kind = kinds.get(run.kind ?? '');
    if (!kind) kinds.set(run.kind ?? '', (kind = { watches: newWatches(), lastFlood: -Infinity }));
    const when = run.startedAt === null ? null : weekPosition(run.startedAt);
    const accepted = run.startedAt === null ? undefined : marks.get(run.startedAt);
    findings.push(...judgeRun(run, index, when, kind, accepted, options.onJudged));
  });
  return findings
    .sort((a, b) => a.deviation.index - b.deviation.index)
    .map((finding) => toAnomaly(finding, job.runs[finding.deviation.index]!));
}

function newWatches(): Watch[] {
  return metricDefinitions.map((definition) => ({
    definition,
    monitor: new MetricMonitor({
      leastDeviation: definition.leastDeviation,
      leastChange: Math.log(definition.leastFactor),
      graveChange: Math.log(definition.graveFactor),
      drifts: definition.drifts,
    }),
    explained: definition.cause ? new ExplainedChange() : null,
  }));
}

type Accepted = Metric | 'all';

function marksByTime(job: string, marks: readonly ExpectedMark[]): Map<number, Set<Accepted>> {
  const byTime = new Map<number, Set<Accepted>>();
  for (const mark of marks) {
    if (mark.job !== job) continue;
    const metrics = byTime.get(mark.startedAt) ?? new Set<Accepted>();
    byTime.set(mark.startedAt, metrics.add(mark.metric ?? 'all'));
  }
  return byTime;
}

function judgeRun(
  run: MeasuredRun,
  index: number,
  when: WeekPosition | null,
  kind: KindHistory,
  accepted: ReadonlySet<Accepted> | undefined,
  onJudged: FindAnomaliesOptions['onJudged'],
): Finding[] {
  const found = new Map<Metric, Finding>();
  const judged = new Map<Metric, Watch>();
  for (const watch of kind.watches) {
    const { definition, monitor, explained } = watch;
    const value = definition.value(run);
    if (value === null || !Number.isFinite(value) || value < 0) continue;
    const log = Math.log(value + definition.small(run));
    if (!Number.isFinite(log)) continue;
    if (accepted?.has('all') || accepted?.has(definition.metric)) {
      monitor.accept(log);
      continue;
    }
    const cause = definition.cause?.(run) ?? null;
    const deviation = monitor.observe(log, index, when, cause === null ? 0 : explained?.of(cause));
    if (cause !== null) explained?.learn(Math.exp(log - monitor.habit), cause);
    if (Number.isNaN(monitor.low)) continue;
    judged.set(definition.metric, watch);
    onJudged?.(index, definition.metric, [inUnit(monitor.low, watch, run), inUnit(monitor.high, watch, run)]);
    if (deviation) found.set(definition.metric, { definition, deviation, own: null });
  }
  const verdict: RunVerdict = { run, index, found, judged };
  if (isFlood(verdict)) {
    if (index - kind.lastFlood > quietRuns) joinFlood(verdict);
    kind.lastFlood = index;
  }
  if (found.size > 0) {
    joinSourceLoss(verdict);
    dropExplained(verdict);
  }
  return [...found.values()];
}

/** From the logarithm that a monitor speaks of back to the metric's own unit. */
function inUnit(log: number, { definition }: Pick<Watch, 'definition'>, run: MeasuredRun): number {
  return Math.max(0, Math.exp(log) - definition.small(run));
}

function toAnomaly(finding: Finding, run: MeasuredRun): RunAnomaly {
  const { definition, deviation } = finding;
  const value = definition.value(run) ?? 0;
  const [low, high] = [inUnit(deviation.low, finding, run), inUnit(deviation.high, finding, run)];
  return {
    run: deviation.index,
    metric: definition.metric,
    shape: finding.own ?? deviation.shape,
    startedAt: run.startedAt,
    value,
    expected: [low, high],
    score: deviation.z,
    severity: finding.own ? 'critical' : severityOf(deviation, definition),
    isAnomaly: true,
    message: message(messageCode(finding), { value, low, high, factor: Math.exp(Math.abs(deviation.change)) }),
  };
}

function messageCode({ definition: { metric }, deviation: { shape, change }, own }: Finding): MessageCode {
  if (own === 'ransomwareLike') return 'anomaly.ransomwareLike';
  if (own === 'sourceLoss') return metric === 'fileCount' ? 'anomaly.sourceLoss.fileCount' : 'anomaly.sourceLoss.size';
  if (shape === 'levelShift') return `anomaly.${metric}.levelShift`;
  if (shape === 'outlier') return change > 0 ? `anomaly.${metric}.high` : `anomaly.${metric}.low`;
  return canDrift(metric) ? `anomaly.${metric}.drift` : `anomaly.${metric}.levelShift`;
}

type DriftMetric = 'size' | 'fileCount' | 'duration' | 'durationPerByte';

function canDrift(metric: Metric): metric is DriftMetric {
  return metricDefinitions.some((definition) => definition.metric === metric && definition.drifts);
}

function severityOf({ shape, z, change }: Deviation, { critical, leastFactor }: MetricDefinition): Severity {
  if (shape === 'drift') return 'info';
  const factor = Math.exp(change);
  if (Math.abs(z) >= 8 && (factor >= critical.high || factor <= critical.low)) return 'critical';
  return Math.abs(change) >= 1.5 * Math.log(leastFactor) ? 'warning' : 'info';
}
