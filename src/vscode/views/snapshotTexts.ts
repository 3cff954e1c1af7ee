import path from 'node:path';
import * as vscode from 'vscode';
import type { SnapshotSummary, SnapshotType } from '../../configs/snapshotSummary.ts';

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

export function snapshotNote({ secrets, pinned }: SnapshotSummary): string {
  const sealed = secrets === 0 ? vscode.l10n.t('no secret') : vscode.l10n.t('secrets: {0}', secrets);
  return pinned ? vscode.l10n.t('{0}, pinned', sealed) : sealed;
}
