import path from 'node:path';
import * as vscode from 'vscode';
import type { SnapshotSummary, SnapshotType } from '../../configs/snapshotSummary.ts';
import type { ConfigChange } from '../../protocol/configChange.ts';

/** Short texts on snapshots that the tree and the lists have in common. */

export function typeText(type: SnapshotType): string {
  switch (type) {
    case 'file':
      return vscode.l10n.t('Files');
    case 'env':
      return vscode.l10n.t('Environment Variables');
    case 'application':
      return vscode.l10n.t('Applications');
  }
}

/** What one configuration is. */
export function kindText(type: SnapshotType): string {
  switch (type) {
    case 'file':
      return vscode.l10n.t('File');
    case 'env':
      return vscode.l10n.t('Environment Variables');
    case 'application':
      return vscode.l10n.t('Application');
  }
}

/** A configuration in few words: a file's name without its folders, `APP_*`, an application's name. */
export function configLabel({ type, name }: Pick<SnapshotSummary, 'type' | 'name'>): string {
  switch (type) {
    case 'file':
      return path.basename(name);
    case 'env':
      return `${name}*`;
    case 'application':
      return name;
  }
}

/** A snapshot in few words: what is sealed in it, what it changed, whether it is pinned. */
export function snapshotNote(snapshot: SnapshotSummary): string {
  const { changedKeys, pinned } = snapshot;
  const changed = changedKeys === null ? [] : [vscode.l10n.t('changed: {0}', changedKeys)];
  return [sealedNote(snapshot), ...changed, ...(pinned ? [vscode.l10n.t('pinned')] : [])].join(', ');
}

export function sealedNote({ secrets }: SnapshotSummary): string {
  return secrets === 0 ? vscode.l10n.t('no secret') : vscode.l10n.t('secrets: {0}', secrets);
}

/** What happened to a value of a configuration. */
export function changeText(change: ConfigChange['change']): string {
  switch (change) {
    case 'added':
      return vscode.l10n.t('added');
    case 'changed':
      return vscode.l10n.t('changed');
    case 'removed':
      return vscode.l10n.t('removed');
  }
}
