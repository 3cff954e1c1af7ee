import { median } from 'simple-statistics';

/** Longer seasons are not looked for: 366 covers a year of days. */
const longestPeriod = 366;
/** Older values say little of the season there is now, and cost time. */
const valuesLookedAt = 4000;
/** Standard errors by which a correlation must stand out: of hundreds of lags, none does so by chance. */
const standardErrors = 5;
const aboutAsHigh = 0.9;
/** Jumps are cut to this many usual changes, so that a single one cannot make a season. */
const usualChanges = 5;

/**
 * How many values the season of a series has: the lag at which its changes resemble themselves most, 3 to a third of
 * the series; 1 when no lag stands out from what changes that only remember the last one would show (Bartlett's
 * standard error, 1946).
 *
 * @example
 * findPeriod(Float64Array.from({ length: 90 }, (_, t) => [3, 1, 4, 1, 5, 9, 2][t % 7]!)) //=> 7
 */
export function findPeriod(values: Float64Array): number {
  const changes = changesOf(values.subarray(Math.max(0, values.length - valuesLookedAt)));
  const n = changes.length;
  const variance = changes.reduce((sum, change) => sum + change * change, 0);
  const longest = Math.min(longestPeriod, Math.floor(values.length / 3));
  if (longest < 3 || !(variance > 0)) return 1;
  const resemblance = (lag: number): number => {
    let sum = 0;
    for (let t = lag; t < n; t++) sum += changes[t]! * changes[t - lag]!;
    return sum / variance;
  };

  const chance = standardErrors * Math.sqrt((1 + 2 * resemblance(1) ** 2) / n);
  const peaks: { lag: number; height: number }[] = [];
  let [before, here] = [resemblance(2), resemblance(3)];
  for (let lag = 3; lag <= longest; lag++) {
    const after = resemblance(lag + 1);
    if (here > before && here >= after && here > chance) peaks.push({ lag, height: here });
    [before, here] = [here, after];
  }
  // Two seasons after, a series resembles itself as well: of about equal peaks the first is the season.
  const highest = Math.max(...peaks.map(({ height }) => height));
  return peaks.find(({ height }) => height >= aboutAsHigh * highest)?.lag ?? 1;
}

/** Seasons that are days come in weeks. */
const seasonsOfWeek = 7;
/** How much nearer a value must be to the one of a week before than to the one of a season before. */
const weekGain = 0.8;

/**
 * The season, or seven of it where that is a better one: the hours of a Sunday are not those of a Monday. Needs three weeks.
 *
 * @example
 * const weekend = (t: number) => (Math.floor(t / 24) % 7 < 5 ? 1 : 0);
 * withWeekdays(Float64Array.from({ length: 700 }, (_, t) => (t % 24) * (1 + weekend(t))), 24) //=> 168
 */
export function withWeekdays(values: Float64Array, period: number): number {
  const week = seasonsOfWeek * period;
  if (period < 2 || values.length < 3 * week) return period;
  const distance = (lag: number): number => {
    let sum = 0;
    for (let t = week; t < values.length; t++) sum += Math.abs(values[t]! - values[t - lag]!);
    return sum;
  };
  return distance(week) < weekGain * distance(period) ? week : period;
}

/** Changes from value to value around their mean, without great jumps. */
function changesOf(values: Float64Array): Float64Array {
  const changes = new Float64Array(Math.max(0, values.length - 1));
  for (let t = 0; t < changes.length; t++) changes[t] = values[t + 1]! - values[t]!;
  if (changes.length === 0) return changes;
  const sizes = [...changes].map(Math.abs);
  const limit = usualChanges * median(sizes) || Infinity;
  let sum = 0;
  for (let t = 0; t < changes.length; t++) {
    changes[t] = Math.min(limit, Math.max(-limit, changes[t]!));
    sum += changes[t]!;
  }
  return changes.map((change) => change - sum / changes.length);
}
