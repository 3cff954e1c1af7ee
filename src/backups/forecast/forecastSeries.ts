import { quantileSorted } from 'simple-statistics';
import { findPeriod, withWeekdays } from './findPeriod.ts';
import { damped, drift, naive, theta, type SmoothedStates } from './smoothing.ts';
import { seasonalIndices } from './seasonalIndices.ts';
import { studentLimit } from './studentLimit.ts';

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
/** By how much the error of a model may exceed the best one's for it to be heard, … */
const asGood = 0.1;
/** … and by how much more where few forecasts were tried: this, divided by how many fit side by side, up to a limit. */
const leniency = 0.3;
const mostLeniency = 0.3;
/** A distance counts as tried out where so many forecasts of that length fit side by side. */
const fewestTrials = 5;
/** Errors older than this tell nothing of the next ones that the newer ones do not. */
const errorsLookedAt = 400;
/** An index that rests on fewer values was fitted to them rather than found in them. */
const fewSeasons = 4;
/** Power of the distance with which errors grow: between the ½ of a random walk and the 1 of a wrong slope. */
const errorGrowth = 0.75;

/**
 * Forecasts a series: simple and damped exponential smoothing, Theta, the last value and steady drift, judged by rolling
 * origin and combined; seasonal when the season explains enough. The 95 % interval of each step is conformal: as wide as
 * the combination's own errors at that distance were, and wider where few were seen. Values that are not finite are
 * skipped. A series that is never negative has a forecast that is never negative. No value at all gives an empty forecast
 * with model `none`.
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
  const season = seasonalIndices(known, withWeekdays(known, options.period > 1 ? options.period : findPeriod(known)));
  const seasonal = (t: number): number => (season ? season.indices[t % season.indices.length]! : 0);
  const adjusted = season ? known.map((value, t) => value - seasonal(t)) : known;

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
  const trials = (n - firstOrigin(n)) / Math.max(1, horizon);
  const aboutAsGood = 1 + asGood + Math.min(mostLeniency, leniency / trials);
  const chosen = candidates.filter(({ error }) => error <= aboutAsGood * candidates[0]!.error);

  const point: number[] = [];
  const lower: number[] = [];
  const upper: number[] = [];
  const floor = low >= 0 ? 0 : -Infinity;
  const widths = conformalHalfWidths(chosen, adjusted, horizon);
  // The errors looked at are those of the very values to which such a season was fitted: others are fitted worse.
  const unfitted = season && season.seen < fewSeasons ? Math.sqrt(season.seen / (season.seen - 1)) : 1;
  for (let h = 1; h <= horizon; h++) {
    const center = seasonal(n + h - 1) + combined(chosen, n - 1, h);
    const half = unfitted * widths[h - 1]!;
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

/** From where on forecasts are tried: before, too little was known. */
function firstOrigin(n: number): number {
  return Math.max(1, Math.floor(n / 3));
}

/** Steps that a trend damped by φ is worth in so many steps: φ + φ² + … */
function dampedSteps(phi: number, steps: number): number {
  return phi === 1 ? steps : (phi * (1 - phi ** steps)) / (1 - phi);
}

function combined(chosen: readonly Candidate[], origin: number, steps: number): number {
  let sum = 0;
  for (const { states } of chosen)
    sum += states.level[origin]! + states.trend[origin]! * dampedSteps(states.phi, steps);
  return sum / chosen.length;
}

function judge(name: string, states: SmoothedStates, values: Float64Array, horizon: number): Candidate {
  const n = values.length;
  const { level, trend, phi } = states;
  const first = firstOrigin(n);
  let sum = 0;
  let count = 0;
  for (let h = 1; h <= Math.min(horizon, n - first - 1); h += Math.max(1, Math.floor(horizon / 4))) {
    const reach = dampedSteps(phi, h);
    for (let t = first; t + h < n; t++) {
      sum += Math.abs(values[t + h]! - (level[t]! + trend[t]! * reach));
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

/**
 * Half the width of the interval at each distance, never narrower further on. A distance that is short enough to have been
 * tried some times over has the conformal quantile of its own errors, wider by Student's t the fewer times that was.
 * Beyond, the errors of the longest such distance grow with a power of the distance.
 */
function conformalHalfWidths(chosen: readonly Candidate[], values: Float64Array, horizon: number): number[] {
  const n = values.length;
  const first = Math.max(Math.min(firstOrigin(n), n - 2), n - 1 - errorsLookedAt);
  const longest = Math.max(1, Math.floor((n - 1 - first) / fewestTrials));
  const widths: number[] = [];
  for (let steps = 1; steps <= Math.min(horizon, longest); steps++) {
    const errors = new Float64Array(n - steps - first);
    const reaches = chosen.map(({ states: { phi } }) => dampedSteps(phi, steps));
    for (let t = first; t + steps < n; t++) {
      let sum = 0;
      chosen.forEach(({ states }, k) => (sum += states.level[t]! + states.trend[t]! * reaches[k]!));
      errors[t - first] = Math.abs(values[t + steps]! - sum / chosen.length);
    }
    errors.sort();
    const level = Math.min(1, (0.95 * (errors.length + 1)) / errors.length);
    // Errors of forecasts that overlap are nearly the same: as many are their own as fit side by side.
    const widening = studentLimit(errors.length / steps) / studentLimit(Infinity);
    widths.push(Math.max(widths.at(-1) ?? 0, quantileSorted([...errors], level) * widening));
  }
  const known = widths.at(-1)!;
  while (widths.length < horizon) widths.push(known * ((widths.length + 1) / longest) ** errorGrowth);
  return widths;
}
