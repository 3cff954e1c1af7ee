import * as vscode from 'vscode';
import { commands } from '../../contributions.ts';
import { MasterKey } from '../../configs/vault/keys.ts';
import type { VaultMethods, VaultRefusal } from '../../protocol/vault.ts';
import type { SnapshotSummary } from '../../configs/snapshotSummary.ts';
import type { LiveSettings } from '../settings.ts';
import { UserError } from '../userError.ts';
import type { KeyStorage } from './keyStorage.ts';
import { storeFolder } from './storeFolder.ts';
import { VaultRefusedError } from './vaultRefusedError.ts';
import type { VaultThread } from './vaultThread.ts';

/**
 * How things stand with the store and its key. `locked`: there are snapshots, and their key is not here. `forgotten`
 * says that it was here, so that this machine's keyring does not keep keys.
 */
export type VaultState =
  | { kind: 'unknown' }
  | { kind: 'firstRun' }
  | { kind: 'ready'; keyId: string; hasRecovery: boolean }
  | { kind: 'locked'; keyId: string; hasRecovery: boolean; forgotten: boolean }
  | { kind: 'broken'; refusal: VaultRefusal };

/** Calls that only look. They are allowed in a workspace that nobody trusts. */
type Reading = 'counter' | 'list' | 'maskedText' | 'compare' | 'keys' | 'history' | 'drift' | 'verify';
/** Calls that change which key is needed are methods of their own. */
type Writing = Exclude<keyof VaultMethods, Reading | 'peek' | 'open' | 'recoverKey' | 'openKeyExport' | 'rotate'>;
/** Calls that take a snapshot. */
type Taking = 'snapshotFile' | 'snapshotEnvironment' | 'snapshotApplication' | 'snapshotApplicationText';
type Value<M extends keyof VaultMethods> = Extract<VaultMethods[M]['response'], { value: unknown }>['value'];

/** State entry of a store folder: the counter it was last seen with. */
const counterEntry = (folder: string): string => `snapshots.counter.${folder}`;

export interface VaultDependencies {
  thread: VaultThread;
  keys: KeyStorage;
  settings: LiveSettings;
  state: vscode.Memento;
  /** The extension's own folder on this machine. */
  storage: vscode.Uri;
}

/** The configuration snapshots of this window: the one owner of their store, their key and what is known of them. */
export class Vault implements vscode.Disposable {
  readonly #parts: VaultDependencies;
  readonly #changed = new vscode.EventEmitter<void>();
  #state: VaultState = { kind: 'unknown' };
  #rows: readonly SnapshotSummary[] = [];
  #loading: Promise<VaultState> | null = null;
  #watcher: vscode.Disposable | null = null;
  readonly #settingsListener: vscode.Disposable;
  #opensWith: string;

  /** Told after the state or the list of snapshots changed. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: VaultDependencies) {
    this.#parts = parts;
    this.#opensWith = this.#openingSettings();
    this.#settingsListener = parts.settings.onDidChange(() => {
      const before = this.#opensWith;
      this.#opensWith = this.#openingSettings();
      if (before !== this.#opensWith && this.#state.kind !== 'unknown') void this.load().catch(() => undefined);
    });
  }

  get state(): VaultState {
    return this.#state;
  }

  /** Newest first; empty until the store has been opened. */
  get rows(): readonly SnapshotSummary[] {
    return this.#rows;
  }

  get folder(): string {
    return storeFolder(this.#parts.settings.current.snapshots.folder, this.#parts.storage);
  }

  /** Looks at the store again, and opens it when its key is here. */
  load(): Promise<VaultState> {
    return (this.#loading ??= this.#lookUntilSettled().finally(() => {
      this.#loading = null;
      this.#changed.fire();
    }));
  }

  /** Asks the opened store. */
  async read<M extends Reading>(method: M, request: VaultMethods[M]['request']): Promise<Value<M>> {
    await this.#requireOpen();
    return this.#call(method, request);
  }

  /** Takes a snapshot that a person asked for; makes the store, and its key, when there is none yet. */
  async takeSnapshot<M extends Taking>(method: M, request: VaultMethods[M]['request']): Promise<Value<M>> {
    requireTrust();
    if ((await this.#known()).kind === 'firstRun') await this.#create();
    return this.write(method, request);
  }

  /** Changes the store, which must be there. */
  async write<M extends Writing>(method: M, request: VaultMethods[M]['request']): Promise<Value<M>> {
    requireTrust();
    await this.#requireOpen();
    try {
      return await this.#call(method, request);
    } finally {
      await this.#refresh();
    }
  }

  /** Whether this machine loses keys when VS Code ends. */
  get isForgetful(): boolean {
    return this.#parts.keys.isForgetful;
  }

  /** Gets the store's key back by its recovery passphrase, and keeps it. */
  async unlock(passphrase: string): Promise<void> {
    const { key } = await this.#parts.thread.recoverKey(this.folder, passphrase);
    await this.#parts.keys.keep(MasterKey.parse(key));
    await this.load();
  }

  /** Keeps a key that was exported elsewhere. Only the one that the snapshots are under is taken. */
  async importKey(text: string): Promise<void> {
    const { keyId } = await this.#parts.thread.peek(this.folder);
    const key = parseKey(text);
    if (keyId === null) throw new UserError(vscode.l10n.t('There are no snapshots here that need a key.'));
    if (key.id !== keyId) throw refused('keyDiffers');
    await this.#parts.keys.keep(key);
    await this.load();
  }

  /** As `importKey`, with a key that the command line has exported under a passphrase. */
  async importSealedKey(text: string, passphrase: string): Promise<void> {
    await this.importKey((await this.#parts.thread.openKeyExport(text, passphrase)).key);
  }

  /** The key in its text form. */
  async exportKey(): Promise<string> {
    requireTrust();
    return (await this.#ownKey()).reveal();
  }

  /** Seals the key under a passphrase, so that the snapshots outlive it. */
  async setRecovery(passphrase: string): Promise<void> {
    await this.write('setRecovery', { passphrase });
    await this.load();
  }

  /** Puts the store under a new key; the old one is forgotten only once nothing needs it. */
  async rotate(): Promise<void> {
    requireTrust();
    const { id: oldId } = await this.#ownKey();
    const key = MasterKey.create();
    await this.#parts.keys.keep(key);
    try {
      await this.#call('rotate', { key: key.reveal() });
    } catch (error) {
      // When it was cut short in the middle, the store is under the new key already.
      const { keyId } = await this.#parts.thread.peek(this.folder);
      if (keyId !== key.id) await this.#parts.keys.forget(key.id);
      await this.load();
      throw error;
    }
    await this.load();
    await this.#parts.keys.forget(oldId);
  }

  dispose(): void {
    this.#watcher?.dispose();
    this.#settingsListener.dispose();
    this.#parts.thread.close();
    this.#changed.dispose();
  }

  async #known(): Promise<VaultState> {
    return this.#state.kind === 'unknown' || this.#loading !== null ? this.load() : this.#state;
  }

  async #requireOpen(): Promise<void> {
    const state = await this.#known();
    switch (state.kind) {
      case 'ready':
        return;
      case 'locked':
        throw new UserError(vscode.l10n.t('The key of the snapshots is not on this machine.'), unlock());
      case 'broken':
        throw new VaultRefusedError(state.refusal);
      default:
        throw new UserError(vscode.l10n.t('There are no snapshots yet.'), snapshotActiveFile());
    }
  }

  async #ownKey(): Promise<MasterKey> {
    await this.#requireOpen();
    if (this.#state.kind !== 'ready') throw refused('keyMissing');
    const search = await this.#parts.keys.find(this.#state.keyId);
    if (search.kind !== 'found') throw refused('keyMissing');
    return search.key;
  }

  /** The settings may name another folder while the one before is being opened. */
  async #lookUntilSettled(): Promise<VaultState> {
    for (;;) {
      const { folder } = this;
      const state = await this.#look(folder).catch((error: unknown) => this.#breakDown(error));
      if (folder === this.folder) return state;
    }
  }

  async #look(folder: string): Promise<VaultState> {
    const { thread, keys } = this.#parts;
    this.#rows = [];
    const { exists, keyId, hasRecovery } = await thread.peek(folder);
    if (!exists || keyId === null) return (this.#state = { kind: 'firstRun' });
    const search = await keys.find(keyId);
    if (search.kind !== 'found') {
      thread.close();
      return (this.#state = { kind: 'locked', keyId, hasRecovery, forgotten: search.kind === 'forgotten' });
    }
    return this.#open(folder, search.key);
  }

  async #open(folder: string, key: MasterKey): Promise<VaultState> {
    const { sensitiveKeys, safeKeys } = this.#parts.settings.current.snapshots;
    const { hasRecovery, keyId } = await this.#parts.thread.open({
      folder,
      key: key.reveal(),
      lastCounter: this.#lastCounter(folder),
      sensitiveKeys,
      safeKeys,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    });
    this.#state = { kind: 'ready', keyId, hasRecovery };
    this.#watch(folder);
    await this.#list();
    return this.#state;
  }

  /** Makes a store. Another window may be first: its store stays, and the key made here goes. */
  async #create(): Promise<void> {
    const key = await this.#parts.keys.create();
    try {
      await this.#open(this.folder, key);
    } catch (error) {
      await this.#parts.keys.forget(key.id);
      if (!(error instanceof VaultRefusedError) || error.refusal.failure !== 'keyWrong') throw error;
      await this.load();
    }
  }

  /** A call; once more when another window has put the store under another key meanwhile. */
  async #call<M extends Reading | Writing | 'rotate'>(
    method: M,
    request: VaultMethods[M]['request'],
  ): Promise<Value<M>> {
    try {
      return await this.#parts.thread.call(method, request);
    } catch (error) {
      if (!(error instanceof VaultRefusedError) || error.refusal.failure !== 'keyWrong') throw error;
      await this.load();
      await this.#requireOpen();
      return this.#parts.thread.call(method, request);
    }
  }

  async #refresh(): Promise<void> {
    if (this.#state.kind !== 'ready') return;
    await this.#list().catch((error: unknown) => this.#breakDown(error));
    this.#changed.fire();
  }

  async #list(): Promise<void> {
    const counter = await this.#parts.thread.call('counter', null);
    this.#rows = await this.#parts.thread.call('list', null);
    const { folder } = this;
    // Another window may have seen a newer store already.
    if (counter > this.#lastCounter(folder)) await this.#parts.state.update(counterEntry(folder), counter);
  }

  #breakDown(error: unknown): VaultState {
    if (!(error instanceof VaultRefusedError)) {
      this.#state = { kind: 'unknown' };
      throw error;
    }
    return (this.#state = { kind: 'broken', refusal: error.refusal });
  }

  /** Another window or the command line may add snapshots. */
  #watch(folder: string): void {
    this.#watcher?.dispose();
    const pattern = new vscode.RelativePattern(vscode.Uri.file(folder), 'head.json');
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    // What goes wrong here goes wrong again, and is told, when somebody asks for something.
    const look = (): void => void this.#refresh().catch(() => undefined);
    this.#watcher = vscode.Disposable.from(watcher, watcher.onDidChange(look), watcher.onDidCreate(look));
  }

  #openingSettings(): string {
    const { sensitiveKeys, safeKeys } = this.#parts.settings.current.snapshots;
    return JSON.stringify([this.folder, sensitiveKeys, safeKeys]);
  }

  #lastCounter(folder: string): number {
    return this.#parts.state.get<number>(counterEntry(folder), 0);
  }
}

/** Stops everything that changes or reads files in a workspace that nobody trusts. */
export function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  const text = vscode.l10n.t('In Restricted Mode snapshots can only be looked at.');
  throw new UserError(text, {
    title: vscode.l10n.t('Manage Workspace Trust'),
    command: 'workbench.trust.manage',
  });
}

function parseKey(text: string): MasterKey {
  try {
    return MasterKey.parse(text);
  } catch {
    throw refused('keyMalformed');
  }
}

const refused = (failure: VaultRefusal['failure']): VaultRefusedError =>
  new VaultRefusedError({ failure, about: null, code: null });

const unlock = () => ({ title: vscode.l10n.t('Unlock Snapshots…'), command: commands.unlockSnapshots });
const snapshotActiveFile = () => ({
  title: vscode.l10n.t('Snapshot Active File'),
  command: commands.snapshotActiveFile,
});
