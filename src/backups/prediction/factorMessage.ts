/** What an operator is told about one reason for a risk: a template and the figures of this job. */
import { message, type Message, type MessageCode } from '../../wording/message.ts';
import type { FailureClass } from '../run.ts';
import type { FactorName, GivenFactorName } from './features.ts';
import type { JobState, PlannedRun } from './jobState.ts';
import type { RatePrior } from './rule.ts';

/** Templates for what happens after a failure of each class. */
const afterClass: Record<FailureClass, MessageCode> = {
  lock: 'factor.afterLock',
  space: 'factor.afterSpace',
  auth: 'factor.afterAuth',
  network: 'factor.afterNetwork',
  permission: 'factor.afterPermission',
  sourceMissing: 'factor.afterSourceMissing',
  repositoryMissing: 'factor.afterRepositoryMissing',
  integrity: 'factor.afterIntegrity',
  timeout: 'factor.afterTimeout',
  other: 'factor.afterOther',
};

/** What the messages speak of: a job, the run to come, and what was believed before. */
export interface FactorSubject {
  state: JobState;
  planned: PlannedRun;
  prior: RatePrior;
  /** Failures among the last ten runs, as told with the question. */
  reportedFailures: number;
}

/** The message for a reason, or null when there is nothing to say that the figures bear out. */
export function factorMessage(factor: FactorName | GivenFactorName, subject: FactorSubject): Message | null {
  const { state, planned, prior } = subject;
  const base = state.rule.baseRate(prior);
  switch (factor) {
    case 'recentRate':
      if (state.rule.runs === 0) return null;
      return message('factor.recentRate', { ...state.rule.recent, total: state.rule.runs, base });
    case 'reportedFailures':
      return message('factor.reportedFailures', { failures: subject.reportedFailures });
    case 'streak': {
      if (state.lastLabel === null) return null;
      const failed = state.lastLabel === 1;
      const rate = state.rateAfterStreak();
      const count = state.streak;
      if (rate === null) return message(failed ? 'factor.newFailureStreak' : 'factor.newSuccessStreak', { count });
      if (count === 1) return message(failed ? 'factor.lastFailed' : 'factor.lastSucceeded', { rate });
      return message(failed ? 'factor.failureStreak' : 'factor.successStreak', { count, rate });
    }
    case 'sinceLastRun':
      if (planned.startsAt === null || state.lastAt === null || state.usualGapMs === null) return null;
      return message('factor.sinceLastRun', {
        gap: Math.max(planned.startsAt - state.lastAt, 0),
        usual: state.usualGapMs,
      });
    case 'sinceSuccess':
      if (state.rule.failures === state.rule.runs) return message('factor.neverSucceeded', { runs: state.rule.runs });
      if (planned.startsAt === null || state.lastSuccessAt === null) return null;
      return message('factor.sinceSuccess', { age: Math.max(planned.startsAt - state.lastSuccessAt, 0) });
    case 'hour': {
      const { hour } = state.moment(planned);
      if (hour === null) return null;
      const rate = state.byHour[hour]!.shrunk(base, 1);
      return message('factor.hour', { from: clockTime(hour), to: clockTime(hour + 1), rate, base });
    }
    case 'weekday': {
      const { weekday } = state.moment(planned);
      if (weekday === null) return null;
      return message('factor.weekday', { day: weekday, rate: state.byWeekday[weekday]!.shrunk(base, 1), base });
    }
    case 'plannedSize':
      return message('factor.plannedSize', { value: planned.sizeBytes ?? 0, usual: state.size.usual });
    case 'plannedDuration':
      return message('factor.plannedDuration', { value: planned.durationMs ?? 0, usual: state.duration.usual });
    case 'size':
      return state.size.latest && message('factor.lastSize', { ...state.size.latest });
    case 'duration':
      return state.duration.latest && message('factor.lastDuration', { ...state.duration.latest });
    case 'growth':
      return trendMessage(state.size.trend, 'factor.growing', 'factor.shrinking');
    case 'slowing':
      return trendMessage(state.duration.trend, 'factor.slowing', 'factor.speeding');
    case 'partialRuns':
      return message('factor.partialRuns', { rate: state.partial.shrunk(0, 0.1) });
    case 'failureClass': {
      const rate = state.rateAfterClass(base, 1);
      return rate === null || state.lastFailureClass === null
        ? null
        : message(afterClass[state.lastFailureClass], { rate });
    }
    case 'statedRate':
      return planned.given?.previousSuccessRate === undefined
        ? null
        : message('factor.statedRate', { rate: planned.given.previousSuccessRate });
    case 'longRunRate':
      return null;
  }
}

function trendMessage(trend: number, up: MessageCode, down: MessageCode): Message {
  return message(trend >= 0 ? up : down, { change: Math.abs(Math.expm1(trend)) });
}

const clockTime = (hour: number): string => `${String(hour % 24).padStart(2, '0')}:00`;
