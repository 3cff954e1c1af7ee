import type { MeasuredJob } from '../history/job.ts';
import type { StorageForecast } from '../report.ts';
import { dailySeries } from './dailySeries.ts';
import { forecastSeries } from './forecastSeries.ts';
import { trendOf, type TrendEstimate } from './trendOf.ts';

export interface StorageForecastOptions {
  /** Bytes that the storage can take; null when not known. */
  capacityBytes: number | null;
  /** The moment from which days are counted, UTC epoch milliseconds. */
  now: number;
  /** Days to forecast, from the day after the last value. */
  days: number;
}

const dayMs = 86_400_000;
/** A date further off than ten years is no forecast. */
const furthestDay = 3650;

/** How a job's storage has grown and will grow: all of its forecast that depends on the runs alone. */
export type StorageGrowth = Omit<StorageForecast, 'capacityBytes' | 'daysToFull'> & { slopes: TrendEstimate['range'] };

/**
 * Forecasts the bytes a job's storage will take, a value a day, with a 95 % interval, its trend, and the range of days
 * in which the capacity is reached. Null when fewer than five runs tell a size.
 *
 * @example
 * forecastStorage({ ...history, runs: [] }, { capacityBytes: 2e12, now: Date.UTC(2026, 10, 24), days: 90 })
 * //=> null
 */
export function forecastStorage(job: MeasuredJob, options: StorageForecastOptions): StorageForecast | null {
  const growth = forecastGrowth(job, options.days);
  return growth && withCapacity(growth, options);
}

/**
 * The part of `forecastStorage` that takes time.
 *
 * @param days to forecast, from the day after the last value.
 */
export function forecastGrowth(job: MeasuredJob, days: number): StorageGrowth | null {
  const daily = dailySeries(job);
  if (!daily) return null;
  const { trend, slope, range } = trendOf(daily.bytes);
  const { model, point, lower, upper } = forecastSeries(daily.bytes, { period: 7, horizon: days });
  return {
    series: daily.series,
    trend,
    bytesPerDay: slope,
    model,
    lastBytes: daily.bytes.at(-1)!,
    lastAt: daily.lastAt,
    times: point.map((_, i) => daily.lastAt + (i + 1) * dayMs),
    point,
    lower,
    upper,
    slopes: range,
  };
}

/** The forecast against a capacity, with the days to full counted from `now`. */
export function withCapacity(
  growth: StorageGrowth,
  { capacityBytes, now }: Pick<StorageForecastOptions, 'capacityBytes' | 'now'>,
): StorageForecast {
  const { slopes, ...forecast } = growth;
  const isFilling = capacityBytes !== null && growth.trend === 'growing';
  const daysSince = Math.max(0, now - growth.lastAt) / dayMs;
  return {
    ...forecast,
    capacityBytes,
    daysToFull: isFilling ? daysToFull({ ...forecast, slopes }, capacityBytes, daysSince) : null,
  };
}

/** From the band while it reaches, then along the steepest and the flattest slope that the history allows. */
function daysToFull(band: StorageGrowth, capacity: number, daysSince: number): StorageForecast['daysToFull'] {
  if (band.lastBytes >= capacity) return { earliest: 0, latest: 0 };
  const [slowest, fastest] = band.slopes;
  const earliest = firstDay(band.upper, band.lastBytes, fastest, capacity);
  const latest = firstDay(band.lower, band.lastBytes, slowest, capacity);
  if (earliest === null) return null;
  const fromNow = (day: number): number => Math.max(0, Math.floor(day - daysSince));
  return { earliest: fromNow(earliest), latest: latest === null ? null : fromNow(latest) };
}

function firstDay(bound: number[], lastBytes: number, slope: number, capacity: number): number | null {
  const within = bound.findIndex((bytes) => bytes >= capacity);
  if (within >= 0) return within + 1;
  if (slope <= 0) return null;
  const day = bound.length + (capacity - (bound.at(-1) ?? lastBytes)) / slope;
  return day <= furthestDay ? day : null;
}
