import type { Metric } from '../report.ts';
import type { MeasuredRun } from '../run.ts';
import type { ExplainedChange } from './explainedChange.ts';
import type { Deviation, MetricMonitor } from './metricMonitor.ts';
import type { MetricDefinition } from './metrics.ts';

/** Parts of a change that something else accounts for. */
const mostly = 0.5;
const nearlyAll = 0.8;

/** A metric of a job's runs of one kind, with the monitor that knows its history. */
export interface Watch {
  definition: MetricDefinition;
  monitor: MetricMonitor;
  /** What the metric's cause explains of it; null for a metric without one. */
  explained: ExplainedChange | null;
}

/** What will be told of one run and metric. */
export interface Finding {
  definition: MetricDefinition;
  deviation: Deviation;
  /** Set when several metrics together say more than each of them. */
  own: 'ransomwareLike' | 'sourceLoss' | null;
}

/** What one run said: its findings, and the monitors that could judge it, by metric. */
export interface RunVerdict {
  run: MeasuredRun;
  index: number;
  found: Map<Metric, Finding>;
  judged: ReadonlyMap<Metric, Watch>;
}

/** Logarithms of the factors below which a shrink looks like a lost source: alone, and when size and count agree. */
const lossAlone = Math.log(2 / 3);
const lossTogether = Math.log(0.8);

/** Share of the source that must be new for a change to look like encryption, with the size about the same. */
const floodShare = 0.3;
const sameSize = Math.log(1.5);
/** Deviations above which new data and changed files are a flood, each and together. */
const floodEach = 3;
const floodTogether = 5;

/**
 * Makes a lost source of a shrink in size and file count: both by a fifth, or the only one that is known by a third. The
 * findings it explains go. Only the first run of a shrink has findings, so it is told once.
 */
export function joinSourceLoss({ found, judged }: RunVerdict): void {
  const finding = shrunk(found.get('size')) ?? shrunk(found.get('fileCount'));
  if (!finding) return;
  const size = judged.get('size')?.monitor.change;
  const count = judged.get('fileCount')?.monitor.change;
  const isLoss =
    size !== undefined && count !== undefined
      ? size <= lossTogether && count <= lossTogether
      : Math.min(size ?? 0, count ?? 0) <= lossAlone;
  if (!isLoss) return;
  for (const explained of ['size', 'fileCount', 'added'] as const) found.delete(explained);
  found.set(finding.definition.metric, { ...finding, own: 'sourceLoss' });
}

function shrunk(finding: Finding | undefined): Finding | undefined {
  return finding?.deviation.shape === 'outlier' && finding.deviation.z < 0 ? finding : undefined;
}

/**
 * Whether a run looks like files encrypted in place: much of the source is new although its size is not, far more than
 * this job's changes ever were in bytes and, where they are counted, in files. Deduplication then collapses by itself.
 */
export function isFlood({ run, judged }: RunVerdict): boolean {
  const added = judged.get('added')?.monitor;
  if (!added || run.addedBytes === null || !run.sizeBytes || run.addedBytes < floodShare * run.sizeBytes) return false;
  if (Math.abs(judged.get('size')?.monitor.change ?? 0) > sameSize) return false;
  const changed = (judged.get('changeRate') ?? judged.get('changedFileCount'))?.monitor;
  if (!changed) return added.z >= floodTogether;
  return Math.min(added.z, changed.z) >= floodEach && (added.z + changed.z) / Math.SQRT2 >= floodTogether;
}

/** Puts a ransomware-like change in the place of what the metrics say of it one by one. */
export function joinFlood({ index, found, judged }: RunVerdict): void {
  const { definition, monitor } = judged.get('added')!;
  const { z, change, low, high } = monitor;
  for (const explained of ['changeRate', 'changedFileCount', 'dedupRatio'] as const) found.delete(explained);
  const deviation: Deviation = { index, shape: 'outlier', z, change, low, high };
  found.set('added', { definition, deviation, own: 'ransomwareLike' });
}

/** Drops what another finding of the same run already says. */
export function dropExplained({ found, judged }: RunVerdict): void {
  const size = found.get('size');
  if (size && sameWay(size, found.get('fileCount'))) found.delete('fileCount');
  const added = found.get('added');
  if (added || size) found.delete('dedupRatio');
  if (added && sameWay(added, found.get('changeRate'))) found.delete('changeRate');
  if (added && sameWay(added, found.get('changedFileCount'))) found.delete('changedFileCount');
  if (found.has('duration') || size || !hasSlowed(found.get('durationPerByte'), judged))
    found.delete('durationPerByte');
  const duration = found.get('duration')?.deviation;
  if (duration?.shape === 'drift') {
    const grown = judged.get('size')?.monitor.moved ?? 0;
    if (grown / duration.change > mostly) found.delete('duration');
  }
}

/** Whether the speed changed through the time taken: a source that halved in the usual time was not backed up slowly. */
function hasSlowed(speed: Finding | undefined, judged: RunVerdict['judged']): boolean {
  const duration = judged.get('duration')?.monitor;
  if (!speed || !duration) return false;
  if (speed.deviation.shape !== 'drift') return duration.change / speed.deviation.change >= mostly;
  // Where the time taken explains nearly all of it, it is about to be told as a drift of the duration.
  const share = duration.moved / speed.deviation.change;
  return share >= mostly && share < nearlyAll;
}

function sameWay(a: Finding, b: Finding | undefined): boolean {
  return b !== undefined && a.deviation.shape === b.deviation.shape && a.deviation.z > 0 === b.deviation.z > 0;
}
