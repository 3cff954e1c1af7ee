import * as vscode from 'vscode';

/**
 * Goes on only when a person says yes; anything else ends the command. What follows from a yes is said in one or two
 * sentences of at most 85 characters: a longer one would be cut off.
 */
export async function askFirst(question: string, yes: string, ...consequences: [string?, string?]): Promise<void> {
  // What stands below an answer shows up again, over the next answer, when the mouse rests on it: only the second does.
  const [placeHolder = question, detail] = consequences;
  const go = { label: yes, ...(detail !== undefined && { detail }) };
  const stop = { label: vscode.l10n.t('Cancel') };
  const picked = await vscode.window.showQuickPick([go, stop], { title: question, placeHolder, ignoreFocusOut: true });
  if (picked !== go) throw new vscode.CancellationError();
}
