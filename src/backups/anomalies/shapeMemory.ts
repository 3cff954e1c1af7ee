/**
 * Shapes (points of a few coordinates) and the positions they ended at, the newest `capacity` of them. They are held in
 * the order of the sums of their coordinates: a shape is at least as far away as its sum tells, so that a search looks at
 * the shapes of like sums and hardly any other.
 */
export class ShapeMemory {
  readonly #dimensions: number;
  readonly #shapes: Float64Array;
  readonly #positions: Float64Array;
  /** The sums in ascending order, and the place of each one's shape. */
  readonly #sums: Float64Array;
  readonly #places: Int32Array;
  #count = 0;
  #next = 0;

  constructor(dimensions: number, capacity: number) {
    this.#dimensions = dimensions;
    this.#shapes = new Float64Array(dimensions * capacity);
    this.#positions = new Float64Array(capacity);
    this.#sums = new Float64Array(capacity);
    this.#places = new Int32Array(capacity);
  }

  keep(shape: Float64Array, position: number): void {
    const capacity = this.#positions.length;
    const place = this.#next;
    if (this.#count === capacity) this.#forget(place);
    this.#shapes.set(shape, place * this.#dimensions);
    this.#positions[place] = position;
    const sum = sumOf(shape);
    const rank = this.#rank(sum);
    this.#sums.copyWithin(rank + 1, rank, this.#count);
    this.#places.copyWithin(rank + 1, rank, this.#count);
    this.#sums[rank] = sum;
    this.#places[rank] = place;
    this.#count++;
    this.#next = (place + 1) % capacity;
  }

  /** Squared distance to the nearest shape that ended at `before` or earlier, or `known` when none is nearer. */
  nearest(shape: Float64Array, before: number, known: number): number {
    const sum = sumOf(shape);
    let best = known;
    let above = this.#rank(sum);
    let below = above - 1;
    for (;;) {
      const up = above < this.#count ? this.#sums[above]! - sum : Infinity;
      const down = below >= 0 ? sum - this.#sums[below]! : Infinity;
      const gap = Math.min(up, down);
      // By Cauchy and Schwarz; also ends the search when both sides are through.
      if (!(gap < Infinity) || (gap * gap) / this.#dimensions >= best) return best;
      const place = this.#places[up <= down ? above++ : below--]!;
      if (this.#positions[place]! <= before) best = Math.min(best, this.#squaredDistance(shape, place, best));
    }
  }

  #squaredDistance(shape: Float64Array, place: number, enough: number): number {
    const dimensions = this.#dimensions;
    let squared = 0;
    for (let i = 0, j = place * dimensions; i < dimensions && squared < enough; i++, j++) {
      squared += (shape[i]! - this.#shapes[j]!) ** 2;
    }
    return squared;
  }

  #forget(place: number): void {
    const from = place * this.#dimensions;
    let rank = this.#rank(sumOf(this.#shapes.subarray(from, from + this.#dimensions)));
    while (this.#places[rank] !== place) rank++;
    this.#sums.copyWithin(rank, rank + 1, this.#count);
    this.#places.copyWithin(rank, rank + 1, this.#count);
    this.#count--;
  }

  /** Rank of the first sum that is not smaller. */
  #rank(sum: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sums[middle]! < sum) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function sumOf(shape: Float64Array): number {
  let sum = 0;
  for (const coordinate of shape) sum += coordinate;
  return sum;
}
