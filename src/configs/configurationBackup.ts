/**
 * Backups of configuration: files, environment variables and application configurations, kept as snapshots whose secret
 * values are sealed. Names and results follow the system this grew out of.
 */
import { lstat, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ConfigFormat } from './formats/scalarValue.ts';
import type { SecretRules } from './secrets/secretRange.ts';
import { fingerprintContent } from './vault/fingerprint.ts';
import { applyRetention, type RetentionPolicy, type RetentionVerdict } from './vault/retention.ts';
import { openContent, sealContent } from './vault/sealContent.ts';
import type { Manifest, Origin, SnapshotType } from './vault/snapshotFile.ts';
import type { SnapshotStore, StoreFault } from './vault/snapshotStore.ts';
import { VaultError } from './vault/vaultError.ts';

/** What a list of snapshots shows; no secret and no text of the configuration is in it. */
export interface SnapshotSummary {
  id: string;
  type: SnapshotType;
  name: string;
  /** UTC epoch milliseconds. */
  createdAt: number;
  format: ConfigFormat;
  /** How many values are sealed. */
  secrets: number;
  pinned: boolean;
}

export interface BackupResult {
  snapshotId: string;
  /** False when nothing had changed since that snapshot, and no new one was made. */
  isNew: boolean;
}

export interface ConfigurationBackupOptions {
  rules: SecretRules;
  /** UTC epoch milliseconds. */
  now: () => number;
  /** IANA zone in which the days of retention begin. */
  zone: string;
}

interface Configuration {
  type: SnapshotType;
  name: string;
  content: Buffer;
  format: ConfigFormat | null;
  origin: Origin | null;
  rules: SecretRules | null;
}

/** Names of environment variables that are secret unless the caller says otherwise. */
export const defaultSensitiveKeys: readonly string[] = ['PASSWORD', 'SECRET', 'API_KEY', 'KEY'];

const dayMs = 86_400_000;

export class ConfigurationBackup {
  readonly #store: SnapshotStore;
  readonly #options: ConfigurationBackupOptions;

  constructor(store: SnapshotStore, options: ConfigurationBackupOptions) {
    this.#store = store;
    this.#options = options;
  }

  /**
   * Takes a snapshot of the environment variables whose names begin with `prefix`, as a .env text in the order of their
   * names.
   *
   * @param sensitiveKeys parts of names whose values are sealed, besides everything that looks like a secret by itself
   */
  backupEnvironmentVariables(
    prefix: string,
    environment: Readonly<Record<string, string | undefined>>,
    sensitiveKeys: readonly string[] = defaultSensitiveKeys,
  ): Promise<BackupResult> {
    const lines = Object.entries(environment)
      .filter((entry): entry is [string, string] => entry[0].startsWith(prefix) && entry[1] !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${quoteForDotenv(value)}\n`);
    const { rules } = this.#options;
    const named = { ...rules, sensitiveKeys: [...rules.sensitiveKeys, ...sensitiveKeys] };
    return this.#backUp({
      type: 'env',
      name: prefix,
      content: Buffer.from(lines.join(''), 'utf8'),
      format: 'dotenv',
      origin: null,
      rules: named,
    });
  }

  /**
   * Takes a snapshot of a file.
   *
   * @param name how the file is called in lists; the path when left out
   * @param format how the file is read; told from its name and text when left out
   * Rejects with the file system's error, or with `VaultError` notAFile for a folder, a link, a pipe or a device.
   */
  async backupConfigFile(file: string, name = file, format: ConfigFormat | null = null): Promise<BackupResult> {
    const stats = await lstat(file);
    // A link may lead anywhere, and to another place at the next look.
    if (!stats.isFile()) throw new VaultError('notAFile', file);
    const content = await readFile(file);
    const { mode, uid, gid } = stats;
    const origin = { path: path.resolve(file), mode: mode & 0o7777, uid, gid };
    return this.#backUp({ type: 'file', name, content, format, origin, rules: this.#options.rules });
  }

  /**
   * Takes a snapshot of an application's configuration object, as JSON.
   *
   * @param encryptSensitive false leaves every value readable; only for objects that hold no secret
   */
  backupApplicationConfig(name: string, config: object, encryptSensitive = true): Promise<BackupResult> {
    const content = Buffer.from(`${JSON.stringify(config, null, 2)}\n`, 'utf8');
    const rules = encryptSensitive ? this.#options.rules : null;
    return this.#backUp({ type: 'application', name, content, format: 'json', origin: null, rules });
  }

  /**
   * Snapshots, newest first.
   *
   * @param type only of this type
   * @param days only those of the last so many days
   */
  async listConfigBackups(type: SnapshotType | null = null, days: number | null = null): Promise<SnapshotSummary[]> {
    const since = days === null ? -Infinity : this.#options.now() - days * dayMs;
    const { pinned } = await this.#store.readHead();
    return (await this.#manifests())
      .filter((manifest) => (type === null || manifest.type === type) && manifest.createdAt >= since)
      .map(({ id, type: kind, name, createdAt, format, values }) => ({
        id,
        type: kind,
        name,
        createdAt,
        format,
        secrets: values.length,
        pinned: pinned.includes(id),
      }))
      .reverse();
  }

  /** The bytes that a snapshot was taken of. @throws VaultError snapshotMissing, tampered */
  async contentOf(snapshotId: string): Promise<Buffer> {
    const { manifest, openedKey } = await this.#store.read(snapshotId);
    return openContent(manifest, openedKey);
  }

  /** Checks every snapshot and the store itself; an empty list means that all is well. */
  verify(): Promise<StoreFault[]> {
    return this.#store.verify();
  }

  /** Judges every snapshot by a policy and, unless it is a dry run, removes those that no rule keeps. */
  async prune(policy: RetentionPolicy, { dryRun }: { dryRun: boolean }): Promise<RetentionVerdict[]> {
    const { pinned } = await this.#store.readHead();
    const damaged = new Set((await this.#store.verify()).map(({ snapshotId }) => snapshotId));
    const judged = (await this.#manifests()).map(({ id, type, name, createdAt }) => ({
      id,
      name: `${type} ${name}`,
      createdAt,
      pinned: pinned.includes(id),
      good: !damaged.has(id),
    }));
    const verdicts = applyRetention(judged, policy, this.#options.zone);
    if (!dryRun) await this.#store.remove(verdicts.filter(({ reasons }) => reasons.length === 0).map(({ id }) => id));
    return verdicts;
  }

  async #backUp({ type, name, content, format, origin, rules }: Configuration): Promise<BackupResult> {
    const fingerprintKey = this.#store.fingerprintKey();
    const previous = (await this.#manifests()).findLast((manifest) => manifest.type === type && manifest.name === name);
    if (previous?.contentFingerprint === fingerprintContent(fingerprintKey, name, content))
      return { snapshotId: previous.id, isNew: false };
    const { id, dataKey } = this.#store.begin();
    const sealed = sealContent({ name, content, format, rules }, { snapshotId: id, dataKey, fingerprintKey });
    const createdAt = this.#options.now();
    await this.#store.add({ id, type, name, createdAt, origin, previous: previous?.id ?? null, ...sealed }, dataKey);
    return { snapshotId: id, isNew: true };
  }

  /** Of every snapshot that can be verified, oldest first; `verify` tells of the others. */
  async #manifests(): Promise<Manifest[]> {
    const manifests: Manifest[] = [];
    for (const id of await this.#store.ids()) {
      const file = await this.#store.read(id).catch((error: unknown) => {
        if (error instanceof VaultError) return null;
        throw error;
      });
      if (file) manifests.push(file.manifest);
    }
    return manifests.sort((a, b) => a.createdAt - b.createdAt);
  }
}

/** A value as .env files quote it: bare when it is plain, else in quotes that every reader undoes the same way. */
function quoteForDotenv(value: string): string {
  if (/^[\w./:@%+,-]*$/.test(value)) return value;
  if (!value.includes("'")) return `'${value}'`;
  return `"${value
    .replace(/[\\"$`]/g, (character) => `\\${character}`)
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')}"`;
}
