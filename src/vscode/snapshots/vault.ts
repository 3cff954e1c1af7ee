import * as vscode from 'vscode';
import { MasterKey } from '../../configs/vault/keys.ts';
import type { VaultMethods, VaultValue } from '../../protocol/vault.ts';
import type { SnapshotSummary } from '../../configs/snapshotSummary.ts';
import type { LiveSettings } from '../settings.ts';
import { UserError } from '../userError.ts';
import type { KeyStorage } from './keyStorage.ts';
import { requireTrust } from './requireTrust.ts';
import { StoreCounters } from './storeCounters.ts';
import { hasStore, storeFolder } from './storeFolder.ts';
import { acceptOlder, snapshotActiveFile, unlock } from './vaultActions.ts';
import type { Reading, Taking, Writing } from './vaultCalls.ts';
import { refused, VaultRefusedError } from './vaultRefusedError.ts';
import { isRolledBack, type VaultState } from './vaultState.ts';
import type { VaultThread } from './vaultThread.ts';
import { watchHead } from './watchHead.ts';

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
  readonly #counters: StoreCounters;
  readonly #changed = new vscode.EventEmitter<void>();
  #state: VaultState = { kind: 'unknown' };
  #rows: readonly SnapshotSummary[] = [];
  #loading: Promise<VaultState> | null = null;
  #creating: Promise<void> | null = null;
  #watcher: vscode.Disposable | null = null;
  readonly #settingsListener: vscode.Disposable;
  #opensWith: string;

  /** Told after the state or the list of snapshots changed. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: VaultDependencies) {
    this.#parts = parts;
    this.#counters = new StoreCounters(parts.state);
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
  async read<M extends Reading>(method: M, request: VaultMethods[M]['request']): Promise<VaultValue<M>> {
    await this.#requireOpen();
    return this.#call(method, request);
  }

  /** Takes a snapshot that a person asked for; makes the store, and its key, when there is none yet. */
  async takeSnapshot<M extends Taking>(method: M, request: VaultMethods[M]['request']): Promise<VaultValue<M>> {
    requireTrust();
    if ((await this.#known()).kind === 'firstRun') await this.#createOnce();
    return this.write(method, request);
  }

  /** Changes the store, which must be there. */
  async write<M extends Writing>(method: M, request: VaultMethods[M]['request']): Promise<VaultValue<M>> {
    requireTrust();
    await this.#requireOpen();
    try {
      await this.#requireNotOlder(() => this.#call('counter', null));
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

  /** Takes a store that is older than when it was last seen here for the store from now on. False when it is not older. */
  async acceptRolledBack(): Promise<boolean> {
    requireTrust();
    if (!isRolledBack(await this.load())) return false;
    const { storeId } = await this.#parts.thread.peek(this.folder);
    if (storeId !== null) await this.#counters.forget(storeId);
    return (await this.load()).kind === 'ready';
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

  /**
   * Puts the store under a new key; the old one is forgotten only once nothing needs it. Gives the ids of the snapshots
   * that could not be read, and that no key opens from now on.
   */
  async rotate(): Promise<string[]> {
    requireTrust();
    const { id: oldId } = await this.#ownKey();
    const key = MasterKey.create();
    await this.#parts.keys.keep(key);
    let unread: string[];
    try {
      unread = await this.#call('rotate', { key: key.reveal() });
    } catch (error) {
      // When it was cut short in the middle, the store is under the new key already.
      const { keyId } = await this.#parts.thread.peek(this.folder);
      if (keyId !== key.id) await this.#parts.keys.forget(key.id);
      await this.load();
      throw error;
    }
    await this.load();
    await this.#parts.keys.forget(oldId);
    return unread;
  }

  /**
   * Puts the store under a new key and seals every value anew, or finishes that when it was cut short. Gives the ids of the
   * snapshots that could not be read.
   */
  async reseal(): Promise<string[]> {
    requireTrust();
    const state = await this.load();
    if (state.kind !== 'ready' || !state.isResealing) await this.rotate();
    try {
      return await this.#call('reseal', null);
    } finally {
      await this.load();
    }
  }

  dispose(): void {
    this.#watcher?.dispose();
    this.#settingsListener.dispose();
    this.#parts.thread.close();
    this.#changed.dispose();
  }

  /**
   * The state, looked at again where it may not hold any more: another window may have brought a lost key back, and
   * somebody may have taken the folder away.
   */
  async #known(): Promise<VaultState> {
    const { kind } = this.#state;
    const holds = kind === 'firstRun' || (kind === 'ready' && (await hasStore(this.folder)));
    return !holds || this.#loading !== null ? this.load() : this.#state;
  }

  async #requireOpen(): Promise<void> {
    const state = await this.#known();
    switch (state.kind) {
      case 'ready':
        return;
      case 'locked':
        throw new UserError(vscode.l10n.t('The key of the snapshots is not on this machine.'), unlock());
      case 'broken':
        throw new VaultRefusedError(state.refusal, ...(isRolledBack(state) ? [acceptOlder()] : []));
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
    const { storeId, keyId, hasRecovery } = await thread.peek(folder);
    if (storeId === null || keyId === null) return this.#close({ kind: 'firstRun' });
    const search = await keys.find(keyId);
    if (search.kind !== 'found') {
      thread.close();
      return this.#close({ kind: 'locked', keyId, hasRecovery, forgotten: search.kind === 'forgotten' });
    }
    return this.#open(folder, search.key, this.#counters.lastOf(storeId));
  }

  async #open(folder: string, key: MasterKey, lastCounter: number): Promise<VaultState> {
    const { sensitiveKeys, safeKeys } = this.#parts.settings.current.snapshots;
    const { storeId, keyId, hasRecovery, isResealing } = await this.#parts.thread.open({
      folder,
      key: key.reveal(),
      lastCounter,
      sensitiveKeys,
      safeKeys,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    });
    this.#state = { kind: 'ready', storeId, keyId, hasRecovery, isResealing };
    this.#watcher?.dispose();
    // What goes wrong here goes wrong again, and is told, when somebody asks for something.
    this.#watcher = watchHead(folder, () => void this.#refresh().catch(() => undefined));
    await this.#list();
    return this.#state;
  }

  /** Of many snapshots that are asked for at once, one makes the store, and the others wait for it. */
  #createOnce(): Promise<void> {
    return (this.#creating ??= this.#create().finally(() => (this.#creating = null)));
  }

  /** Makes a store. Another window may be first: its store stays, and the key made here goes. */
  async #create(): Promise<void> {
    const key = await this.#parts.keys.create();
    try {
      await this.#open(this.folder, key, 0);
    } catch (error) {
      await this.#parts.keys.forget(key.id);
      if (!(error instanceof VaultRefusedError) || error.refusal.failure !== 'keyWrong') throw error;
      await this.load();
    }
  }

  /** A call; once more when another window has put the store under another key meanwhile. */
  async #call<M extends Reading | Writing | 'rotate' | 'reseal'>(
    method: M,
    request: VaultMethods[M]['request'],
  ): Promise<VaultValue<M>> {
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
    try {
      await this.#list();
    } catch (error) {
      // Another window has put the store under another key.
      if (error instanceof VaultRefusedError && error.refusal.failure === 'keyWrong') await this.load();
      else this.#breakDown(error);
    }
    this.#changed.fire();
  }

  async #list(): Promise<void> {
    if (this.#state.kind !== 'ready') return;
    const { storeId } = this.#state;
    const counter = await this.#requireNotOlder(() => this.#parts.thread.call('counter', null));
    this.#rows = await this.#parts.thread.call('list', null);
    await this.#counters.saw(storeId, counter);
  }

  /** An older copy may have taken the store's place while it was open: what is added to it would hide that. */
  async #requireNotOlder(ask: () => Promise<number>): Promise<number> {
    // Looked up first: another window may add, and tell of it, while the store is asked.
    const { state } = this;
    const last = state.kind === 'ready' ? this.#counters.lastOf(state.storeId) : 0;
    const counter = await ask();
    // A store that was opened meanwhile has a counter of its own.
    if (counter < last && this.#state === state) throw refused('storeRolledBack');
    return counter;
  }

  #breakDown(error: unknown): VaultState {
    if (error instanceof VaultRefusedError) return this.#close({ kind: 'broken', refusal: error.refusal });
    this.#close({ kind: 'unknown' });
    throw error;
  }

  #close(state: VaultState): VaultState {
    this.#rows = [];
    return (this.#state = state);
  }

  #openingSettings(): string {
    const { sensitiveKeys, safeKeys } = this.#parts.settings.current.snapshots;
    return JSON.stringify([this.folder, sensitiveKeys, safeKeys]);
  }
}

function parseKey(text: string): MasterKey {
  try {
    return MasterKey.parse(text);
  } catch {
    throw refused('keyMalformed');
  }
}
