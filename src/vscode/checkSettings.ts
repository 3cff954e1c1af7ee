import type { StorageCapacity } from '../backups/forecast/capacityOf.ts';
import type { LogMapping } from '../backups/logs/mapping.ts';
import { settingDefaults, type SettingId, type SettingValues } from '../contributions.ts';
import { parseBytes } from '../wording/parseBytes.ts';
import { readMappings } from '../protocol/readMappings.ts';
import { checkAlertSettings, type AlertSettings } from './alerts/checkAlertSettings.ts';
import { absolutePaths, texts } from './absolutePaths.ts';
import { checkSnapshotSettings, type SnapshotSettings } from './snapshots/checkSnapshotSettings.ts';

/** Settings as the program uses them: checked and converted. */
export interface Settings {
  /** Absolute paths of files and folders. */
  paths: string[];
  /** IANA zone; the machine's when the setting is empty. */
  zone: string;
  capacityBytes: number | null;
  /** Of single storages. */
  capacities: StorageCapacity[];
  /** Log formats of the user's own. */
  mappings: LogMapping[];
  /** 0 to 1. */
  maxRisk: number;
  watch: boolean;
  /** Whether findings show as problems, and risks above their definitions. */
  findings: { problems: boolean; codeLens: boolean };
  alerts: AlertSettings;
  snapshots: SnapshotSettings;
  /** Settings whose value is wrong; they count as not set. */
  wrong: SettingId[];
}

/**
 * Checks raw setting values, which people write by hand.
 *
 * @example
 * checkSettings((id) => (id === 'backupForesight.storage.capacity' ? '2 TB' : undefined)).capacityBytes //=> 2000000000000
 */
export function checkSettings(raw: (id: SettingId) => unknown): Settings {
  const wrong: SettingId[] = [];
  const take = <T>(id: SettingId, convert: (value: unknown) => T | undefined): T => {
    const given = raw(id) ?? settingDefaults[id];
    const value = convert(given);
    if (value !== undefined) return value;
    wrong.push(id);
    return convert(settingDefaults[id])!;
  };
  const settings = {
    paths: take('backupForesight.logs.paths', absolutePaths),
    zone: take('backupForesight.logs.zone', zone),
    mappings: take('backupForesight.logs.mappings', mappings),
    capacityBytes: take('backupForesight.storage.capacity', capacity),
    capacities: take('backupForesight.storage.capacities', capacities),
    maxRisk: take('backupForesight.risk.threshold', probability),
    watch: take('backupForesight.analysis.watch', flag),
    findings: {
      problems: take('backupForesight.findings.problems', flag),
      codeLens: take('backupForesight.findings.codeLens', flag),
    },
    alerts: checkAlertSettings(take),
    snapshots: checkSnapshotSettings(take, process.env),
  };
  return { ...settings, wrong };
}

/** Settings that are lists of glob patterns, each workspace folder having its own. */
export type GlobSettingId = 'backupForesight.logs.globs' | 'backupForesight.snapshots.globs';

/** Glob patterns as set; the default when they are no list of texts. */
export function checkGlobs(id: GlobSettingId, raw: unknown): SettingValues[GlobSettingId] {
  return texts(raw)?.filter((glob) => glob.trim() !== '') ?? settingDefaults[id];
}

function mappings(value: unknown): LogMapping[] | undefined {
  const read = readMappings(value);
  return read.faults.length === 0 ? read.mappings : undefined;
}

function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function zone(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (value.trim() === '') return Intl.DateTimeFormat().resolvedOptions().timeZone;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value.trim() }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

function capacity(value: unknown): number | null | undefined {
  if (typeof value !== 'string') return undefined;
  return value.trim() === '' ? null : (parseBytes(value) ?? undefined);
}

function capacities(value: unknown): StorageCapacity[] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const given = Object.entries(value).map(([pattern, size]) => ({
    pattern,
    bytes: typeof size === 'string' ? parseBytes(size) : null,
  }));
  return given.every((item): item is StorageCapacity => item.bytes !== null) ? given : undefined;
}

function probability(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= 1 ? value : undefined;
}
