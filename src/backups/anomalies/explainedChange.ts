const forgetting = 0.98;
/** Pseudo-runs that hold the slope at 0 until the cause has shown that it matters. */
const slopePrior = 0.2;
/** Relative error beyond which a run pulls no harder. */
const errorLimit = 0.3;
const fewestRuns = 5;
/** Multiple of the usual cause beyond which a run pulls no harder. */
const causeLimit = 4;
/** Runs whose mean cause is the usual one for good. */
const anchorRuns = 14;

/**
 * How much of a value's change its cause explains: copying twice the data takes longer. Fits value = fixed + slope × cause
 * to the runs so far by least squares of relative errors, with Huber's weights (1964) and forgetting, and neither part
 * below 0.
 *
 * @example
 * const duration = new ExplainedChange();
 * for (const gib of [1, 2, 3, 1, 2, 3]) duration.learn(60 + 60 * gib, gib);
 * duration.of(4) //=> about 0.5, of logarithms: 300 s instead of the usual 180 s
 */
export class ExplainedChange {
  #weight = 0;
  #runs = 0;
  #anchor = 0;
  /** Weighted sums for the normal equations. */
  #x = 0;
  #y = 0;
  #xx = 0;
  #xy = 0;

  /** Logarithm of the value that this cause lets expect, less that of the first weeks' cause; 0 while too little is known. */
  of(cause: number): number {
    if (this.#runs < fewestRuns) return 0;
    const { fixed, slope } = this.#line();
    return Math.log((fixed + slope * cause) / (fixed + slope * this.#anchor));
  }

  /** Takes a run's value and cause, both at least 0. */
  learn(value: number, cause: number): void {
    if (!(value > 0)) return;
    let weight = 1 / value ** 2;
    if (this.#runs > 0) {
      const { fixed, slope, usual } = this.#line();
      const expected = fixed + slope * cause;
      const error = Math.abs(Math.log(value / expected));
      weight = Math.min(1, errorLimit / error) / expected ** 2;
      // A single night of a flood would settle the slope alone.
      if (cause > 0) weight *= Math.min(1, (causeLimit * usual) / cause) ** 2;
    }
    this.#runs++;
    // It stays: were it to follow the cause, a new level of the cause would look like one of the value, later.
    if (this.#runs <= anchorRuns) this.#anchor += (cause - this.#anchor) / this.#runs;
    this.#weight = forgetting * this.#weight + weight;
    this.#x = forgetting * this.#x + weight * cause;
    this.#y = forgetting * this.#y + weight * value;
    this.#xx = forgetting * this.#xx + weight * cause ** 2;
    this.#xy = forgetting * this.#xy + weight * cause * value;
  }

  #line(): { fixed: number; slope: number; usual: number } {
    const usual = this.#x / this.#weight;
    const mean = this.#y / this.#weight;
    if (usual === 0) return { fixed: mean, slope: 0, usual };
    const prior = (slopePrior * usual ** 2) / mean ** 2;
    const spread = this.#xx - this.#weight * usual ** 2;
    const together = this.#xy - this.#weight * usual * mean;
    const slope = Math.min(mean / usual, Math.max(0, together / (spread + prior)));
    return { fixed: mean - slope * usual, slope, usual };
  }
}
