/**
 * Forecasting models whose state after each value is a level and a trend. From any origin `t` the forecast `h` steps on
 * is `level[t] + trend[t] × (φ + φ² + … + φ^h)`, so that one pass over the series gives the forecasts of every origin.
 */
export interface SmoothedStates {
  level: Float64Array;
  trend: Float64Array;
  /** Damping of the trend, 0 to 1; 1 is a straight line. */
  phi: number;
}

/** Last value: the forecast that any other has to beat. */
export function naive(values: Float64Array): SmoothedStates {
  return { level: Float64Array.from(values), trend: new Float64Array(values.length), phi: 1 };
}

/** Last value, and the mean change so far as drift: what steady growth looks like. */
export function drift(values: Float64Array): SmoothedStates {
  return { level: Float64Array.from(values), trend: values.map((value, t) => (value - values[0]!) / (t || 1)), phi: 1 };
}

/**
 * Exponential smoothing with a damped additive trend (Gardner & McKenzie 1985). `alpha` weighs the newest value in the
 * level, `beta` the newest change of level in the trend; `beta` 0 is simple exponential smoothing, `phi` 1 is Holt's line.
 */
export function damped(values: Float64Array, alpha: number, beta: number, phi: number): SmoothedStates {
  const n = values.length;
  const level = new Float64Array(n);
  const trend = new Float64Array(n);
  let l = values[0]!;
  let b = 0;
  level[0] = l;
  for (let t = 1; t < n; t++) {
    const expected = l + phi * b;
    const error = values[t]! - expected;
    l = expected + alpha * error;
    b = phi * b + alpha * beta * error;
    level[t] = l;
    trend[t] = b;
  }
  return { level, trend, phi };
}

/**
 * The Theta method (Assimakopoulos & Nikolopoulos 2000) in the form of Hyndman & Billah 2003: simple exponential
 * smoothing with, as drift, half the slope of the least-squares line through all values so far.
 */
export function theta(values: Float64Array, alpha: number): SmoothedStates {
  const n = values.length;
  const level = new Float64Array(n);
  const trend = new Float64Array(n);
  let l = values[0]!;
  let sum = 0;
  let weighted = 0;
  let rest = 1;
  for (let t = 0; t < n; t++) {
    const value = values[t]!;
    l += alpha * (value - l);
    rest *= 1 - alpha;
    sum += value;
    weighted += t * value;
    const count = t + 1;
    const slope = count < 3 ? 0 : (12 * (weighted - ((count - 1) / 2) * sum)) / (count * (count * count - 1));
    trend[t] = slope / 2;
    // The smoothed line lags behind a rising one; this is the part of the lag that half a slope makes up for.
    level[t] = l + (slope / 2) * ((1 - rest) / alpha - 1);
  }
  return { level, trend, phi: 1 };
}
