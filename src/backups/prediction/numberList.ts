/** A growing list of numbers in one block of memory, without the boxes and the spare room of an array. */
export class NumberList {
  #values: Float64Array;
  length = 0;

  /** @param expected how many numbers will come: with so many or fewer, none is ever copied. */
  constructor(expected: number) {
    this.#values = new Float64Array(expected);
  }

  push(value: number): void {
    if (this.length === this.#values.length) {
      const values = new Float64Array(Math.max(16, 2 * this.length));
      values.set(this.#values);
      this.#values = values;
    }
    this.#values[this.length++] = value;
  }

  /**
   * The numbers from a place on, counted from the end where it is below 0. Not a copy.
   *
   * @example new NumberList(0).from(0).length //=> 0
   */
  from(place: number): Float64Array {
    return this.#values.subarray(0, this.length).subarray(place);
  }
}
