import * as vscode from 'vscode';
import type { DriftRow } from '../../protocol/vault.ts';
import type { ConfigFindings } from '../snapshots/configFindings.ts';

const scheme = 'backup-foresight-config';

/** A configuration file's address in the tree of snapshots: its own scheme, so that only this tree gets the badges. */
export const badgedUri = (file: string): vscode.Uri => vscode.Uri.file(file).with({ scheme });

const countScheme = 'backup-foresight-changes';

/** A snapshot's address in the tree; it tells how many values changed with it. */
export const countedUri = (snapshotId: string, changedKeys: number): vscode.Uri =>
  vscode.Uri.from({ scheme: countScheme, path: `/${snapshotId}`, query: String(changedKeys) });

/** Marks configurations in the tree that are not what their last snapshot says, and snapshots with what they changed. */
export class DriftBadges implements vscode.FileDecorationProvider, vscode.Disposable {
  readonly #findings: ConfigFindings;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #parts: vscode.Disposable;

  readonly onDidChangeFileDecorations = this.#changed.event;

  constructor(findings: ConfigFindings) {
    this.#findings = findings;
    this.#parts = vscode.Disposable.from(
      this.#changed,
      findings.onDidChange(() => this.#changed.fire(undefined)),
      vscode.window.registerFileDecorationProvider(this),
    );
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    if (uri.scheme === countScheme) return changesOf(Number(uri.query));
    if (uri.scheme !== scheme) return undefined;
    const drift = this.#findings.driftOf(uri.fsPath);
    switch (drift?.state) {
      case 'changed':
        return new vscode.FileDecoration(
          'M',
          driftText(drift),
          new vscode.ThemeColor('gitDecoration.modifiedResourceForeground'),
        );
      case 'gone':
        return new vscode.FileDecoration(
          'D',
          driftText(drift),
          new vscode.ThemeColor('gitDecoration.deletedResourceForeground'),
        );
      case 'unreadable':
        return new vscode.FileDecoration('!', driftText(drift), new vscode.ThemeColor('list.warningForeground'));
      default:
        return undefined;
    }
  }

  dispose(): void {
    this.#parts.dispose();
  }
}

/** What a badge means, for its tooltip and for who cannot see it; '' for a file without one. */
export function driftText(drift: DriftRow | undefined): string {
  switch (drift?.state) {
    case 'changed':
      return vscode.l10n.t('Changed since the last snapshot; values that differ: {0}', drift.keys);
    case 'gone':
      return vscode.l10n.t('The file is gone');
    case 'unreadable':
      return vscode.l10n.t('The file cannot be read');
    default:
      return '';
  }
}

/** A badge has room for two characters. */
function changesOf(changedKeys: number): vscode.FileDecoration | undefined {
  if (changedKeys === 0) return undefined;
  const badge = changedKeys > 99 ? '9+' : String(changedKeys);
  return new vscode.FileDecoration(badge, vscode.l10n.t('Values changed since the snapshot before: {0}', changedKeys));
}
