/**
 * What `activate()` returns to other extensions. Documented in docs/api.md; a change that breaks a caller needs a new
 * `version`.
 */
import type { BackupPlan, HistoricalContext } from '../backups/prediction/plan.ts';
import type { Prediction, RiskReport } from '../backups/report.ts';

export interface BackupForesightApi {
  readonly version: 1;
  /**
   * Reads backup logs and reports on every job in them, with the zone, capacity and risk limit of the user's settings.
   *
   * @param paths absolute paths of files, or of folders to be searched for logs
   */
  analyze(paths: readonly string[]): Promise<RiskReport>;
  /**
   * How likely a planned run is to fail. With a job of the last `analyze` call its history is used; else the rules, with
   * what `context` tells.
   */
  predictBackupFailure(plan: BackupPlan, context?: HistoricalContext): Promise<Prediction>;
}
