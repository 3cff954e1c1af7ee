import * as vscode from 'vscode';
import type { SettingId } from '../../contributions.ts';
import type { RiskMonitor } from '../analysis/riskMonitor.ts';

const setting: SettingId = 'backupForesight.logs.paths';

/**
 * Adds log files or folders, the given ones or those a person chooses, to the settings; that starts an analysis.
 * They go to the user settings, unless the workspace has a list of its own, which would hide that one.
 */
export async function chooseLogFiles(monitor: RiskMonitor, argument: unknown): Promise<void> {
  const chosen = urisOf(argument) ?? (await choose());
  if (chosen.length === 0) throw new vscode.CancellationError();
  const configuration = vscode.workspace.getConfiguration();
  const { globalValue, workspaceValue } = configuration.inspect<string[]>(setting) ?? {};
  const paths = new Set([...(workspaceValue ?? globalValue ?? []), ...chosen.map((uri) => uri.fsPath)]);
  const target = workspaceValue ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await configuration.update(setting, [...paths], target);
  // Where somebody has asked before, the changed setting asks.
  if (!monitor.wasAsked) void monitor.refresh();
}

// One dialog cannot offer both on Windows and Linux.
async function choose(): Promise<vscode.Uri[]> {
  const files = { label: `$(file) ${vscode.l10n.t('Log Files…')}`, folders: false };
  const folders = { label: `$(folder) ${vscode.l10n.t('Folders That Hold Logs…')}`, folders: true };
  const kind = await vscode.window.showQuickPick([files, folders], {
    title: vscode.l10n.t('Choose Log Files'),
    placeHolder: vscode.l10n.t('They may lie outside the workspace'),
  });
  if (!kind) return [];
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: !kind.folders,
    canSelectFolders: kind.folders,
    canSelectMany: true,
    openLabel: vscode.l10n.t('Analyze'),
  });
  return chosen ?? [];
}

function urisOf(argument: unknown): vscode.Uri[] | null {
  return Array.isArray(argument) && argument.every((item) => item instanceof vscode.Uri) ? argument : null;
}
