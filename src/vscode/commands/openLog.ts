import * as vscode from 'vscode';
import type { RunSource } from '../../backups/run.ts';
import { UserError } from '../userError.ts';

const highlight = vscode.window.createTextEditorDecorationType({
  backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
  isWholeLine: true,
});

/** Opens a log with the cursor on a run's first line, and the run's lines lit up until the cursor moves. */
export async function openLog(
  source: Pick<RunSource, 'path' | 'line' | 'endLine'>,
  viewColumn: vscode.ViewColumn = vscode.ViewColumn.Active,
): Promise<void> {
  const uri = vscode.Uri.file(source.path);
  const start = new vscode.Position(source.line - 1, 0);
  const selection = new vscode.Range(start, start);
  let document: vscode.TextDocument;
  try {
    if (!(await exists(uri))) throw new UserError(vscode.l10n.t('The log {0} is gone.', source.path));
    document = await vscode.workspace.openTextDocument(uri);
  } catch (error) {
    if (error instanceof UserError) throw error;
    // Too large for extensions to see, or binary: the editor itself may still show it.
    await vscode.commands.executeCommand('vscode.open', uri, { selection, viewColumn });
    return;
  }
  const editor = await vscode.window.showTextDocument(document, { selection, viewColumn });
  editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  const end = new vscode.Position(source.endLine - 1, 0);
  editor.setDecorations(highlight, [new vscode.Range(start, end)]);
  const listener = vscode.window.onDidChangeTextEditorSelection((event) => {
    if (event.textEditor !== editor || event.selections[0]?.active.isEqual(start)) return;
    editor.setDecorations(highlight, []);
    listener.dispose();
  });
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
