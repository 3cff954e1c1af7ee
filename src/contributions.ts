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
  openLogAtRun: 'backupForesight.openLogAtRun',
  chooseLogFiles: 'backupForesight.chooseLogFiles',
  showLog: 'backupForesight.showLog',
} as const;

export type CommandName = keyof typeof commands;

export const views = {
  jobs: 'backupForesight.jobs',
  logFiles: 'backupForesight.logFiles',
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
} as const;

/** Why the tree is empty; `none` while it is not, or while nobody knows yet. */
export type Welcome = 'none' | 'noFolder' | 'restricted' | 'noLogs' | 'noRuns' | 'failed';

/** What `contextValue` a tree item can have. */
export type ItemContext = 'job' | 'run';

/** Settings with the type of their value. */
export interface SettingValues {
  'backupForesight.logs.globs': string[];
  'backupForesight.logs.paths': string[];
  'backupForesight.logs.zone': string;
  'backupForesight.storage.capacity': string;
  'backupForesight.risk.threshold': number;
  'backupForesight.analysis.watch': boolean;
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
  'backupForesight.storage.capacity': '',
  'backupForesight.risk.threshold': 0.5,
  'backupForesight.analysis.watch': true,
};
