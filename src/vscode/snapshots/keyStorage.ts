import * as vscode from 'vscode';
import { MasterKey } from '../../configs/vault/keys.ts';
import { UserError } from '../userError.ts';

/**
 * Where a store's key is: `found`; `forgotten` when it was kept here and is not any more, as happens where the system's
 * keyring lives in memory only; `absent` when it never was here.
 */
export type KeySearch = { kind: 'found'; key: MasterKey } | { kind: 'forgotten' } | { kind: 'absent' };

/** State entry of a key that was handed to SecretStorage: the session it happened in. One for each, so that none is lost. */
const keptEntry = (keyId: string): string => `snapshots.keyKept.${keyId}`;
/** State entry: true once this machine's keyring has lost a key, until one is seen to survive a restart. */
const forgetfulEntry = 'snapshots.keyringForgets';

const mostTries = 20;
const settleMs = 20;

/** The master keys in VS Code's SecretStorage, each under its id, so that a store finds its own and no other. */
export class KeyStorage {
  readonly #secrets: vscode.SecretStorage;
  readonly #state: vscode.Memento;

  constructor(secrets: vscode.SecretStorage, state: vscode.Memento) {
    this.#secrets = secrets;
    this.#state = state;
  }

  /** Whether keys are lost here when VS Code ends: then the passphrase is needed each time. */
  get isForgetful(): boolean {
    return this.#state.get(forgetfulEntry, false);
  }

  async find(keyId: string): Promise<KeySearch> {
    const given = fromEnvironment();
    if (given?.id === keyId) return { kind: 'found', key: given };
    const key = parse(await this.#secrets.get(secretName(keyId)));
    const keptIn = this.#state.get<string>(keptEntry(keyId));
    if (key?.id === keyId) {
      const hasSurvived = keptIn !== undefined && keptIn !== vscode.env.sessionId;
      if (hasSurvived && this.isForgetful) await this.#write(forgetfulEntry, undefined);
      return { kind: 'found', key };
    }
    if (keptIn === undefined) return { kind: 'absent' };
    if (!this.isForgetful) await this.#write(forgetfulEntry, true);
    return { kind: 'forgotten' };
  }

  /** The key for a new store: the environment's when it names one, else a new one, kept before anything is sealed with it. */
  async create(): Promise<MasterKey> {
    const given = fromEnvironment();
    if (given) return given;
    const key = MasterKey.create();
    await this.keep(key);
    return key;
  }

  /** Throws a `UserError` when the key is not there afterwards: nothing may be sealed with it then. */
  async keep(key: MasterKey): Promise<void> {
    await this.#secrets.store(secretName(key.id), key.reveal());
    if ((await this.#secrets.get(secretName(key.id))) !== key.reveal())
      throw new UserError(vscode.l10n.t('This machine’s secret storage did not keep the key. Nothing was changed.'));
    await this.#write(keptEntry(key.id), vscode.env.sessionId);
  }

  async forget(keyId: string): Promise<void> {
    await this.#secrets.delete(secretName(keyId));
    await this.#write(keptEntry(keyId), undefined);
  }

  /**
   * Writes until it is there: VS Code sends each written state back, and one that comes back late takes the place of a
   * newer one that is still on its way, which is then lost.
   */
  async #write(entry: string, value: string | boolean | undefined): Promise<void> {
    for (let tries = 0; tries < mostTries; tries++) {
      await this.#state.update(entry, value);
      await new Promise((resolve) => setTimeout(resolve, settleMs));
      if (this.#state.get(entry) === value) return;
    }
  }
}

/** What a store's key is called in SecretStorage. */
export const secretName = (keyId: string): string => `snapshots.key.${keyId}`;

function fromEnvironment(): MasterKey | null {
  return parse(process.env['BACKUP_FORESIGHT_KEY']);
}

/** Null for what is no key: a keyring may give back anything, and the store is then treated as one whose key is lost. */
function parse(text: string | undefined): MasterKey | null {
  if (!text) return null;
  try {
    return MasterKey.parse(text);
  } catch {
    return null;
  }
}
