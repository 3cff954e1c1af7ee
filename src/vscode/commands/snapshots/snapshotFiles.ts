import { lstat, realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { commands, views } from '../../../contributions.ts';
import type { BackupResult } from '../../../configs/backupResult.ts';
import type { Log } from '../../log.ts';
import type { LiveSettings } from '../../settings.ts';
import { findConfigFiles, isConfigFile, listedFiles, staysInWorkspace } from '../../snapshots/configFiles.ts';
import type { Vault } from '../../snapshots/vault.ts';
import { VaultRefusedError } from '../../snapshots/vaultRefusedError.ts';
import { tellError } from '../../tellError.ts';
import { UserError } from '../../userError.ts';
import { askFirst } from './askFirst.ts';

/** What the snapshot commands need of the rest. */
export interface SnapshotDependencies {
  vault: Vault;
  settings: LiveSettings;
  log: Log;
}

/** What became of each file. */
export interface SnapshotsTaken {
  /** Files of which a new snapshot was taken. */
  taken: string[];
  /** Files that had not changed since their last snapshot. */
  unchanged: string[];
  failed: { path: string; reason: string; isGone: boolean }[];
}

/** Takes a snapshot of the file in the active editor, as it is on the disk. */
export async function snapshotActiveFile(parts: SnapshotDependencies): Promise<BackupResult> {
  const uri = vscode.window.activeTextEditor?.document.uri ?? uriOfActiveTab();
  if (!uri) throw new UserError(vscode.l10n.t('No file is open in an editor.'));
  return snapshotUri(parts, uri);
}

/** Of a binary or very large file VS Code gives a tab and no text. */
function uriOfActiveTab(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : undefined;
}

/** Takes a snapshot of a file that a menu names. */
export async function snapshotFile(parts: SnapshotDependencies, argument: unknown): Promise<BackupResult> {
  if (!(argument instanceof vscode.Uri)) return snapshotActiveFile(parts);
  return snapshotUri(parts, argument);
}

async function snapshotUri({ vault, log }: SnapshotDependencies, uri: vscode.Uri): Promise<BackupResult> {
  if (uri.scheme === 'untitled')
    throw new UserError(vscode.l10n.t('Save the file first: a snapshot holds what is on the disk.'));
  if (uri.scheme !== 'file') throw new UserError(vscode.l10n.t('Only files on this machine’s disk can be kept.'));
  const path = await agreedPath(uri);
  await saveFirst(uri);
  const taken = await vault.takeSnapshot('snapshotFile', { path });
  log.info(`${taken.isNew ? 'Took a snapshot of' : 'No change since the last snapshot of'} ${path}`);
  const text = taken.isNew
    ? vscode.l10n.t('A snapshot of {0} was taken.', basename(path))
    : vscode.l10n.t('{0} has not changed since its last snapshot.', basename(path));
  vscode.window.setStatusBarMessage(`$(archive) ${text}`, 5000);
  return taken;
}

/** The path itself, or where a link leads when a person agrees to that; a file outside the workspace is asked for too. */
async function agreedPath(uri: vscode.Uri): Promise<string> {
  const stats = await lstat(uri.fsPath).catch(() => null);
  if (stats === null) throw new UserError(vscode.l10n.t('{0} does not exist.', uri.fsPath));
  const target = await realpath(uri.fsPath).catch(() => null);
  if (target === null) throw new UserError(vscode.l10n.t('{0} is a link that leads nowhere.', uri.fsPath));
  if (stats.isSymbolicLink() || !(await staysInWorkspace(uri))) {
    await askFirst(
      vscode.l10n.t('{0} is reached by a link. Snapshot the file it leads to?', basename(uri.fsPath)),
      vscode.l10n.t('Snapshot the File It Leads To'),
      target,
    );
    return target;
  }
  const hasFolders = (vscode.workspace.workspaceFolders ?? []).length > 0;
  if (hasFolders && vscode.workspace.getWorkspaceFolder(uri) === undefined)
    await askFirst(
      vscode.l10n.t('{0} lies outside of this workspace. Snapshot it?', basename(uri.fsPath)),
      vscode.l10n.t('Snapshot It All the Same'),
      uri.fsPath,
    );
  return uri.fsPath;
}

/** A snapshot is taken of the disk's bytes: an editor's text has lost byte order marks and mixed line ends. */
async function saveFirst(uri: vscode.Uri): Promise<void> {
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
  if (document?.isDirty !== true) return;
  await askFirst(
    vscode.l10n.t('{0} has changes that are not saved', basename(uri.fsPath)),
    vscode.l10n.t('Save and Snapshot'),
    vscode.l10n.t('A snapshot holds the file as it is on the disk.'),
  );
  if (!(await document.save())) throw new UserError(vscode.l10n.t('{0} could not be saved.', uri.fsPath));
}

/** Takes snapshots of the configuration files that are open in editors. */
export async function snapshotOpenConfigFiles(parts: SnapshotDependencies): Promise<SnapshotsTaken> {
  const { vault, settings, log } = parts;
  const uris = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : []))
    .filter((uri) => isConfigFile(settings, uri));
  const paths = [...new Set(uris.map((uri) => uri.fsPath))].sort();
  if (paths.length === 0)
    throw new UserError(vscode.l10n.t('No configuration file of the settings is open in an editor.'), openSettings());
  const summary = await takeAll(vault, paths, 'person');
  tellSummary(summary, log);
  return summary;
}

/** Takes snapshots of files that were dropped on the view; one that fails is told, and the rest goes on. */
export async function snapshotDropped(parts: SnapshotDependencies, uris: readonly vscode.Uri[]): Promise<void> {
  for (const uri of uris)
    await snapshotUri(parts, uri).catch((error: unknown) =>
      tellError(`No snapshot was taken of ${uri.path}`, error, parts.log),
    );
}

/** Takes snapshots of the files of the settings and of the workspace's configuration files. */
export async function snapshotListedFiles(parts: SnapshotDependencies): Promise<SnapshotsTaken> {
  const { vault, settings } = parts;
  const paths = await findConfigFiles(settings);
  if (paths.length === 0)
    throw new UserError(vscode.l10n.t('No file is listed, and no configuration file was found.'), openSettings());
  const summary = await vscode.window.withProgress({ location: { viewId: views.snapshots } }, () =>
    takeAll(vault, paths, 'person'),
  );
  tellSummary(summary, parts.log);
  return summary;
}

/** Files of which it was told already that they are not kept by themselves. */
const toldFailing = new Set<string>();

/** Takes snapshots that nobody asked for: quietly, and what goes wrong with a file is told once. */
export async function takeAutomatic(
  { vault, settings, log }: SnapshotDependencies,
  changed: readonly string[],
): Promise<void> {
  try {
    const listed = listedFiles(settings);
    const paths: string[] = [];
    for (const path of changed)
      if (listed.includes(path) || (await staysInWorkspace(vscode.Uri.file(path)))) paths.push(path);
    const { taken, failed } = await takeAll(vault, paths, 'clock');
    for (const path of taken) log.info(`${path} has changed: took a snapshot`);
    for (const { path, reason } of failed) log.warn(`No snapshot of ${path}: ${reason}`);
    // What is gone again was a file on its way.
    const news = failed.filter(({ path, isGone }) => !isGone && !toldFailing.has(path));
    for (const { path } of news) toldFailing.add(path);
    if (news.length > 0) tellSummary({ taken: [], unchanged: [], failed: news }, log);
  } catch (error) {
    log.error('Automatic snapshots failed', error);
    const reason = error instanceof Error ? error.message : '';
    if (toldFailing.has(reason)) return;
    toldFailing.add(reason);
    tellError('Automatic snapshots failed', error, log);
  }
}

/** One file that fails is told, and the rest goes on; a store that refuses ends it all. */
export async function takeAll(
  vault: Vault,
  paths: readonly string[],
  askedBy: 'person' | 'clock',
): Promise<SnapshotsTaken> {
  const summary: SnapshotsTaken = { taken: [], unchanged: [], failed: [] };
  for (const path of paths) {
    try {
      const { isNew } =
        askedBy === 'person'
          ? await vault.takeSnapshot('snapshotFile', { path })
          : await vault.write('snapshotFile', { path });
      (isNew ? summary.taken : summary.unchanged).push(path);
    } catch (error) {
      if (!(error instanceof VaultRefusedError) || !concernsFile(error, path)) throw error;
      summary.failed.push({ path, reason: error.message, isGone: error.refusal.code === 'ENOENT' });
    }
  }
  return summary;
}

/** Whether only this file was refused, and the next one may do. */
function concernsFile({ refusal }: VaultRefusedError, path: string): boolean {
  const { failure } = refusal;
  return failure === 'notAFile' || failure === 'tooLarge' || (failure === 'fileSystem' && refusal.about === path);
}

function tellSummary({ taken, unchanged, failed }: SnapshotsTaken, log: Log): void {
  const text = vscode.l10n.t('Snapshots taken: {0}, unchanged: {1}', taken.length, unchanged.length);
  log.info(`Snapshots taken: ${taken.length}, unchanged: ${unchanged.length}, failed: ${failed.length}`);
  for (const { path, reason } of failed) log.warn(`No snapshot of ${path}: ${reason}`);
  vscode.window.setStatusBarMessage(`$(archive) ${text}`, 5000);
  const [first] = failed;
  if (first === undefined) return;
  const reason =
    failed.length === 1
      ? vscode.l10n.t('No snapshot was taken of {0}: {1}', first.path, first.reason)
      : vscode.l10n.t('No snapshot was taken of {0} files. The first: {1}', failed.length, first.reason);
  tellError('Some files were not kept', new UserError(reason, showLog()), log);
}

const openSettings = () => ({
  title: vscode.l10n.t('Open Settings'),
  command: 'workbench.action.openSettings',
  arguments: ['backupForesight.snapshots'],
});
const showLog = () => ({ title: vscode.l10n.t('Show Log'), command: commands.showLog });
