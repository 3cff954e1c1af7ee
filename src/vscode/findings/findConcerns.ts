import type { Anomaly, JobReport, Metric, RiskReport, RunSummary, Severity } from '../../backups/report.ts';
import type { RunSource } from '../../backups/run.ts';
import { message, type Message } from '../../wording/message.ts';

/** What a person should know of now: `anomaly` and `failure` are about one run, the others about a job. */
export type ConcernKind = 'risk' | 'overdue' | 'full' | 'anomaly' | 'failure';

export interface Concern {
  kind: ConcernKind;
  job: string;
  /** The same after each analysis for as long as it is the same matter, so that it can be told once and marked. */
  key: string;
  severity: Severity;
  message: Message;
  /** What helps; null when the message says it already. */
  advice: Message | null;
  /** The run that shows it, or the job's last run. */
  source: RunSource;
  /** When that run started, UTC epoch milliseconds. */
  startedAt: number | null;
  /** What was out of the ordinary; null but for anomalies. */
  metric: Metric | null;
}

export interface ConcernOptions {
  /** UTC epoch milliseconds. */
  now: number;
  /** Probability above which the advice is to wait, 0 to 1. */
  maxRisk: number;
  /** Storage that may be full within so many days is a concern. */
  fullWithinDays: number;
}

const dayMs = 86_400_000;
/** Older runs are history: the report has them. */
const runsWithinMs = 30 * dayMs;

/**
 * All that deserves attention now, job by job in the report's order: risk above the limit, a run that has not come,
 * storage that fills up, and of the last 30 days the anomalies and failures.
 *
 * @example
 * findConcerns({ schema: 1, generatedAt: 0, sources: [], jobs: [] }, { now: 0, maxRisk: 0.5, fullWithinDays: 14 }) //=> []
 */
export function findConcerns(report: RiskReport, options: ConcernOptions): Concern[] {
  return report.jobs.flatMap((job) => [
    ...riskOf(job, options),
    ...overdueOf(job),
    ...fullOf(job, options),
    ...anomaliesOf(job, options),
    ...failuresOf(job, options),
  ]);
}

function riskOf(job: JobReport, { maxRisk }: ConcernOptions): Concern[] {
  const { prediction } = job;
  if (prediction === null || prediction.failureProbability <= maxRisk) return [];
  const probability = prediction.failureProbability;
  return [
    ofJob(job, 'risk', 'warning', message('concern.risk', { probability, limit: maxRisk }), {
      advice: prediction.recommendedActions[0] ?? null,
    }),
  ];
}

function overdueOf(job: JobReport): Concern[] {
  const { cadence, lastRun } = job;
  if (cadence === null || cadence.overdueMs === null || cadence.nextExpectedAt === null) return [];
  const told = message('concern.overdue', { expected: cadence.nextExpectedAt, late: cadence.overdueMs });
  // The run before it names it: when the next one is expected is reckoned anew in each analysis.
  return [ofJob(job, 'overdue', 'warning', told, { suffix: String(lastRun.startedAt) })];
}

function fullOf(job: JobReport, { fullWithinDays }: ConcernOptions): Concern[] {
  const days = job.forecast?.daysToFull;
  if (!days || days.earliest > fullWithinDays) return [];
  const earliest = Math.max(0, Math.floor(days.earliest));
  const told =
    days.latest === null
      ? message('concern.fullFrom', { earliest })
      : message('concern.full', { earliest, latest: Math.ceil(days.latest) });
  return [ofJob(job, 'full', earliest <= 1 ? 'critical' : 'warning', told, { advice: message('action.space') })];
}

function ofJob(
  job: JobReport,
  kind: ConcernKind,
  severity: Severity,
  told: Message,
  { advice = null, suffix }: { advice?: Message | null; suffix?: string },
): Concern {
  const { source, startedAt } = job.lastRun;
  const key = [kind, job.id, ...(suffix === undefined ? [] : [suffix])].join('\n');
  return { kind, job: job.id, key, severity, message: told, advice, source, startedAt, metric: null };
}

function anomaliesOf({ id, anomalies }: JobReport, { now }: ConcernOptions): Concern[] {
  return anomalies
    .filter(({ isAnomaly, startedAt }) => isAnomaly && isRecent(startedAt, now))
    .map((anomaly) => concernOfAnomaly(id, anomaly));
}

/** An anomaly of a job as a concern, however old it is. */
export function concernOfAnomaly(job: string, anomaly: Anomaly): Concern {
  const { metric, shape, severity, source, startedAt } = anomaly;
  const key = ['anomaly', job, metric, shape, whichRun(anomaly)].join('\n');
  return { kind: 'anomaly', job, key, severity, message: anomaly.message, advice: null, source, startedAt, metric };
}

// One failure is to be mended: the last, if no success came after it. The others are how it came to be.
function failuresOf(job: JobReport, { now }: ConcernOptions): Concern[] {
  let isMended = false;
  const concerns: Concern[] = [];
  for (const run of job.recentRuns) {
    if (run.outcome === 'success' || run.outcome === 'partial') isMended = true;
    if (run.outcome !== 'failure' || !isRecent(run.startedAt, now)) continue;
    concerns.push(failureOf(job, run, isMended || concerns.length > 0 ? 'info' : 'critical'));
  }
  return concerns;
}

function failureOf({ id, failureClasses }: JobReport, run: RunSummary, severity: Severity): Concern {
  return {
    kind: 'failure',
    job: id,
    key: ['failure', id, whichRun(run)].join('\n'),
    severity,
    message: run.error === null ? message('concern.failed') : message('concern.failedWith', { error: run.error }),
    advice: failureClasses.find(({ failureClass }) => failureClass === run.failureClass)?.action ?? null,
    source: run.source,
    startedAt: run.startedAt,
    metric: null,
  };
}

/** A run without a time cannot be called old. */
function isRecent(startedAt: number | null, now: number): boolean {
  return startedAt === null || startedAt >= now - runsWithinMs;
}

/** A log that is rotated changes a run's place, but not its time. */
function whichRun({ startedAt, source }: Pick<Anomaly, 'startedAt' | 'source'>): string {
  return startedAt === null ? `${source.path}:${source.line}` : String(startedAt);
}
