import { quantileSorted } from 'simple-statistics';
import { findPeriod } from './findPeriod.ts';
import { damped, drift, naive, theta, type SmoothedStates } from './smoothing.ts';
import { seasonalIndices } from './seasonalIndices.ts';

export interface ForecastOptions {
  /** Values in one season: 7 for daily values with a weekly pattern; 1 when it is not known, then one is looked for. */
  period: number;
  /** How many values ahead. */
  horizon: number;
}

export interface SeriesForecast {
  point: number[];
  /** 95 % interval. */
  lower: number[];
  upper: number[];
  /** What made it: `constant`, or the models that were combined, as `damped+theta`. */
  model: string;
}

interface Candidate {
  name: string;
  states: SmoothedStates;
  /** Mean absolute error over the rolling origins and all steps. */
  error: number;
}

const alphas = [0.1, 0.3, 0.5, 0.7, 0.9];
const betas = [0.05, 0.2];
const phis = [0.8, 0.9, 0.98];

/**
 * Forecasts a series: simple and damped exponential smoothing, Theta, the last value and steady drift, judged by rolling origin and
 * combined; seasonal when the season explains enough. The 95 % interval of each step is conformal: as wide as the
 * combination's own errors at that distance were. Values that are not finite are skipped. A series that is never negative
 * has a forecast that is never negative. No value at all gives an empty forecast with model `none`.
 *
 * @example
 * forecastSeries([5, 5, 5, 5, 5, 5], { period: 1, horizon: 2 })
 * //=> { point: [5, 5], lower: [5, 5], upper: [5, 5], model: 'constant' }
 */
export function forecastSeries(values: readonly number[], options: ForecastOptions): SeriesForecast {
  const known = Float64Array.from(values.filter((value) => Number.isFinite(value)));
  const horizon = Math.max(0, Math.floor(options.horizon));
  const n = known.length;
  if (n === 0) return { point: [], lower: [], upper: [], model: 'none' };
  const low = Math.min(...extent(known));
  if (n < 3 || known.every((value) => value === known[0])) {
    const flat = Array.from({ length: horizon }, () => known[n - 1]!);
    return { point: flat, lower: [...flat], upper: [...flat], model: 'constant' };
  }
  const season = seasonalIndices(known, options.period > 1 ? options.period : findPeriod(known));
  const adjusted = season ? known.map((value, t) => value - season[t % season.length]!) : known;
  const seasonAt = (h: number): number => (season ? season[(n + h - 1) % season.length]! : 0);

  const candidates = [
    judge('naive', naive(adjusted), adjusted, horizon),
    judge('drift', drift(adjusted), adjusted, horizon),
    best(
      'ses',
      adjusted,
      horizon,
      alphas.map((alpha) => damped(adjusted, alpha, 0, 1)),
    ),
    best(
      'theta',
      adjusted,
      horizon,
      alphas.map((alpha) => theta(adjusted, alpha)),
    ),
    best(
      'damped',
      adjusted,
      horizon,
      alphas.flatMap((a) => betas.flatMap((b) => phis.map((p) => damped(adjusted, a, b, p)))),
    ),
  ].sort((a, b) => a.error - b.error);
  const chosen = candidates.filter(({ error }) => error <= 1.1 * candidates[0]!.error);

  const point: number[] = [];
  const lower: number[] = [];
  const upper: number[] = [];
  const floor = low >= 0 ? 0 : -Infinity;
  for (let h = 1; h <= horizon; h++) {
    const center = seasonAt(h) + combined(chosen, n - 1, h);
    const half = conformalHalfWidth(chosen, adjusted, h);
    point.push(Math.max(floor, center));
    lower.push(Math.max(floor, center - half));
    upper.push(Math.max(floor, center + half));
  }
  return { point, lower, upper, model: (season ? 'seasonal ' : '') + chosen.map(({ name }) => name).join('+') };
}

function extent(values: Float64Array): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

function ahead(states: SmoothedStates, origin: number, steps: number): number {
  const { phi } = states;
  const reach = phi === 1 ? steps : (phi * (1 - phi ** steps)) / (1 - phi);
  return states.level[origin]! + states.trend[origin]! * reach;
}

function combined(chosen: readonly Candidate[], origin: number, steps: number): number {
  let sum = 0;
  for (const { states } of chosen) sum += ahead(states, origin, steps);
  return sum / chosen.length;
}

function judge(name: string, states: SmoothedStates, values: Float64Array, horizon: number): Candidate {
  const n = values.length;
  const first = Math.max(1, Math.floor(n / 3));
  let sum = 0;
  let count = 0;
  for (let h = 1; h <= Math.min(horizon, n - first - 1); h += Math.max(1, Math.floor(horizon / 4))) {
    for (let t = first; t + h < n; t++) {
      sum += Math.abs(values[t + h]! - ahead(states, t, h));
      count++;
    }
  }
  return { name, states, error: count > 0 ? sum / count : Infinity };
}

function best(name: string, values: Float64Array, horizon: number, tried: SmoothedStates[]): Candidate {
  return tried
    .map((states) => judge(name, states, values, horizon))
    .reduce((winner, candidate) => (candidate.error < winner.error ? candidate : winner));
}

function conformalHalfWidth(chosen: readonly Candidate[], values: Float64Array, steps: number): number {
  const n = values.length;
  const first = Math.min(Math.max(1, Math.floor(n / 3)), n - 2);
  const reach = Math.min(steps, n - 1 - first);
  const errors: number[] = [];
  for (let t = first; t + reach < n; t++) errors.push(Math.abs(values[t + reach]! - combined(chosen, t, reach)));
  errors.sort((a, b) => a - b);
  const level = Math.min(1, (0.95 * (errors.length + 1)) / errors.length);
  // Beyond the longest distance that was ever tried, the error is taken to grow as that of a random walk does.
  return quantileSorted(errors, level) * Math.sqrt(steps / reach);
}
