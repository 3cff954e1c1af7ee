/** One finding of a store's `verify`. */
export interface StoreFault {
  snapshotId: string;
  /**
   * `returned`: it was removed, and its file is there again. `unfinished`: it was being kept when the key was rotated and
   * its process was killed; no key opens it, nobody was told of it, and the next `remove` takes it away.
   */
  fault: 'missing' | 'tampered' | 'malformed' | 'returned' | 'unfinished';
}
