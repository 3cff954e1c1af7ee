/**
 * A piece of a log: UTF-8 that begins and ends between two characters, in what Node calls a Buffer. The wing knows no more
 * of it than this.
 */
export interface LogBytes extends Uint8Array {
  toString(encoding?: 'utf8', from?: number, to?: number): string;
  subarray(from?: number, to?: number): LogBytes;
  /** Tells it from a plain array of bytes, whose `toString` gives numbers. */
  equals(other: Uint8Array): boolean;
}
