/**
 * Backups of configuration: files, environment variables and application configurations, kept as snapshots whose secret
 * values are sealed. Names and results follow the system this grew out of.
 */
import { lstat } from 'node:fs/promises';
import { diffConfigs, type ConfigDiff } from './diff.ts';
import type { ConfigFormat, KeyPath } from './formats/scalarValue.ts';
import { maskSecrets, type MaskedText } from './secrets/maskSecrets.ts';
import type { KeyPlace } from './replaceValue.ts';
import { entriesOf, lastGood, readIfGood } from './goodSnapshots.ts';
import { keyHistory, type KeyEvent } from './keyHistory.ts';
import { defaultSensitiveKeys, readLive, type Environment, type LiveConfig } from './liveConfig.ts';
import { asScript, prepareRestore, type RestorePart, type RestorePlan, type RestoreResult } from './restoreSnapshot.ts';
import type { SecretRules } from './secrets/secretRange.ts';
import { applyRetention, type RetentionPolicy, type RetentionVerdict } from './vault/retention.ts';
import { cutContent, type CutContent } from './vault/cutContent.ts';
import type { AddElsewhere } from './vault/plainSnapshot.ts';
import { RestoreError } from './vault/restoreError.ts';
import { writeTarget, type RestoreTarget } from './vault/restoreTarget.ts';
import { openContent, openCutValue } from './vault/sealContent.ts';
import type { Manifest, Origin } from './vault/snapshotFile.ts';
import { entryOf } from './vault/snapshotIndex.ts';
import type { SnapshotStore } from './vault/snapshotStore.ts';
import type { StoreFault } from './vault/storeFault.ts';
import type { BackupResult } from './backupResult.ts';
import { SnapshotTaker } from './snapshotTaker.ts';
import type { SnapshotEntry, SnapshotSummary, SnapshotType } from './snapshotSummary.ts';
import { VaultError } from './vault/vaultError.ts';

/** What a backup of configurations takes from whoever runs it. */
export interface ConfigurationBackupOptions {
  rules: SecretRules;
  /** UTC epoch milliseconds. */
  now: () => number;
  /** IANA zone in which the days of retention begin. */
  zone: string;
}

/** How a configuration stands to its last snapshot. */
export interface Drift {
  /** `gone`: the file is not there any more; `neverKept`: there is no snapshot of it. */
  state: 'same' | 'changed' | 'gone' | 'neverKept';
  /** The last snapshot. */
  snapshotId: string | null;
  /** From the last snapshot to what is there now; null when there are not both. */
  diff: ConfigDiff | null;
}

/** A snapshot as it may be shown: text with masks. */
export interface ShownSnapshot extends SnapshotSummary, MaskedText {
  origin: Origin | null;
}

const dayMs = 86_400_000;

/** Takes snapshots of configurations into an opened store, lists, compares and restores them. */
export class ConfigurationBackup {
  readonly #store: SnapshotStore;
  readonly #options: ConfigurationBackupOptions;
  readonly #taker: SnapshotTaker;

  constructor(store: SnapshotStore, options: ConfigurationBackupOptions) {
    this.#store = store;
    this.#options = options;
    this.#taker = new SnapshotTaker(store, options);
  }

  /**
   * Takes a snapshot of the environment variables whose names begin with `prefix`, as a .env text in the order of their
   * names.
   *
   * @param sensitiveKeys parts of names whose values are sealed, besides everything that looks like a secret by itself
   */
  backupEnvironmentVariables(
    prefix: string,
    environment: Environment,
    sensitiveKeys: readonly string[] = defaultSensitiveKeys,
  ): Promise<BackupResult> {
    return this.#taker.take({ type: 'env', environment, sensitiveKeys }, prefix);
  }

  /**
   * Takes a snapshot of a file.
   *
   * @param name how the file is called in lists; the path when left out
   * @param format how the file is read; told from its name and text when left out
   * Rejects with the file system's error, or with `VaultError` notAFile for a folder, a link, a pipe or a device.
   */
  backupConfigFile(file: string, name = file, format: ConfigFormat | null = null): Promise<BackupResult> {
    return this.#taker.take({ type: 'file', path: file, format }, name);
  }

  /**
   * Takes snapshots of many files in few steps. One that fails is told in its place, and the rest goes on; a failure of
   * the store itself rejects.
   *
   * @param addElsewhere seals and adds what it can in another thread
   * @returns For each file, in their order, its result or why there is none.
   */
  backupConfigFiles(
    files: readonly string[],
    addElsewhere?: AddElsewhere,
  ): Promise<(BackupResult | { error: unknown })[]> {
    return this.#taker.takeFiles(files, addElsewhere);
  }

  /**
   * Takes a snapshot of an application's configuration object, as JSON.
   *
   * @param encryptSensitive false leaves every value readable; only for objects that hold no secret
   */
  backupApplicationConfig(name: string, config: object, encryptSensitive = true): Promise<BackupResult> {
    return this.#taker.take({ type: 'application', config, encryptSensitive }, name);
  }

  /**
   * Snapshots, newest first.
   *
   * @param type only of this type
   * @param days only those of the last so many days
   */
  async listConfigBackups(type: SnapshotType | null = null, days: number | null = null): Promise<SnapshotSummary[]> {
    const since = days === null ? -Infinity : this.#options.now() - days * dayMs;
    const pinned = new Set((await this.#store.readHead()).pinned);
    return (await this.#store.entries())
      .filter((entry) => (type === null || entry.type === type) && entry.createdAt >= since)
      .map((entry) => summarize(entry, pinned.has(entry.id)))
      .reverse();
  }

  /** A snapshot's text with a mask in the place of each secret; none is opened. @throws VaultError snapshotMissing, tampered */
  async show(snapshotId: string): Promise<ShownSnapshot> {
    const { manifest } = await this.#store.read(snapshotId);
    const { pinned } = await this.#store.readHead();
    return {
      ...summarize(entryOf(manifest), pinned.includes(snapshotId)),
      ...maskSecrets(manifest),
      origin: manifest.origin,
    };
  }

  /** What differs between two snapshots, by key and by line; no secret is opened. @throws VaultError snapshotMissing, tampered */
  async diff(beforeId: string, afterId: string): Promise<ConfigDiff> {
    const [before, after] = [await this.#store.read(beforeId), await this.#store.read(afterId)];
    return diffConfigs(before.manifest, after.manifest);
  }

  /**
   * What differs between a snapshot and a configuration as it is now. Rejects as `diff` does, and as `backupConfigFile`
   * does for a file that cannot be read.
   */
  async diffWithLive(snapshotId: string, live: LiveConfig): Promise<ConfigDiff> {
    const { manifest } = await this.#store.read(snapshotId);
    return diffConfigs(manifest, await this.#cutLive(live, manifest.name));
  }

  /**
   * Whether a configuration is still what its last snapshot says.
   *
   * @param name what the snapshots are called: the path, the prefix, the application's name
   */
  async drift(name: string, live: LiveConfig): Promise<Drift> {
    const last = await lastGood(this.#store, live.type, name);
    if (!last) return { state: 'neverKept', snapshotId: null, diff: null };
    try {
      const now = await this.#cutLive(live, name);
      // Rules may have changed since: what counts is whether the bytes did.
      const state = now.contentFingerprint === last.contentFingerprint ? 'same' : 'changed';
      return { state, snapshotId: last.id, diff: diffConfigs(last, now) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      return { state: 'gone', snapshotId: last.id, diff: null };
    }
  }

  /**
   * When the value of a key changed, oldest first; no secret is opened. Empty when no snapshot has the key.
   *
   * @param document number of the YAML document in the file, from 0
   */
  async history(type: SnapshotType, name: string, keyPath: KeyPath, document = 0): Promise<KeyEvent[]> {
    const manifests: Manifest[] = [];
    for (const { id } of await entriesOf(this.#store, type, name)) {
      const manifest = await readIfGood(this.#store, id);
      if (manifest) manifests.push(manifest);
    }
    return keyHistory(manifests, { path: keyPath, document });
  }

  /** The bytes that a snapshot was taken of. @throws VaultError snapshotMissing, tampered */
  async contentOf(snapshotId: string): Promise<Buffer> {
    const { manifest, openedKey } = await this.#store.read(snapshotId);
    return openContent(manifest, openedKey);
  }

  /** A snapshot of environment variables as a shell script. @throws VaultError valueMissing when it is none */
  async shellScriptOf(snapshotId: string): Promise<Buffer> {
    const { manifest, openedKey } = await this.#store.read(snapshotId);
    return asScript(manifest, openContent(manifest, openedKey));
  }

  /**
   * The secret at a key, and nothing else of the snapshot. Of several at the key (the password in a URL and its token) the
   * first.
   *
   * @throws VaultError valueMissing when nothing is sealed at this key
   */
  async reveal(snapshotId: string, { path: keyPath, document }: KeyPlace): Promise<string> {
    const { manifest, openedKey } = await this.#store.read(snapshotId);
    const wanted = JSON.stringify(keyPath);
    const index = manifest.values.findIndex((value) => value.document === document && value.path === wanted);
    return openCutValue(manifest, index, openedKey).toString('utf8');
  }

  /**
   * What `restore` would do, and what for; writes nothing.
   *
   * @throws RestoreError for a target or a key that is refused; VaultError snapshotMissing, tampered
   */
  async planRestore(snapshotId: string, target: RestoreTarget, part: RestorePart = {}): Promise<RestorePlan> {
    const { manifest, content, current, found, rights } = await prepareRestore(this.#store, snapshotId, target, part);
    const cut = (bytes: Buffer): CutContent => {
      const { name, format } = manifest;
      return cutContent({ name, content: bytes, format, rules: this.#options.rules }, this.#store.fingerprintKey());
    };
    return {
      stamp: found?.stamp ?? null,
      isSame: current?.equals(content) ?? false,
      diff: current && diffConfigs(cut(current), cut(content)),
      modeBefore: found?.mode ?? null,
      modeAfter: rights.mode,
    };
  }

  /**
   * Writes a snapshot, or one value of it, to its target: to the byte, with permissions and owner, after taking a snapshot
   * of what stands there.
   *
   * @param stamp of the plan that the person has seen; null when nothing stood there
   * @throws RestoreError as `planRestore`, and changedSincePreview; VaultError snapshotMissing, tampered, busy. Nothing is
   * written then.
   */
  async restore(
    snapshotId: string,
    target: RestoreTarget,
    stamp: string | null,
    part: RestorePart = {},
  ): Promise<RestoreResult> {
    const prepared = await prepareRestore(this.#store, snapshotId, target, part);
    const { manifest, content, current, found, rights } = prepared;
    if ((found?.stamp ?? null) !== stamp) throw new RestoreError('changedSincePreview', target.path);
    let safetySnapshotId: string | null = null;
    if (current !== null && !current.equals(content)) {
      const isOwnPlace = manifest.origin?.path === target.path;
      const name = isOwnPlace ? manifest.name : target.path;
      // The name of another place does not tell that a file is a secret as a whole, as the one that goes there is.
      const kept = await this.backupConfigFile(target.path, name, manifest.text === null ? 'opaque' : null);
      safetySnapshotId = kept.snapshotId;
    }
    await writeTarget(target, content, rights, stamp);
    const { uid, gid } = await lstat(target.path);
    return { safetySnapshotId, hasOwner: rights.uid === null || (uid === rights.uid && gid === rights.gid) };
  }

  /** A pinned snapshot stays whatever retention says, until it is unpinned. @throws VaultError snapshotMissing, busy */
  setPinned(snapshotId: string, pinned: boolean): Promise<void> {
    return this.#store.setPinned(snapshotId, pinned);
  }

  /** Deletes one snapshot. @throws VaultError pinned, snapshotMissing, busy */
  async delete(snapshotId: string): Promise<void> {
    const removed = await this.#store.remove([snapshotId]);
    if (removed.length > 0) return;
    const { pinned } = await this.#store.readHead();
    throw new VaultError(pinned.includes(snapshotId) ? 'pinned' : 'snapshotMissing', snapshotId);
  }

  /** Checks every snapshot and the store itself; an empty list means that all is well. */
  verify(): Promise<StoreFault[]> {
    return this.#store.verify();
  }

  /** Judges every snapshot by a policy and, unless it is a dry run, removes those that no rule keeps. */
  async prune(policy: RetentionPolicy, { dryRun }: { dryRun: boolean }): Promise<RetentionVerdict[]> {
    const pinned = new Set((await this.#store.readHead()).pinned);
    const damaged = new Set((await this.#store.verify()).map(({ snapshotId }) => snapshotId));
    const judged = (await this.#store.entries()).map(({ id, type, name, createdAt }) => ({
      id,
      name: `${type} ${name}`,
      createdAt,
      pinned: pinned.has(id),
      good: !damaged.has(id),
    }));
    const verdicts = applyRetention(judged, policy, this.#options.zone);
    if (!dryRun) await this.#store.remove(verdicts.filter(({ reasons }) => reasons.length === 0).map(({ id }) => id));
    return verdicts;
  }

  async #cutLive(live: LiveConfig, name: string): Promise<CutContent> {
    return cutContent(await readLive(live, name, this.#options.rules), this.#store.fingerprintKey());
  }
}

function summarize(entry: SnapshotEntry, pinned: boolean): SnapshotSummary {
  const { id, type, name, createdAt, format, secrets, changedKeys } = entry;
  return { id, type, name, createdAt, format, secrets, changedKeys, pinned };
}
