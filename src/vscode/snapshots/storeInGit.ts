import * as vscode from 'vscode';
import type { ConfigFindings } from './configFindings.ts';

/** State entry: work trees of which somebody was told that the store lies in them. */
const toldEntry = 'snapshots.storeInGitTold';

/** What is wrong with a store in a git work tree. */
export const storeInGitText = (workTree: string): string =>
  vscode.l10n.t(
    'The snapshot store lies in the git work tree {0}. Its secrets are sealed, but whoever gets the repository can read everything else in it.',
    workTree,
  );

/** Tells once of each git work tree that the store lies in; the view's message goes on saying so. */
export function tellOfStoreInGit(findings: ConfigFindings, state: vscode.Memento): vscode.Disposable {
  return findings.onDidChange(() => {
    const { storeWorkTree } = findings;
    const told = state.get<string[]>(toldEntry, []);
    if (storeWorkTree === null || told.includes(storeWorkTree)) return;
    void state.update(toldEntry, [...told, storeWorkTree]);
    const settings = vscode.l10n.t('Open Settings');
    void vscode.window.showWarningMessage(storeInGitText(storeWorkTree), settings).then((choice) => {
      if (choice === settings)
        void vscode.commands.executeCommand('workbench.action.openSettings', 'backupForesight.snapshots.folder');
    });
  });
}
