/** A failure rate that forgets: each new run weighs 1, and everything before it a little less. */
export class DecayingRate {
  failures = 0;
  runs = 0;
  readonly #keep: number;

  /** @param forget share of the past forgotten with each run, 0 (nothing) to 1 (everything but the run itself). */
  constructor(forget: number) {
    this.#keep = 1 - forget;
  }

  add(label: number): void {
    this.failures = this.failures * this.#keep + label;
    this.runs = this.runs * this.#keep + 1;
  }

  /**
   * The rate as if `pseudoRuns` runs at the rate `towards` had been seen besides; with no runs, `towards` itself.
   *
   * @example new DecayingRate(0.1).shrunk(0.2, 4) //=> 0.2
   */
  shrunk(towards: number, pseudoRuns: number): number {
    return (this.failures + pseudoRuns * towards) / (this.runs + pseudoRuns);
  }
}
