import * as vscode from 'vscode';
import { commands } from '../../contributions.ts';
import type { Concern } from './findConcerns.ts';
import type { Problems } from './problems.ts';

/** What can be done about a problem: it was expected, not now, or look closer. */
export class ConcernFixes implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];
  readonly #problems: Problems;

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    return this.#problems
      .at(document.uri, range)
      .flatMap(({ diagnostic, concern }) => [
        action(vscode.l10n.t('Mark as Expected'), diagnostic, commands.markAsExpected, { concern: concern.key }),
        action(vscode.l10n.t('Snooze {0}…', concern.job), diagnostic, commands.snoozeJob, concern.job),
        action(vscode.l10n.t('Open Report of {0}', concern.job), diagnostic, commands.showRiskReport, concern.job),
      ]);
  }
}

/** What Mark as Expected is told. */
export interface ConcernArgument {
  concern: Concern['key'];
}

function action(
  title: string,
  diagnostic: vscode.Diagnostic,
  command: string,
  argument: string | ConcernArgument,
): vscode.CodeAction {
  const fix = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  fix.diagnostics = [diagnostic];
  fix.command = { title, command, arguments: [argument] };
  return fix;
}
