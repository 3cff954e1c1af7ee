/** What can be asked of the configuration vault, which lives in a thread of its own with its store and its key. */
import type { BackupResult } from '../configs/backupResult.ts';
import type { ConfigFormat } from '../configs/formats/scalarValue.ts';
import type { KeyPlace } from '../configs/replaceValue.ts';
import type { SnapshotSummary, SnapshotType } from '../configs/snapshotSummary.ts';
import type { RetentionPolicy, RetentionVerdict } from '../configs/vault/retention.ts';
import type { RestoreRefusal } from '../configs/vault/restoreError.ts';
import type { StoreFault } from '../configs/vault/storeFault.ts';
import type { VaultFailure } from '../configs/vault/vaultError.ts';

/** Why a call of the vault has no value. Codes and places only: no value, key or piece of a text is ever in one. */
export interface VaultRefusal {
  /**
   * Besides the vault's own and those of a restore: `fileSystem` is a refusal of the operating system, `notAnObject` a text
   * that is no JSON or YAML object.
   */
  failure: VaultFailure | RestoreRefusal | 'fileSystem' | 'notAnObject';
  about: string | null;
  /** The operating system's code, such as `ENOSPC`; null for every other refusal. */
  code: string | null;
}

export type VaultReply<T> = { value: T } | { refusal: VaultRefusal };

/** So many rows cross to the host in one message: unpacking a longer one would hold up everything there. */
export const rowsAtOnce = 1000;

/** The first rows of a list; the others are asked for piece by piece. */
export interface Page<Row> {
  rows: Row[];
  /** What `more` is asked with for the next piece; null when there is none. */
  rest: number | null;
}

interface Call<Request, Value> {
  request: Request;
  response: VaultReply<Value>;
  progress: never;
}

/** What a store folder tells without its key. */
export interface StoreLook {
  /** Null without a store. Not verified. */
  storeId: string | null;
  /** The key that the store is under; null without a store. */
  keyId: string | null;
  hasRecovery: boolean;
}

export interface OpenRequest {
  folder: string;
  /** The master key in its text form. */
  key: string;
  /** The counter this store was last seen with; 0 when it was never seen. */
  lastCounter: number;
  sensitiveKeys: readonly string[];
  safeKeys: readonly string[];
  /** IANA zone in which the days of retention begin. */
  zone: string;
}

export interface OpenedStore {
  storeId: string;
  keyId: string;
  hasRecovery: boolean;
  /** Whether sealing everything anew was cut short. */
  isResealing: boolean;
  /** Goes up with every change of the store. */
  counter: number;
}

/** A master key in its text form. It crosses to the host for the secret storage and for an export, and nowhere else. */
export interface RevealedKey {
  key: string;
}

/** A configuration's text with a mask in the place of every secret. */
export interface MaskedText {
  type: SnapshotType;
  name: string;
  format: ConfigFormat;
  /** UTC epoch milliseconds. */
  createdAt: number;
  /** Null when the whole content is sealed: no text, or not sure what in it is secret. */
  text: string | null;
}

/** What a snapshot is compared with: another one, or a configuration as it is now. */
export type ComparedWith = { id: string } | { path: string } | { environment: Record<string, string | undefined> };

export interface CompareRequest {
  /** A snapshot's id. */
  before: string;
  after: ComparedWith;
  /** Ends each line of which a secret has changed. */
  changedMark: string;
}

/** A value that is not the same on both sides; no secret is in it. */
export interface KeyChangeRow {
  /** As people write it, such as `hosts[0].port`. */
  key: string;
  change: 'added' | 'removed' | 'changed';
  isSecret: boolean;
}

/** Two states of a configuration, masked. */
export interface ComparedTexts {
  /** True when nothing differs, to the byte. */
  isSame: boolean;
  /** Null where the whole content is sealed. */
  before: string | null;
  after: string | null;
}

/** A value of a snapshot, with a mask in the place of what is sealed in it. */
export interface KeyRow extends KeyPlace {
  key: string;
  shown: string;
  isSecret: boolean;
}

/** A snapshot at which the value of a key was not what it had been before. */
export interface KeyEventRow {
  snapshotId: string;
  /** UTC epoch milliseconds. */
  createdAt: number;
  change: 'added' | 'removed' | 'changed';
  /** With masks; null when it was removed. */
  shown: string | null;
}

/** A configuration of which there are snapshots. */
export interface ConfigName {
  type: SnapshotType;
  name: string;
}

/** How a configuration stands to its last snapshot. */
export interface DriftRow extends ConfigName {
  /** `unreadable`: there is no permission, or it is no file any more. */
  state: 'same' | 'changed' | 'gone' | 'unreadable';
  /** How many values differ. */
  keys: number;
}

export interface RestoreTarget {
  id: string;
  /** Absolute path. */
  target: string;
  /** A folder that is taken as it is, such as the workspace's; below it no link is followed. */
  root: string | null;
  /** Only the value at this key is put into the file at the target; null for the whole configuration. */
  key: KeyPlace | null;
}

/** What a restore would find at its target. */
export interface RestorePlan {
  /** Whether a file stands there. */
  exists: boolean;
  /** Whether that file is already what would be restored. */
  isSame: boolean;
  /** Tells the file that was looked at from one changed since; null without a file. */
  stamp: string | null;
  /** From what stands there to what would be written; null when nothing stands there. */
  texts: ComparedTexts | null;
}

/** Every call: its argument and its result. All but `peek`, `recoverKey`, `openKeyExport` and `open` need an opened store. */
export interface VaultMethods {
  peek: Call<{ folder: string }, StoreLook>;
  open: Call<OpenRequest, OpenedStore>;
  /** The key of the store in a folder, by its recovery passphrase. */
  recoverKey: Call<{ folder: string; passphrase: string }, RevealedKey>;
  /** The key of an export that the command line has sealed under a passphrase. */
  openKeyExport: Call<{ text: string; passphrase: string }, RevealedKey>;
  /** Seals the store's key under a passphrase. */
  setRecovery: Call<{ passphrase: string }, null>;
  /**
   * Puts the store under another key. Both must be kept until this has answered; ids of the snapshots that could not be
   * read, and that no key opens from now on.
   */
  rotate: Call<RevealedKey, string[]>;
  /** Seals every value anew, after a leak of the key and `rotate`; ids of the snapshots that could not be read. */
  reseal: Call<null, string[]>;
  /** The counter of the store as it is now. */
  counter: Call<null, number>;
  /** Newest first. */
  list: Call<null, Page<SnapshotSummary>>;
  snapshotFile: Call<{ path: string }, BackupResult>;
  snapshotEnvironment: Call<{ prefix: string; environment: Record<string, string | undefined> }, BackupResult>;
  snapshotApplication: Call<{ name: string; config: object; encryptSensitive: boolean }, BackupResult>;
  maskedText: Call<{ id: string }, MaskedText>;
  compare: Call<CompareRequest, ComparedTexts>;
  /** Every value that is not the same in two snapshots, by their ids. */
  changedKeys: Call<{ before: string; after: string }, Page<KeyChangeRow>>;
  /** Every value of a snapshot, in the order of its text. */
  keys: Call<{ id: string }, Page<KeyRow>>;
  /** When the value of a key changed, oldest first. */
  history: Call<ConfigName & KeyPlace, Page<KeyEventRow>>;
  /** For each of these files, whether it is still what its last snapshot says. */
  drift: Call<{ paths: string[] }, Page<DriftRow>>;
  /** Judges every snapshot by a policy and, unless it is a dry run, removes those that no rule keeps. */
  prune: Call<{ policy: RetentionPolicy; dryRun: boolean }, Page<RetentionVerdict>>;
  /** An application's configuration from JSON or YAML text; a text that is neither is refused as `notAnObject`. */
  snapshotApplicationText: Call<{ name: string; text: string }, BackupResult>;
  /** True when the caller is to take a day's snapshots (`YYYY-MM-DD`): no window has, and none is at it. */
  claimDay: Call<{ day: string }, boolean>;
  finishDay: Call<{ day: string }, null>;
  planRestore: Call<RestoreTarget & { changedMark: string }, RestorePlan>;
  /** Keeps a snapshot of what stands at the target, then writes; its value is that snapshot's id, null without a file. */
  restore: Call<RestoreTarget & { stamp: string | null }, string | null>;
  /** The secret at a key. It is for the clipboard, and for nothing else. */
  reveal: Call<{ id: string } & KeyPlace, { value: string }>;
  setPinned: Call<{ id: string; pinned: boolean }, null>;
  delete: Call<{ id: string }, null>;
  verify: Call<null, Page<StoreFault>>;
  /** The next piece of a list. Refused as `busy` for one that was asked for too long ago. */
  more: Call<{ rest: number }, Page<unknown>>;
}

/** What a call is answered with: of a long list the first rows. */
export type ValueOf<M extends keyof VaultMethods> = Extract<VaultMethods[M]['response'], { value: unknown }>['value'];

/** What a call comes to once all its rows are there. */
export type VaultValue<M extends keyof VaultMethods> = ValueOf<M> extends Page<infer Row> ? Row[] : ValueOf<M>;
