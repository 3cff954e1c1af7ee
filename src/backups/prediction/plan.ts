/** What a caller may tell about a run that is still to come. */

/** A planned run: the original system's `backup_config`, and when it would start. */
export interface BackupPlan {
  backupId: string;
  estimatedDurationSeconds?: number;
  estimatedSizeBytes?: number;
  databaseSizeGb?: number;
  /** UTC epoch milliseconds; the job's next expected start when left out. */
  startsAt?: number;
}

/** The original system's `historical_context`: used where the logs tell nothing better. */
export interface HistoricalContext {
  /** 0 to 1. */
  successRate?: number;
  recentFailures?: number;
}
