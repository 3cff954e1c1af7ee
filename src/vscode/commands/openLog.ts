import { access } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { RunSource } from '../../backups/run.ts';
import { logUri } from '../gzipLogs.ts';
import { UserError } from '../userError.ts';

const highlight = vscode.window.createTextEditorDecorationType({
  backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
  isWholeLine: true,
});

/** Opens a log with the cursor on a run's first line, and the run's lines lit up until the cursor moves. */
export async function openLog(
  { path, line, endLine }: Pick<RunSource, 'path' | 'line' | 'endLine'>,
  viewColumn: vscode.ViewColumn = vscode.ViewColumn.Active,
): Promise<void> {
  await access(path).catch(() => {
    throw new UserError(vscode.l10n.t('The log {0} is gone, or cannot be read.', path));
  });
  const uri = logUri(path);
  const start = new vscode.Position(line - 1, 0);
  const shown = { selection: new vscode.Range(start, start), viewColumn };
  let document: vscode.TextDocument;
  try {
    document = await vscode.workspace.openTextDocument(uri);
  } catch {
    // Too large for extensions to see, or not text: the editor itself may still show it.
    await vscode.commands.executeCommand('vscode.open', uri, shown);
    return;
  }
  const editor = await vscode.window.showTextDocument(document, shown);
  editor.revealRange(shown.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  lightUp(editor, new vscode.Range(start, new vscode.Position(endLine - 1, 0)));
}

let lit: vscode.Disposable | undefined;
function lightUp(editor: vscode.TextEditor, lines: vscode.Range): void {
  lit?.dispose();
  editor.setDecorations(highlight, [lines]);
  lit = vscode.window.onDidChangeTextEditorSelection((event) => {
    if (event.textEditor !== editor || event.selections[0]?.active.isEqual(lines.start)) return;
    editor.setDecorations(highlight, []);
    lit?.dispose();
  });
}
