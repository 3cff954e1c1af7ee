/** Shapes (points of a few coordinates) and the positions they ended at, the newest `capacity` of them. */
export class ShapeMemory {
  readonly #dimensions: number;
  readonly #shapes: Float64Array;
  readonly #positions: Float64Array;
  #count = 0;
  #next = 0;

  constructor(dimensions: number, capacity: number) {
    this.#dimensions = dimensions;
    this.#shapes = new Float64Array(dimensions * capacity);
    this.#positions = new Float64Array(capacity);
  }

  keep(shape: Float64Array, position: number): void {
    this.#shapes.set(shape, this.#next * this.#dimensions);
    this.#positions[this.#next] = position;
    this.#next = (this.#next + 1) % this.#positions.length;
    this.#count = Math.min(this.#count + 1, this.#positions.length);
  }

  /**
   * Squared distance to the nearest shape that ended at `before` or earlier, or `known` when none is nearer. Newest
   * first: they are mostly the nearest, and end the sums for the others early.
   */
  nearest(shape: Float64Array, before: number, known: number): number {
    const dimensions = this.#dimensions;
    const shapes = this.#shapes;
    const capacity = this.#positions.length;
    let best = known;
    for (let age = 1; age <= this.#count; age++) {
      const place = (this.#next - age + capacity) % capacity;
      if (this.#positions[place]! > before) continue;
      let sum = 0;
      for (let i = 0, j = place * dimensions; i < dimensions && sum < best; i++, j++) {
        sum += (shape[i]! - shapes[j]!) ** 2;
      }
      if (sum < best) best = sum;
    }
    return best;
  }
}
