import { mean, median, quantile, tTest } from 'simple-statistics';
import type { Trend } from '../report.ts';

export interface TrendEstimate {
  trend: Trend;
  /** Theil–Sen slope: median change from one value to the next. */
  slope: number;
  /** Slopes that the data also allow (95 %), lowest first. */
  range: [number, number];
}

const blocks = 8;
/** Largest |t| of Student's distribution that chance gives in 95 % of cases, by degrees of freedom, from 1. */
const studentLimits = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365];
/** A change below this share of the level in 30 steps is called flat even where it is certain. */
const relevantShare = 0.001;

/**
 * Whether a series grows, shrinks or stays, and by how much a step. The slope is Theil–Sen's (median of pairwise slopes;
 * Sen 1968), which a few odd values cannot move. The significance test looks at the differences between the medians of
 * eight consecutive blocks by Student's t: neighbors in a repository's history depend on each other, and a rank test
 * that takes them as independent finds trends in any random walk. Fewer than 4 values are `flat` with slope 0.
 *
 * @example
 * trendOf([10, 11, 12, 13, 14, 15, 16, 17]).trend
 * //=> 'growing'
 */
export function trendOf(values: readonly number[]): TrendEstimate {
  const n = values.length;
  if (n < 4) return { trend: 'flat', slope: 0, range: [0, 0] };
  const slope = theilSenSlope(values);
  const count = Math.min(blocks, n);
  const levels = Array.from({ length: count }, (_, i) =>
    median(values.slice(Math.floor((i * n) / count), Math.floor(((i + 1) * n) / count))),
  );
  const steps = levels.slice(1).map((level, i) => ((level - levels[i]!) * count) / n);
  const limit = studentLimits[steps.length - 1]!;
  const average = mean(steps);
  const t = steps.every((step) => step === steps[0]) ? Math.sign(average) * Infinity : tTest(steps, 0);
  const margin = Number.isFinite(t) && t !== 0 ? Math.abs(average / t) * limit : 0;
  const isRelevant = Math.abs(slope) * 30 > relevantShare * Math.abs(median([...values]));
  const isCertain = Math.abs(t) > limit && Math.sign(t) === Math.sign(slope);
  const trend = isCertain && isRelevant ? (slope > 0 ? 'growing' : 'shrinking') : 'flat';
  return { trend, slope, range: [slope - margin, slope + margin] };
}

/** Long series are thinned to this many values: pairs grow with the square. */
const mostForPairs = 300;

function theilSenSlope(values: readonly number[]): number {
  const stride = Math.ceil(values.length / mostForPairs);
  const slopes: number[] = [];
  for (let i = 0; i < values.length; i += stride) {
    for (let j = i + stride; j < values.length; j += stride) slopes.push((values[j]! - values[i]!) / (j - i));
  }
  return quantile(slopes, 0.5);
}
