import type { RiskReport } from '../../backups/report.ts';
import type { Concern } from '../findings/findConcerns.ts';

/** Concerns that people have been told of: their keys, with the moment in UTC epoch milliseconds. */
export type ToldAt = Readonly<Record<string, number>>;

export interface AlertOptions {
  now: number;
  maxRisk: number;
  fullWithinDays: number;
  /** Whether a person does not want to hear of the concern, or of its job for now. */
  isMuted: (concern: Concern) => boolean;
}

const dayMs = 86_400_000;
/** What was found in a run that is older was there before anybody asked. */
const anomaliesWithinMs = 3 * dayMs;
/** A job that is later than that was given up, or its log is an old copy. */
const overdueWithinMs = 30 * dayMs;
/** How long what was told is remembered; nothing alerts that long after. */
const rememberedMs = 400 * dayMs;
/** A risk or forecast that trembles about its limit must not be told each time: it has to fall this far below first. */
const easing = 0.9;

/**
 * The concerns to tell people of, each once: it crossed its limit since it was last told, or has just landed. Told ones
 * come again only after they had ended.
 *
 * @example
 * dueAlerts([], {}, options) //=> []
 */
export function dueAlerts(concerns: readonly Concern[], toldAt: ToldAt, options: AlertOptions): Concern[] {
  return concerns.filter(
    (concern) => isAlert(concern, options.now) && !(concern.key in toldAt) && !options.isMuted(concern),
  );
}

function isAlert({ kind, severity, startedAt }: Concern, now: number): boolean {
  switch (kind) {
    case 'risk':
    case 'full':
      return true;
    case 'overdue':
      return startedAt === null || startedAt > now - overdueWithinMs;
    case 'anomaly':
      return severity === 'critical' && startedAt !== null && startedAt > now - anomaliesWithinMs;
    case 'failure':
      return false; // It shows in the risk.
  }
}

/**
 * What is still to be remembered: all but the crossings that have ended, so that the next one is told. Jobs that the
 * report does not know are left as they are: another window may watch them.
 *
 * @example
 * forgetEnded({}, report, options) //=> {}
 */
export function forgetEnded(
  toldAt: ToldAt,
  report: RiskReport,
  { now, maxRisk, fullWithinDays }: Pick<AlertOptions, 'now' | 'maxRisk' | 'fullWithinDays'>,
): ToldAt {
  const ended = new Set<string>();
  for (const { id, prediction, forecast } of report.jobs) {
    if (prediction !== null && prediction.failureProbability <= maxRisk * easing) ended.add(`risk\n${id}`);
    if (!forecast?.daysToFull || forecast.daysToFull.earliest > fullWithinDays / easing) ended.add(`full\n${id}`);
  }
  return Object.fromEntries(Object.entries(toldAt).filter(([key, at]) => !ended.has(key) && at > now - rememberedMs));
}
