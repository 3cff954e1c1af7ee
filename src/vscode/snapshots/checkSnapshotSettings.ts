import path from 'node:path';
import type { SettingId } from '../../contributions.ts';
import type { RetentionPolicy, RetentionRule } from '../../configs/vault/retention.ts';
import { absolutePaths, texts } from '../absolutePaths.ts';

/** The settings of configuration snapshots, checked; what is empty falls back to the environment's CONFIG_… variables. */
export interface SnapshotSettings {
  /** Absolute path; null for the extension's own storage. */
  folder: string | null;
  /** Files to be kept besides those that the globs find: absolute, or relative to the first workspace folder. */
  files: string[];
  /** How the names of the environment variables to be kept begin. */
  envPrefix: string;
  sensitiveKeys: string[];
  safeKeys: string[];
  /** What pruning keeps; nothing is removed without a rule. */
  retention: RetentionPolicy;
  /** Whether a snapshot is taken of a configuration file that was saved or has changed on the disk. */
  onChange: boolean;
  /** Whether everything listed is kept once a day. */
  daily: boolean;
}

/** Takes a setting and converts it; a wrong value counts as not set. */
export type TakeSetting = <T>(id: SettingId, convert: (value: unknown) => T | undefined) => T;

const defaultPrefix = 'APP_';

const retentionRules: readonly RetentionRule[] = ['last', 'hourly', 'daily', 'weekly', 'monthly', 'yearly'];

export function checkSnapshotSettings(
  take: TakeSetting,
  environment: Readonly<Record<string, string | undefined>>,
): SnapshotSettings {
  const files = take('backupForesight.snapshots.files', absolutePaths);
  return {
    folder:
      take('backupForesight.snapshots.folder', optionalFolder) ??
      optionalFolder(environment['CONFIG_BACKUP_DIR'] ?? '') ??
      null,
    files: files.length > 0 ? files : listed(environment['CONFIG_FILES_TO_BACKUP'] ?? ''),
    envPrefix:
      take('backupForesight.snapshots.envPrefix', trimmed) || environment['CONFIG_ENV_PREFIX'] || defaultPrefix,
    sensitiveKeys: take('backupForesight.snapshots.sensitiveKeys', texts),
    safeKeys: take('backupForesight.snapshots.safeKeys', texts),
    retention: take('backupForesight.snapshots.retention', retention),
    onChange: take('backupForesight.snapshots.onChange', onOrOff),
    daily: take('backupForesight.snapshots.daily', onOrOff),
  };
}

/** Null when empty, undefined when it is no absolute path. */
function optionalFolder(value: unknown): string | null | undefined {
  if (typeof value !== 'string') return undefined;
  return value.trim() === '' ? null : absolutePaths([value])?.[0];
}

function trimmed(value: unknown): string | undefined {
  return typeof value === 'string' ? value.trim() : undefined;
}

function retention(value: unknown): RetentionPolicy | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value);
  const isRight = ([rule, count]: [string, unknown]): boolean =>
    (retentionRules as readonly string[]).includes(rule) && Number.isInteger(count) && (count as number) >= 0;
  return entries.every(isRight) ? Object.fromEntries(entries) : undefined;
}

function onOrOff(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function listed(commaList: string): string[] {
  return commaList
    .split(',')
    .map((file) => file.trim())
    .filter((file) => file !== '')
    .map((file) => absolutePaths([file])?.[0] ?? path.normalize(file));
}
