import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TestedExtension } from '../../src/extension.ts';
import { secretName } from '../../src/vscode/snapshots/keyStorage.ts';

export interface TestedStore {
  folder: string;
  /** The id of the key that the store is under. */
  keyId: () => string;
  /** Takes the store's key away, as on another machine. */
  forgetKey: () => Promise<void>;
  /** Loses the store's key behind the extension's back, as a system's keyring may. */
  loseKey: () => Promise<void>;
}

const automaticSettings = ['onChange', 'daily'];

/** Gives the snapshots an empty store folder for as long as `use` runs; nothing is kept by itself unless it is asked for. */
export async function withStore(
  { internals }: TestedExtension,
  use: (store: TestedStore) => Promise<void>,
  { automatic = false } = {},
): Promise<void> {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'store-')), 'snapshots');
  const configuration = vscode.workspace.getConfiguration('backupForesight.snapshots');
  const { vault, keys } = internals.snapshots;
  const keyId = (): string => /"keyId":"(\w+)"/.exec(readFileSync(path.join(folder, 'keyring.json'), 'utf8'))![1]!;
  for (const setting of automaticSettings) {
    await configuration.update(setting, automatic, vscode.ConfigurationTarget.Global);
  }
  await configuration.update('folder', folder, vscode.ConfigurationTarget.Global);
  await vault.load();
  try {
    await use({
      folder,
      keyId,
      forgetKey: () => keys.forget(keyId()),
      loseKey: async () => internals.secrets.delete(secretName(keyId())),
    });
  } finally {
    for (const setting of ['folder', ...automaticSettings]) {
      await configuration.update(setting, undefined, vscode.ConfigurationTarget.Global);
    }
    await vault.load();
    rmSync(path.dirname(folder), { recursive: true });
  }
}
