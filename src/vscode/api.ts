/**
 * What `activate()` returns to other extensions. Documented in docs/api.md; a change that breaks a caller needs a new
 * `version`.
 */
import type { MetricBaseline, MetricVerdict } from '../backups/anomalies/detectAnomalies.ts';
import type { SpaceNeeds } from '../backups/forecast/predictSpaceNeeds.ts';
import type { TrainingRecord } from '../backups/predictor.ts';
import type { BackupPlan, HistoricalContext } from '../backups/prediction/plan.ts';
import type { Decision, Prediction, RiskReport } from '../backups/report.ts';
import type { BackupResult } from '../configs/backupResult.ts';
import type { SnapshotSummary, SnapshotType } from '../configs/snapshotSummary.ts';
import type { StoreFault } from '../configs/vault/storeFault.ts';

/** What `trainFailurePredictionModel` has learned; it stays usable for as long as it is held. */
export interface FailurePredictionModel {
  /** Ids of the jobs that the records tell of. */
  readonly jobs: readonly string[];
  /** How likely the planned run is to fail. A job that is not in `jobs` is taken for a new one among them. */
  predictBackupFailure(plan: BackupPlan, context?: HistoricalContext): Promise<Prediction>;
}

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
  /**
   * Learns from these records alone, whatever the logs say.
   *
   * @param records runs of any number of jobs; without times they are taken to stand in the order in which they ran
   */
  trainFailurePredictionModel(records: readonly TrainingRecord[]): Promise<FailurePredictionModel>;
  /** Compares a run's metrics with their means and standard deviations. */
  detectAnomalies(current: Record<string, number>, baseline: Record<string, MetricBaseline>): Promise<MetricVerdict[]>;
  /** The size some days ahead, from one size a day, in gigabytes. */
  predictSpaceNeeds(historicalSizes: readonly number[], daysAhead: number): Promise<SpaceNeeds>;
  /** Mean and standard deviation of each metric over the successful records: a baseline for `detectAnomalies`. */
  historicalBaseline(records: readonly TrainingRecord[]): Promise<Record<string, MetricBaseline>>;
  /**
   * Takes a snapshot of an application's configuration object: its secrets are sealed, and the rest stays readable. Makes
   * the store of this window when there is none; rejects in a workspace that is not trusted, and while the store's key is
   * not there. No call gives a secret back.
   *
   * @param name snapshots of one name belong together
   * @param encryptSensitive false leaves every value readable; only for objects that hold no secret
   */
  backupApplicationConfig(name: string, config: object, encryptSensitive?: boolean): Promise<BackupResult>;
  /** Snapshots of this window's store, newest first: of one type, of the last so many days. None without a store. */
  listConfigBackups(type?: SnapshotType, days?: number): Promise<SnapshotSummary[]>;
  /** Checks every snapshot's signature and the store itself; an empty list means that all is well. */
  verify(): Promise<StoreFault[]>;
  /** Whether to let a predicted run go ahead, and why. */
  decide(prediction: Prediction): Decision;
}
