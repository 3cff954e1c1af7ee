/** The signs a prediction is made from, and under which reason a person is told of them. */

/** Reasons for a risk, each standing for one or more features. */
export type FactorName =
  | 'longRunRate'
  | 'recentRate'
  | 'streak'
  | 'sinceLastRun'
  | 'sinceSuccess'
  | 'hour'
  | 'weekday'
  | 'size'
  | 'duration'
  | 'growth'
  | 'slowing'
  | 'partialRuns'
  | 'failureClass'
  | 'statedRate';

/** Reasons that come with a question and are no feature: no earlier run tells of them. */
export type GivenFactorName = 'reportedFailures' | 'plannedSize' | 'plannedDuration';

/** One number that earlier runs give for the next one. */
export interface Feature {
  factor: FactorName;
  /** Coefficient believed before any data: the base rate and the rule stand as they are, all else changes nothing. */
  priorMean: 0 | 1;
}

const sign = (factor: FactorName, priorMean: 0 | 1 = 0): Feature => ({ factor, priorMean });

/**
 * All features, in the order in which `JobState.describe` writes them. Rates are differences of log-odds to the base
 * rate, times are logarithms against the usual time between runs, sizes and durations standard deviations from the
 * usual: every feature is of the order of 1 for every job, so that jobs can be compared, and 0 says nothing.
 */
export const features = {
  baseRate: sign('longRunRate', 1),
  rule: sign('recentRate', 1),
  rateOverFifty: sign('recentRate'),
  rateOverTwo: sign('recentRate'),
  afterOutcome: sign('streak'),
  failureStreak: sign('streak'),
  successStreak: sign('streak'),
  afterStreak: sign('streak'),
  gap: sign('sinceLastRun'),
  afterGap: sign('sinceLastRun'),
  sinceSuccess: sign('sinceSuccess'),
  sinceFailure: sign('sinceSuccess'),
  hour: sign('hour'),
  hourSine: sign('hour'),
  hourCosine: sign('hour'),
  weekday: sign('weekday'),
  sizeAbove: sign('size'),
  sizeBelow: sign('size'),
  durationAbove: sign('duration'),
  durationBelow: sign('duration'),
  growth: sign('growth'),
  slowing: sign('slowing'),
  partialRate: sign('partialRuns'),
  afterPartial: sign('partialRuns'),
  failureClass: sign('failureClass'),
  statedRate: sign('statedRate'),
} as const satisfies Record<string, Feature>;

export type FeatureName = keyof typeof features;

export const featureNames = Object.keys(features) as readonly FeatureName[];

/** Features a run. */
export const featureCount = featureNames.length;

/** Where each feature stands in a row. */
export const featureIndex = Object.fromEntries(featureNames.map((name, index) => [name, index])) as Readonly<
  Record<FeatureName, number>
>;
