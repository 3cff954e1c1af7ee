import * as vscode from 'vscode';

/** Goes on only when a person says yes; anything else ends the command. */
export async function askFirst(question: string, yes: string, detail?: string): Promise<void> {
  const go = { label: yes, ...(detail !== undefined && { detail }) };
  const stop = { label: vscode.l10n.t('Cancel') };
  const picked = await vscode.window.showQuickPick([go, stop], {
    title: question,
    placeHolder: question,
    ignoreFocusOut: true,
  });
  if (picked !== go) throw new vscode.CancellationError();
}
