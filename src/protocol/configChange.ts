import type { SnapshotType } from '../configs/snapshotSummary.ts';

/** A value of a configuration that changed between two snapshots; never the value itself. */
export interface ConfigChange {
  type: SnapshotType;
  /** Which configuration: an absolute path, a prefix, an application's name. */
  config: string;
  /** As people write it, such as `db.host`. */
  key: string;
  change: 'added' | 'removed' | 'changed';
  isSecret: boolean;
  /** When the snapshot was taken that first had it so, UTC epoch milliseconds. */
  seenAt: number;
}
