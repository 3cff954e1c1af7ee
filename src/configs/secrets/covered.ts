/** A union of ranges that answers whether it covers another range. */
export class Covered {
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
