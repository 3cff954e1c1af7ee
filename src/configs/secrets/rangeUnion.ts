/** Ranges of a text taken together; those that touch or overlap are one. */
export class RangeUnion {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  constructor(ranges: readonly { start: number; end: number }[]) {
    for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
      const last = this.#ends.length - 1;
      if (last >= 0 && start <= this.#ends[last]!) this.#ends[last] = Math.max(this.#ends[last]!, end);
      else {
        this.#starts.push(start);
        this.#ends.push(end);
      }
    }
  }

  /** True when all of the range lies in one piece of the union; in a union of nothing, for none. */
  covers(range: { start: number; end: number }): boolean {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#starts[middle]! <= range.start) low = middle + 1;
      else high = middle;
    }
    return low > 0 && this.#ends[low - 1]! >= range.end;
  }
}
