/** What to do about a risk: from the reasons for it, and from how the job failed lately. */
import { message, type Message, type MessageCode } from '../../wording/message.ts';
import type { RiskFactor } from '../report.ts';
import type { FailureClass } from '../run.ts';
import type { FactorName, GivenFactorName } from './features.ts';
import type { JobState } from './jobState.ts';

/** The advice for a class of failure. */
export const actionForClass: Record<FailureClass, MessageCode> = {
  lock: 'action.lock',
  space: 'action.space',
  auth: 'action.auth',
  network: 'action.network',
  permission: 'action.permission',
  sourceMissing: 'action.sourceMissing',
  repositoryMissing: 'action.repositoryMissing',
  integrity: 'action.integrity',
  timeout: 'action.timeout',
  other: 'action.other',
};

const actionForFactor: Partial<Record<FactorName | GivenFactorName, MessageCode>> = {
  hour: 'action.hour',
  weekday: 'action.weekday',
  sinceLastRun: 'action.sinceLastRun',
  size: 'action.size',
  plannedSize: 'action.size',
  duration: 'action.duration',
  plannedDuration: 'action.duration',
  slowing: 'action.duration',
  growth: 'action.growth',
  partialRuns: 'action.partialRuns',
};

/** A reason that adds less than this much probability asks for nothing. */
const worthActing = 0.03;
const mostActions = 4;

/** The most pressing advice first, at most four pieces; none while nothing adds to the risk. */
export function recommendActions(state: JobState, factors: readonly RiskFactor[], probability: number): Message[] {
  const codes = new Set<MessageCode>();
  if (state.rule.failures > 0 && state.rule.failures === state.rule.runs) codes.add('action.neverSucceeded');
  if (state.lastLabel === 1) codes.add(actionForClass[state.lastFailureClass ?? 'other']);
  for (const { name, contribution } of factors) {
    const code = actionForFactor[name as FactorName | GivenFactorName];
    if (code !== undefined && contribution >= worthActing) codes.add(code);
  }
  if (probability >= worthActing) {
    const frequent = [...state.classes].sort((a, b) => b[1] - a[1])[0];
    if (frequent && frequent[0] !== 'other') codes.add(actionForClass[frequent[0]]);
  }
  return [...codes].slice(0, mostActions).map((code) => message(code));
}
