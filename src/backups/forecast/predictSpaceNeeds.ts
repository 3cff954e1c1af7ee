import type { Confidence, Trend } from '../report.ts';
import { forecastSeries } from './forecastSeries.ts';
import { trendOf } from './trendOf.ts';

export interface SpaceNeeds {
  /** In the unit of the sizes given, gigabytes in the original system. Null when no size was given. */
  predictedSizeGb: number | null;
  /** 95 % interval of the prediction. */
  interval: [number, number] | null;
  confidence: Confidence;
  trend: Trend;
}

/** A hundred years: nobody asks for more, and each day costs time. */
const mostDaysAhead = 36_500;

/**
 * The size to expect some days ahead, from one size a day, oldest first; the original system's call. Confidence is high
 * with a month of sizes and an interval within ±10 % of the prediction, medium with a week and within ±30 %. Sizes that
 * are not finite are skipped; `daysAhead` below 1 is taken as 1, above 36,500 as that.
 *
 * @example
 * predictSpaceNeeds([80, 80, 80, 80, 80, 80, 80], 30)
 * //=> { predictedSizeGb: 80, interval: [80, 80], confidence: 'medium', trend: 'flat' }
 */
export function predictSpaceNeeds(historicalSizes: readonly number[], daysAhead: number): SpaceNeeds {
  const sizes = historicalSizes.filter((size) => Number.isFinite(size));
  const horizon = Math.min(Math.max(1, Math.floor(daysAhead) || 1), mostDaysAhead);
  const { point, lower, upper } = forecastSeries(sizes, { period: 7, horizon });
  const predicted = point.at(-1);
  if (predicted === undefined) return { predictedSizeGb: null, interval: null, confidence: 'low', trend: 'flat' };
  const interval: [number, number] = [lower.at(-1)!, upper.at(-1)!];
  const relativeWidth = (interval[1] - interval[0]) / 2 / Math.max(Math.abs(predicted), Number.MIN_VALUE);
  const confidence: Confidence =
    sizes.length >= 30 && relativeWidth <= 0.1 ? 'high' : sizes.length >= 7 && relativeWidth <= 0.3 ? 'medium' : 'low';
  return { predictedSizeGb: predicted, interval, confidence, trend: trendOf(sizes).trend };
}
