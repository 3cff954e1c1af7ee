import * as vscode from 'vscode';
import { commands, type CommandName } from '../../contributions.ts';
import { isCancelled } from '../analysis/analysisWorker.ts';
import { describeFailure } from '../analysis/describeFailure.ts';
import type { Log } from '../log.ts';
import { UserError } from '../userError.ts';

/** What a command does. VS Code passes anything: a tree item, another extension's arguments, or nothing. */
export type CommandHandler = (argument: unknown) => unknown;

/** Registers every contributed command, each once, so that whatever goes wrong in it is shown and, where it helps, logged. */
export function registerCommands(handlers: Record<CommandName, CommandHandler>, log: Log): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(handlers).map(([name, handler]) =>
      vscode.commands.registerCommand(commands[name as CommandName], async (argument: unknown) => {
        try {
          return await handler(argument);
        } catch (error) {
          tellError(name, error, log);
          return undefined;
        }
      }),
    ),
  );
}

// Not awaited: a command ends when its work ends, not when its message is closed.
function tellError(name: string, error: unknown, log: Log): void {
  if (error instanceof vscode.CancellationError || isCancelled(error)) return;
  if (error instanceof UserError) {
    const titles = error.actions.map((action) => action.title);
    void vscode.window.showWarningMessage(error.message, ...titles).then((title) => {
      const action = error.actions.find((candidate) => candidate.title === title);
      if (action) void vscode.commands.executeCommand(action.command, ...(action.arguments ?? []));
    });
    return;
  }
  log.error(`The command ${name} failed`, error);
  const showLog = vscode.l10n.t('Show Log');
  void vscode.window.showErrorMessage(describeFailure(error), showLog).then((choice) => {
    if (choice === showLog) log.show();
  });
}
