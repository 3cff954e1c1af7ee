import * as vscode from 'vscode';
import { commands } from '../../contributions.ts';

const section = 'workbench.localHistory';

/** Whether VS Code keeps copies of a file when it is saved. */
export function isInLocalHistory(uri: vscode.Uri): boolean {
  const configuration = vscode.workspace.getConfiguration(section, uri);
  if (configuration.get('enabled') === false) return false;
  const excluded = configuration.get<Record<string, boolean>>('exclude') ?? {};
  return !Object.entries(excluded).some(([glob, isOn]) => isOn && matches(glob, uri));
}

/** Takes a file out of Local History, in the settings of the workspace. Copies that are there already stay. */
export async function excludeFromLocalHistory(argument: unknown): Promise<void> {
  if (!(argument instanceof vscode.Uri)) throw new vscode.CancellationError();
  const configuration = vscode.workspace.getConfiguration(section, argument);
  const { workspaceValue } = configuration.inspect<Record<string, boolean>>('exclude') ?? {};
  const glob = `**/${vscode.workspace.asRelativePath(argument, false).replace(/[[\]{}*?]/g, '[$&]')}`;
  await configuration.update('exclude', { ...workspaceValue, [glob]: true }, vscode.ConfigurationTarget.Workspace);
}

/** Offers it where the problem is told. */
export class LocalHistoryFix implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const told = diagnostics.filter(({ code, source }) => code === 'localHistory' && source === 'Backup Foresight');
    if (told.length === 0) return [];
    const title = vscode.l10n.t('Exclude This File from Local History');
    const fix = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    fix.diagnostics = told;
    fix.isPreferred = true;
    fix.command = { title, command: commands.excludeFromLocalHistory, arguments: [document.uri] };
    return [fix];
  }
}

function matches(glob: string, uri: vscode.Uri): boolean {
  const document = { uri, languageId: '', fileName: uri.fsPath } as vscode.TextDocument;
  return vscode.languages.match({ pattern: glob }, document) > 0;
}
