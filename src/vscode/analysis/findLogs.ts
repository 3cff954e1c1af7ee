import * as vscode from 'vscode';
import type { LiveSettings } from '../settings.ts';

/** Workspaces hold generated trees with many thousands of files; a glob that finds more than this was not meant so. */
const maxFilesPerFolder = 5000;

const excluded = '**/{node_modules,.git}/**';

/** Folders of the workspace whose logs may be read: on disk, and only once the workspace is trusted. */
export function readableFolders(): vscode.WorkspaceFolder[] {
  if (!vscode.workspace.isTrusted) return [];
  return (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === 'file');
}

/** Absolute paths of all logs to be analyzed: what the globs find in the workspace, and the configured paths. */
export async function findLogs(settings: LiveSettings, token?: vscode.CancellationToken): Promise<string[]> {
  const searches = readableFolders().flatMap((folder) =>
    settings
      .globsIn(folder)
      .map((glob) =>
        vscode.workspace.findFiles(new vscode.RelativePattern(folder, glob), excluded, maxFilesPerFolder, token),
      ),
  );
  const found = (await Promise.all(searches)).flat().map((uri) => uri.fsPath);
  return [...new Set([...found, ...settings.current.paths])].sort();
}
