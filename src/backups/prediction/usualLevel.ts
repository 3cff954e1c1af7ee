/** The usual level of a positive quantity (bytes, milliseconds) and its spread, on a logarithmic scale. */

const forget = 0.1;
const fastForget = 0.3;
const slowForget = 0.03;
/** A spread below 5 % of the level is taken for 5 %: a quiet job would otherwise make every change enormous. */
const smallestSpread = 0.05;

/** Exponentially weighted, in constant time: https://fanf2.user.srcf.net/hermes/doc/antiforgery/stats.pdf, section 9. */
export class UsualLevel {
  count = 0;
  /** Natural logarithm of the usual value; 0 before the first. */
  level = 0;
  #variance = 0;
  #fast = 0;
  #slow = 0;
  #latestDeviation = 0;
  /** The newest value, and what was usual before it; null before the first. */
  latest: { value: number; usual: number } | null = null;

  /** Takes in a value; those that are not above 0 say nothing. */
  add(value: number): void {
    if (!(value > 0) || !Number.isFinite(value)) return;
    const log = Math.log(value);
    this.#latestDeviation = this.deviation(value);
    this.latest = { value, usual: this.count === 0 ? value : Math.exp(this.level) };
    this.count++;
    // The first values are averaged plainly, or the first one would weigh on for long.
    const move = (from: number, share: number): number => from + Math.max(share, 1 / this.count) * (log - from);
    const share = Math.max(forget, 1 / this.count);
    const difference = log - this.level;
    this.level += share * difference;
    this.#variance = (1 - share) * (this.#variance + share * difference * difference);
    this.#fast = move(this.#fast, fastForget);
    this.#slow = move(this.#slow, slowForget);
  }

  /**
   * How far a planned value lies from the usual one, in standard deviations; without one, how far the latest value lay
   * from what was usual before it. 0 while fewer than three values are known.
   */
  deviation(planned?: number): number {
    if (planned === undefined) return this.#latestDeviation;
    if (this.count < 3 || !(planned > 0)) return 0;
    return (Math.log(planned) - this.level) / Math.max(Math.sqrt(this.#variance), smallestSpread);
  }

  /** The usual value itself; 0 before the first. */
  get usual(): number {
    return this.count === 0 ? 0 : Math.exp(this.level);
  }

  /** Natural logarithm of the level of the last few values against that of the last few dozen: growth above 0. */
  get trend(): number {
    return this.#fast - this.#slow;
  }
}
