import { mean, median } from 'simple-statistics';

/** A season changes with the years, and a year of weeks is not a whole number of them: only the last seasons count, … */
const seasons = 5;
/** … but of short ones as many as it takes for a steady pattern. */
const leastValues = 100;

/** A pattern that comes again and again. */
export interface Season {
  /** What each place in the season adds to the level; they sum to 0. */
  indices: Float64Array;
  /** How many values each of them rests on, at the least. */
  seen: number;
}

/**
 * What each of the `period` places in the season adds to the level; null when there are fewer than three whole seasons or
 * the pattern explains less than a third of what is left beside the moving level.
 */
export function seasonalIndices(values: Float64Array, period: number): Season | null {
  const n = values.length;
  if (!Number.isInteger(period) || period < 2 || n < 3 * period) return null;
  const half = period >> 1;
  const first = n - period * Math.max(seasons, Math.ceil(leastValues / period));
  const deviations: number[][] = Array.from({ length: period }, () => []);
  let around = 0;
  for (let t = 0; t < period; t++) around += values[t]!;
  for (let t = half; t + (period - half) < n; t++) {
    const start = t - half;
    const center = period % 2 === 1 ? around : around + (values[start + period]! - values[start]!) / 2;
    if (t >= first) deviations[t % period]!.push(values[t]! - center / period);
    around += values[start + period]! - values[start]!;
  }
  const indices = Float64Array.from(deviations, (found) => median(found));
  const shift = mean([...indices]);
  let before = 0;
  let after = 0;
  deviations.forEach((found, place) => {
    indices[place]! -= shift;
    for (const deviation of found) {
      before += deviation ** 2;
      after += (deviation - indices[place]!) ** 2;
    }
  });
  const seen = Math.min(...deviations.map(({ length }) => length));
  return after < (2 / 3) * before ? { indices, seen } : null;
}
