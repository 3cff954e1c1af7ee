import { realpath } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { readableFolders } from '../analysis/findLogs.ts';
import type { LiveSettings } from '../settings.ts';

/** A glob that finds more than this was not meant so. */
const maxFilesPerGlob = 500;

const excluded = '**/{node_modules,.git,.venv,venv,dist,build,target,vendor}/**';

/** Absolute paths of the files to be kept: those that the settings list, and those that the globs find in the workspace. */
export async function findConfigFiles(settings: LiveSettings): Promise<string[]> {
  const searches = readableFolders().flatMap((folder) =>
    settings
      .globsIn(folder, 'backupForesight.snapshots.globs')
      .map((glob) => vscode.workspace.findFiles(new vscode.RelativePattern(folder, glob), excluded, maxFilesPerGlob)),
  );
  const found: string[] = [];
  for (const uri of (await Promise.all(searches)).flat()) if (await staysInWorkspace(uri)) found.push(uri.fsPath);
  return [...new Set([...listedFiles(settings), ...found])].sort();
}

/**
 * False for a file below a workspace folder that a link in its path leads out of it: nobody has named it. A file outside of
 * every workspace folder, and one that is gone, is not judged here.
 */
export async function staysInWorkspace(uri: vscode.Uri): Promise<boolean> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (folder === undefined) return true;
  try {
    const [root, file] = await Promise.all([realpath(folder.uri.fsPath), realpath(uri.fsPath)]);
    const way = path.relative(root, file);
    return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
  } catch {
    return true;
  }
}

/** The files that the settings list; a relative one lies in the first workspace folder. */
export function listedFiles(settings: LiveSettings): string[] {
  const base = readableFolders()[0]?.uri.fsPath;
  return settings.current.snapshots.files
    .filter((file) => path.isAbsolute(file) || base !== undefined)
    .map((file) => path.resolve(base ?? '', file));
}

/** Whether a file of the workspace is one of its configuration files. */
export function isConfigFile(settings: LiveSettings, uri: vscode.Uri): boolean {
  if (uri.scheme !== 'file') return false;
  if (listedFiles(settings).includes(uri.fsPath)) return true;
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (folder === undefined) return false;
  return settings
    .globsIn(folder, 'backupForesight.snapshots.globs')
    .some((glob) => matches(new vscode.RelativePattern(folder, glob), uri));
}

/** VS Code's own globs, asked through a document selector. */
function matches(pattern: vscode.RelativePattern, uri: vscode.Uri): boolean {
  const document = { uri, languageId: '', fileName: uri.fsPath } as vscode.TextDocument;
  return vscode.languages.match({ pattern }, document) > 0;
}
