import { createHash } from 'node:crypto';
import { access } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';

/**
 * Where the snapshots of this window are: the folder that the settings or CONFIG_BACKUP_DIR name, else one for each
 * workspace in the extension's own storage.
 */
export function storeFolder(configured: string | null, storage: vscode.Uri): string {
  if (configured !== null) return configured;
  const { workspaceFile, workspaceFolders } = vscode.workspace;
  const uri = workspaceFile?.scheme === 'file' ? workspaceFile : workspaceFolders?.[0]?.uri;
  const name = uri === undefined ? 'no-workspace' : `${readable(uri)}-${digest(uri)}`;
  return path.join(storage.fsPath, 'snapshots', name);
}

/** Looked at on the disk: the vault's thread is not started for a store that is not there. */
export function hasStore(folder: string): Promise<boolean> {
  return access(path.join(folder, 'keyring.json')).then(
    () => true,
    () => false,
  );
}

const readable = ({ path: uriPath }: vscode.Uri): string =>
  path.posix
    .basename(uriPath)
    .replace(/[^\w-]+/g, '-')
    .slice(0, 40);

const digest = (uri: vscode.Uri): string => createHash('sha256').update(uri.toString()).digest('hex').slice(0, 12);
