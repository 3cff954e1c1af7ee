/**
 * Every id that package.json contributes, once. Code takes ids from here, so that a wrong or forgotten one does not
 * compile; test/manifest compares this file with package.json in both directions.
 */

/** Where everything of this extension stands in the activity bar. */
export const viewContainer = 'backupForesight';

export const commands = {
  analyzeBackupLogs: 'backupForesight.analyzeBackupLogs',
  predictNextBackup: 'backupForesight.predictNextBackup',
  showRiskReport: 'backupForesight.showRiskReport',
  exportRiskReport: 'backupForesight.exportRiskReport',
  openLogAtRun: 'backupForesight.openLogAtRun',
  chooseLogFiles: 'backupForesight.chooseLogFiles',
  openSampleWorkspace: 'backupForesight.openSampleWorkspace',
  showLog: 'backupForesight.showLog',
  snapshotActiveFile: 'backupForesight.snapshotActiveFile',
  snapshotFile: 'backupForesight.snapshotFile',
  snapshotListedFiles: 'backupForesight.snapshotListedFiles',
  snapshotEnvironment: 'backupForesight.snapshotEnvironment',
  previewSnapshot: 'backupForesight.previewSnapshot',
  restoreSnapshot: 'backupForesight.restoreSnapshot',
  verifySnapshots: 'backupForesight.verifySnapshots',
  markAsExpected: 'backupForesight.markAsExpected',
  snoozeJob: 'backupForesight.snoozeJob',
  manageMarks: 'backupForesight.manageMarks',
  setAlertWebhook: 'backupForesight.setAlertWebhook',
  clearAlertWebhook: 'backupForesight.clearAlertWebhook',
  snapshotOpenConfigFiles: 'backupForesight.snapshotOpenConfigFiles',
  snapshotApplication: 'backupForesight.snapshotApplication',
  compareSnapshotWithCurrent: 'backupForesight.compareSnapshotWithCurrent',
  compareTwoSnapshots: 'backupForesight.compareTwoSnapshots',
  showSnapshotKeyHistory: 'backupForesight.showSnapshotKeyHistory',
  revealSnapshotValue: 'backupForesight.revealSnapshotValue',
  restoreSnapshotKey: 'backupForesight.restoreSnapshotKey',
  pinSnapshot: 'backupForesight.pinSnapshot',
  unpinSnapshot: 'backupForesight.unpinSnapshot',
  deleteSnapshot: 'backupForesight.deleteSnapshot',
  pruneSnapshots: 'backupForesight.pruneSnapshots',
  openSnapshotFolder: 'backupForesight.openSnapshotFolder',
  excludeFromLocalHistory: 'backupForesight.excludeFromLocalHistory',
  setUpSnapshotRecovery: 'backupForesight.setUpSnapshotRecovery',
  unlockSnapshots: 'backupForesight.unlockSnapshots',
  rotateSnapshotKey: 'backupForesight.rotateSnapshotKey',
  resealSnapshots: 'backupForesight.resealSnapshots',
  acceptRolledBackSnapshots: 'backupForesight.acceptRolledBackSnapshots',
  exportSnapshotKey: 'backupForesight.exportSnapshotKey',
  importSnapshotKey: 'backupForesight.importSnapshotKey',
} as const;

export type CommandName = keyof typeof commands;

/** The commands about configuration snapshots. */
export type SnapshotCommandName =
  Extract<CommandName, `${string}${'Snapshot' | 'snapshot'}${string}`> | 'excludeFromLocalHistory';

/** The commands about findings, and what people say of them. */
export type FindingCommandName = 'markAsExpected' | 'snoozeJob' | 'manageMarks';

export type AlertCommandName = 'setAlertWebhook' | 'clearAlertWebhook';

export const views = {
  jobs: 'backupForesight.jobs',
  logFiles: 'backupForesight.logFiles',
  snapshots: 'backupForesight.snapshots',
} as const;

/** Kinds of webview panels: the same name creates a panel and restores it after a reload. */
export const viewTypes = {
  report: 'backupForesight.report',
} as const;

/** Kinds of tasks that a tasks.json can name. */
export const taskTypes = {
  gate: 'backupForesight.gate',
} as const;

/** Context keys that package.json asks in `when` clauses. */
export const contexts = {
  /** Which welcome text the empty tree shows: a `Welcome`. */
  welcome: 'backupForesight.welcome',
  /** Whether backup jobs have been found. */
  hasJobs: 'backupForesight.hasJobs',
  /** Which welcome text the empty tree of snapshots shows: a `SnapshotsWelcome`. */
  snapshotsWelcome: 'backupForesight.snapshotsWelcome',
  /** Whether the key of the snapshots was kept on this machine and is gone. */
  snapshotKeyForgotten: 'backupForesight.snapshotKeyForgotten',
  /** Whether the snapshots would be lost with their key: no recovery passphrase is set up. */
  needsRecovery: 'backupForesight.needsRecovery',
} as const;

/** Why the tree is empty; `none` while it is not, or while nobody knows yet. */
export type Welcome = 'none' | 'noFolder' | 'restricted' | 'noLogs' | 'noRuns' | 'failed';

/** Why the tree of snapshots is empty; `none` while it is not, or while nobody knows yet. */
export type SnapshotsWelcome = 'none' | 'first' | 'restricted' | 'locked' | 'keyLost' | 'rolledBack' | 'broken';

type ConfigType = 'file' | 'env' | 'application';

/** What `contextValue` a tree item can have. */
export type ItemContext =
  'job' | 'run' | 'finding' | `config.${ConfigType}` | `snapshot.${ConfigType}${'' | '.pinned'}`;

/** Settings with the type of their value. */
export interface SettingValues {
  'backupForesight.logs.globs': string[];
  'backupForesight.logs.paths': string[];
  'backupForesight.logs.zone': string;
  'backupForesight.logs.mappings': object[];
  'backupForesight.storage.capacity': string;
  'backupForesight.storage.capacities': Record<string, string>;
  'backupForesight.risk.threshold': number;
  'backupForesight.analysis.watch': boolean;
  'backupForesight.findings.problems': boolean;
  'backupForesight.findings.codeLens': boolean;
  'backupForesight.alerts.enabled': boolean;
  'backupForesight.alerts.diskFullDays': number;
  'backupForesight.alerts.quietHours': string;
  'backupForesight.alerts.webhookFormat': 'json' | 'slack' | 'teams';
  'backupForesight.snapshots.globs': string[];
  'backupForesight.snapshots.files': string[];
  'backupForesight.snapshots.folder': string;
  'backupForesight.snapshots.envPrefix': string;
  'backupForesight.snapshots.sensitiveKeys': string[];
  'backupForesight.snapshots.safeKeys': string[];
  'backupForesight.snapshots.retention': Record<string, number>;
  'backupForesight.snapshots.onChange': boolean;
  'backupForesight.snapshots.daily': boolean;
}

export type SettingId = keyof SettingValues;

export const settingDefaults: SettingValues = {
  'backupForesight.logs.globs': [
    '**/{log,logs,backup-logs}/**/*.{log,txt,json,jsonl,ndjson,csv,out,gz}',
    '**/{log,logs,backup-logs}/**/*.log.[0-9]*',
    '**/*{backup,restic,borg,rclone,rsnapshot,pgbackrest,duplicity,kopia}*.{log,jsonl,ndjson}',
  ],
  'backupForesight.logs.paths': [],
  'backupForesight.logs.zone': '',
  'backupForesight.logs.mappings': [],
  'backupForesight.storage.capacity': '',
  'backupForesight.storage.capacities': {},
  'backupForesight.risk.threshold': 0.5,
  'backupForesight.analysis.watch': true,
  'backupForesight.findings.problems': true,
  'backupForesight.findings.codeLens': true,
  'backupForesight.alerts.enabled': true,
  'backupForesight.alerts.diskFullDays': 14,
  'backupForesight.alerts.quietHours': '',
  'backupForesight.alerts.webhookFormat': 'json',
  'backupForesight.snapshots.globs': [
    '**/.env',
    '**/.env.*',
    '**/{config,configs,conf,conf.d,etc}/**/*.{yaml,yml,json,jsonc,toml,ini,conf,cfg,cnf,properties,env}',
    '**/{docker-compose,compose}*.{yaml,yml}',
    '**/appsettings*.json',
    '**/application*.{properties,yaml,yml}',
  ],
  'backupForesight.snapshots.files': [],
  'backupForesight.snapshots.folder': '',
  'backupForesight.snapshots.envPrefix': '',
  'backupForesight.snapshots.sensitiveKeys': [],
  'backupForesight.snapshots.safeKeys': [],
  'backupForesight.snapshots.retention': { last: 5, daily: 14, weekly: 8, monthly: 12 },
  'backupForesight.snapshots.onChange': true,
  'backupForesight.snapshots.daily': true,
};
