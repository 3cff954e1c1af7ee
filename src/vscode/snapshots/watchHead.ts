import * as vscode from 'vscode';

/** Tells when a store has changed: another window or the command line may add snapshots. */
export function watchHead(folder: string, onChange: () => void): vscode.Disposable {
  const pattern = new vscode.RelativePattern(vscode.Uri.file(folder), 'head.json');
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  return vscode.Disposable.from(watcher, watcher.onDidChange(onChange), watcher.onDidCreate(onChange));
}
