import type { JobHistory } from '../history/job.ts';
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

/**
 * Forecasts the bytes a job's storage will take, a value a day, with a 95 % interval, its trend, and the range of days
 * in which the capacity is reached. Null when fewer than five runs tell a size.
 *
 * @example
 * forecastStorage({ ...history, runs: [] }, { capacityBytes: 2e12, now: Date.UTC(2026, 10, 24), days: 90 })
 * //=> null
 */
export function forecastStorage(history: JobHistory, options: StorageForecastOptions): StorageForecast | null {
  const daily = dailySeries(history);
  if (!daily) return null;
  const trend = trendOf(daily.bytes);
  const forecast = forecastSeries(daily.bytes, { period: 7, horizon: options.days });
  const lastBytes = daily.bytes.at(-1)!;
  const capacityBytes = options.capacityBytes;
  return {
    series: daily.series,
    trend: trend.trend,
    bytesPerDay: trend.slope,
    model: forecast.model,
    lastBytes,
    lastAt: daily.lastAt,
    times: forecast.point.map((_, i) => daily.lastAt + (i + 1) * dayMs),
    point: forecast.point,
    lower: forecast.lower,
    upper: forecast.upper,
    capacityBytes,
    daysToFull:
      capacityBytes === null || trend.trend !== 'growing'
        ? null
        : daysToFull({ ...forecast, lastBytes, trend }, capacityBytes, Math.max(0, options.now - daily.lastAt) / dayMs),
  };
}

interface Band {
  lower: number[];
  upper: number[];
  lastBytes: number;
  trend: TrendEstimate;
}

/** From the band while it reaches, then along the steepest and the flattest slope that the history allows. */
function daysToFull(band: Band, capacity: number, daysSince: number): StorageForecast['daysToFull'] {
  if (band.lastBytes >= capacity) return { earliest: 0, latest: 0 };
  const [slowest, fastest] = band.trend.range;
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
