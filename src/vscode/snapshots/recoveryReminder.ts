import * as vscode from 'vscode';
import { commands } from '../../contributions.ts';
import type { Vault } from './vault.ts';

/** State entry: ids of keys for which somebody was asked to set up a recovery passphrase. */
const askedEntry = 'snapshots.recoveryAsked';

/** Asks, once for each key, to set up a recovery passphrase; the view's message goes on saying so. */
export class RecoveryReminder implements vscode.Disposable {
  readonly #listener: vscode.Disposable;

  constructor(vault: Vault, state: vscode.Memento) {
    this.#listener = vault.onDidChange(() => {
      if (!needsRecovery(vault)) return;
      const { keyId } = vault.state as { keyId: string };
      const asked = state.get<string[]>(askedEntry, []);
      if (asked.includes(keyId)) return;
      void state.update(askedEntry, [...asked, keyId]);
      const setUp = vscode.l10n.t('Set Up Recovery…');
      const text = vscode.l10n.t(
        'The snapshots can be opened with a key that is only in this machine’s secret storage. A recovery passphrase opens them when it is lost.',
      );
      void vscode.window.showWarningMessage(text, setUp).then((choice) => {
        if (choice === setUp) void vscode.commands.executeCommand(commands.setUpSnapshotRecovery);
      });
    });
  }

  dispose(): void {
    this.#listener.dispose();
  }
}

/** Whether there are snapshots that are lost with their key. */
export function needsRecovery({ state, rows }: Vault): boolean {
  return state.kind === 'ready' && !state.hasRecovery && rows.length > 0;
}
