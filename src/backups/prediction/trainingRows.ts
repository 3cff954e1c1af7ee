/** The newest labelled runs of a job as rows to train on: a sliding window over one flat array. */
import type { TrainingSet } from './logisticRegression.ts';

export class TrainingRows {
  readonly columns: number;
  readonly #limit: number;
  #rows: Float64Array;
  #labels: Float64Array;
  #start = 0;
  #end = 0;

  /** @param limit rows kept at most: older ones are forgotten. */
  constructor(columns: number, limit: number) {
    this.columns = columns;
    this.#limit = limit;
    this.#rows = new Float64Array(columns * 32);
    this.#labels = new Float64Array(32);
  }

  get count(): number {
    return this.#end - this.#start;
  }

  add(row: Float64Array, label: number): void {
    if (this.count === this.#limit) this.#start++;
    if (this.#end === this.#labels.length) this.#makeRoom();
    this.#rows.set(row, this.#end * this.columns);
    this.#labels[this.#end++] = label;
  }

  /** Views of the rows and labels, valid until the next `add`. */
  view(): TrainingSet {
    const { columns } = this;
    return {
      columns,
      rows: this.#rows.subarray(this.#start * columns, this.#end * columns),
      labels: this.#labels.subarray(this.#start, this.#end),
    };
  }

  // Twice the room of what is kept: rows move once in as many additions as there are rows.
  #makeRoom(): void {
    const kept = this.view();
    const rows = new Float64Array(Math.max(2 * kept.rows.length, this.columns * 32));
    const labels = new Float64Array(Math.max(2 * kept.labels.length, 32));
    rows.set(kept.rows);
    labels.set(kept.labels);
    this.#rows = rows;
    this.#labels = labels;
    this.#end -= this.#start;
    this.#start = 0;
  }
}
