/** The newest labelled runs of a job as rows to train on: a ring in one flat array. */
import type { TrainingSet } from './logisticRegression.ts';

export class TrainingRows {
  readonly #columns: number;
  readonly #limit: number;
  // Half the memory of doubles, and features are not known to seven digits.
  #rows: Float32Array;
  #labels: Uint8Array;
  #count = 0;
  /** Where the oldest row stands; other than 0 only once the ring is full. */
  #oldest = 0;

  /**
   * @param limit rows kept at most: the oldest one makes room for a new one.
   * @param expected how many rows will come: room for them is made once.
   */
  constructor(columns: number, limit: number, expected = 0) {
    this.#columns = columns;
    this.#limit = limit;
    const room = Math.min(expected, limit);
    this.#rows = new Float32Array(room * columns);
    this.#labels = new Uint8Array(room);
  }

  get count(): number {
    return this.#count;
  }

  add(row: Float64Array, label: number): void {
    if (this.#count < this.#limit) {
      if (this.#count === this.#labels.length) this.#makeRoom();
      this.#put(this.#count++, row, label);
    } else {
      this.#put(this.#oldest, row, label);
      this.#oldest = (this.#oldest + 1) % this.#limit;
    }
  }

  /** Columns that hold anything but zeros. */
  usedColumns(): number[] {
    const used: number[] = [];
    for (let column = 0; column < this.#columns; column++) {
      for (let place = 0; place < this.#count; place++) {
        if (this.#rows[place * this.#columns + column] === 0) continue;
        used.push(column);
        break;
      }
    }
    return used;
  }

  /** A copy of some columns, oldest row first. */
  select(columns: readonly number[]): TrainingSet {
    const rows = new Float64Array(this.#count * columns.length);
    const labels = new Float64Array(this.#count);
    for (let i = 0, to = 0; i < this.#count; i++) {
      const place = (this.#oldest + i) % this.#count;
      for (const column of columns) rows[to++] = this.#rows[place * this.#columns + column]!;
      labels[i] = this.#labels[place]!;
    }
    return { rows, columns: columns.length, labels };
  }

  #put(place: number, row: Float64Array, label: number): void {
    // For a row this short, `set` would take longer to find out what it is given than to copy it.
    const rows = this.#rows;
    for (let column = 0, to = place * this.#columns; column < this.#columns; column++) rows[to++] = row[column]!;
    this.#labels[place] = label;
  }

  #makeRoom(): void {
    const room = Math.min(Math.max(2 * this.#count, 32), this.#limit);
    const rows = new Float32Array(room * this.#columns);
    const labels = new Uint8Array(room);
    rows.set(this.#rows);
    labels.set(this.#labels);
    this.#rows = rows;
    this.#labels = labels;
  }
}
