import * as vscode from 'vscode';
import { UserError } from '../userError.ts';

/** Stops everything that changes or reads files in a workspace that nobody trusts. */
export function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  const text = vscode.l10n.t('In Restricted Mode snapshots can only be looked at.');
  throw new UserError(text, {
    title: vscode.l10n.t('Manage Workspace Trust'),
    command: 'workbench.trust.manage',
  });
}
