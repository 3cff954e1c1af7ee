import * as vscode from 'vscode';
import { isCancelled } from './analysis/analysisWorker.ts';
import { describeFailure } from './analysis/describeFailure.ts';
import type { Log } from './log.ts';
import { UserError } from './userError.ts';

/**
 * Tells a person what went wrong: a `UserError` as it stands, anything else in one line, with its stack in the log.
 * Returns at once: work ends when it ends, not when its message is closed.
 */
export function tellError(what: string, error: unknown, log: Log): void {
  if (error instanceof vscode.CancellationError || isCancelled(error)) return;
  if (error instanceof UserError) {
    const titles = error.actions.map((action) => action.title);
    void vscode.window.showWarningMessage(error.message, ...titles).then((title) => {
      const action = error.actions.find((candidate) => candidate.title === title);
      if (action) void vscode.commands.executeCommand(action.command, ...(action.arguments ?? []));
    });
    return;
  }
  log.error(what, error);
  const showLog = vscode.l10n.t('Show Log');
  void vscode.window.showErrorMessage(describeFailure(error), showLog).then((choice) => {
    if (choice === showLog) log.show();
  });
}
