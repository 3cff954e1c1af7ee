import type { ConfigFormat } from './formats/scalarValue.ts';

/** What a snapshot is of: a file, environment variables, an object of an application. */
export type SnapshotType = 'file' | 'env' | 'application';

/** What the store's index knows of a snapshot; no secret and no text of the configuration is in it. */
export interface SnapshotEntry {
  id: string;
  type: SnapshotType;
  /** Which configuration it is of: an absolute path, a prefix, an application's name. */
  name: string;
  /** UTC epoch milliseconds. */
  createdAt: number;
  format: ConfigFormat;
  /** How many values are sealed. */
  secrets: number;
  /** How many values differ from the configuration's snapshot before; null for its first one. */
  changedKeys: number | null;
}

/** What a list of snapshots shows. */
export interface SnapshotSummary extends SnapshotEntry {
  pinned: boolean;
}
