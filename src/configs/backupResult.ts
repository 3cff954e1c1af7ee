/** What taking a snapshot came to. */
export interface BackupResult {
  snapshotId: string;
  /** False when nothing had changed since that snapshot, and no new one was made. */
  isNew: boolean;
}
