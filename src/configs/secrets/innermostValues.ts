import type { ScalarValue } from '../formats/scalarValue.ts';

/** Finds values by where they stand, when some stand inside others. */
export class InnermostValues {
  readonly #values: readonly ScalarValue[];
  /** For each value the index of the one around it; −1 without one. */
  readonly #around: Int32Array;

  /** @param values sorted by `start`, the outer of two before the inner */
  constructor(values: readonly ScalarValue[]) {
    this.#values = values;
    this.#around = new Int32Array(values.length);
    const open: number[] = [];
    values.forEach((value, index) => {
      while (open.length > 0 && values[open.at(-1)!]!.end <= value.start) open.pop();
      this.#around[index] = open.at(-1) ?? -1;
      open.push(index);
    });
  }

  /** The innermost value that holds the offset, in UTF-16 units; null between values. */
  at(offset: number): ScalarValue | null {
    let low = 0;
    let high = this.#values.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#values[middle]!.start <= offset) low = middle + 1;
      else high = middle;
    }
    for (let index = low - 1; index >= 0; index = this.#around[index]!) {
      if (this.#values[index]!.end > offset) return this.#values[index]!;
    }
    return null;
  }
}
