/** The newest labelled runs of a job as rows to train on: a sliding window over one flat array. */
import type { TrainingSet } from './logisticRegression.ts';

export class TrainingRows {
  readonly #columns: number;
  readonly #limit: number;
  // Half the memory of doubles, and features are not known to seven digits.
  #rows: Float32Array;
  #labels: Uint8Array;
  #start = 0;
  #end = 0;

  /** @param limit rows kept at most: older ones are forgotten. */
  constructor(columns: number, limit: number) {
    this.#columns = columns;
    this.#limit = limit;
    this.#rows = new Float32Array(0);
    this.#labels = new Uint8Array(0);
  }

  get count(): number {
    return this.#end - this.#start;
  }

  add(row: Float64Array, label: number): void {
    if (this.count === this.#limit) this.#start++;
    if (this.#end === this.#labels.length) this.#makeRoom();
    // For a row this short, `set` would take longer to find out what it is given than to copy it.
    const rows = this.#rows;
    for (let column = 0, to = this.#end * this.#columns; column < this.#columns; column++) rows[to++] = row[column]!;
    this.#labels[this.#end++] = label;
  }

  /** Columns that hold anything but zeros. */
  usedColumns(): number[] {
    const used: number[] = [];
    for (let column = 0; column < this.#columns; column++) {
      for (let i = this.#start; i < this.#end; i++) {
        if (this.#rows[i * this.#columns + column] === 0) continue;
        used.push(column);
        break;
      }
    }
    return used;
  }

  /** A copy of some columns. */
  select(columns: readonly number[]): TrainingSet {
    const rows = new Float64Array(this.count * columns.length);
    for (let i = this.#start, to = 0; i < this.#end; i++) {
      for (const column of columns) rows[to++] = this.#rows[i * this.#columns + column]!;
    }
    return { rows, columns: columns.length, labels: Float64Array.from(this.#labels.subarray(this.#start, this.#end)) };
  }

  // Twice the room of what is kept: rows move once in as many additions as there are rows.
  #makeRoom(): void {
    const room = Math.max(2 * this.count, 32);
    const rows = new Float32Array(room * this.#columns);
    const labels = new Uint8Array(room);
    rows.set(this.#rows.subarray(this.#start * this.#columns, this.#end * this.#columns));
    labels.set(this.#labels.subarray(this.#start, this.#end));
    this.#rows = rows;
    this.#labels = labels;
    this.#end -= this.#start;
    this.#start = 0;
  }
}
