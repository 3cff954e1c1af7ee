/** One finding of a store's `verify`. */
export interface StoreFault {
  snapshotId: string;
  /** `returned`: it was removed, and its file is there again. */
  fault: 'missing' | 'tampered' | 'malformed' | 'returned';
}
