/**
 * The last `capacity` values, sorted. A value costs a binary search and the move of a block of memory.
 *
 * @example
 * const recent = new SortedWindow(3);
 * for (const value of [1, 9, 5, 7]) recent.push(value);
 * recent.median //=> 7
 */
export class SortedWindow {
  readonly #sorted: Float64Array;
  readonly #inOrder: Float64Array;
  #count = 0;
  #next = 0;

  constructor(capacity: number) {
    this.#sorted = new Float64Array(capacity);
    this.#inOrder = new Float64Array(capacity);
  }

  get size(): number {
    return this.#count;
  }

  /** NaN when nothing was pushed. */
  get median(): number {
    const middle = this.#count >> 1;
    if (this.#count === 0) return NaN;
    return this.#count % 2 === 1 ? this.#sorted[middle]! : (this.#sorted[middle - 1]! + this.#sorted[middle]!) / 2;
  }

  /** How many of the values held are as large as this one, or larger. */
  countFrom(value: number): number {
    return this.#count - this.#rank(value);
  }

  /** The values held, smallest first. */
  values(): Float64Array {
    return this.#sorted.slice(0, this.#count);
  }

  push(value: number): void {
    const sorted = this.#sorted;
    const place = this.#rank(value);
    if (this.#count < sorted.length) {
      sorted.copyWithin(place + 1, place, this.#count);
      sorted[place] = value;
      this.#count++;
    } else {
      this.#exchange(this.#rank(this.#inOrder[this.#next]!), place, value);
    }
    this.#inOrder[this.#next] = value;
    this.#next = (this.#next + 1) % sorted.length;
  }

  /** Only what lies between the old value and the new one moves; in short windows a loop is faster than a call. */
  #exchange(gone: number, place: number, value: number): void {
    const sorted = this.#sorted;
    if (place > gone) {
      if (place - gone > 50) sorted.copyWithin(gone, gone + 1, place);
      else for (let i = gone; i < place - 1; i++) sorted[i] = sorted[i + 1]!;
      sorted[place - 1] = value;
    } else {
      if (gone - place > 50) sorted.copyWithin(place + 1, place, gone);
      else for (let i = gone; i > place; i--) sorted[i] = sorted[i - 1]!;
      sorted[place] = value;
    }
  }

  /** Place of the first value that is not smaller. */
  #rank(value: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sorted[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
