import * as vscode from 'vscode';
import { commands, type CommandName } from '../../contributions.ts';
import type { Log } from '../log.ts';
import { tellError } from '../tellError.ts';

/**
 * What a command does. VS Code passes anything: a tree item and all selected ones, another extension's arguments, or nothing.
 */
export type CommandHandler = (argument: unknown, selection: unknown) => unknown;

/** Registers every contributed command, each once, so that whatever goes wrong in it is shown and, where it helps, logged. */
export function registerCommands(handlers: Record<CommandName, CommandHandler>, log: Log): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(handlers).map(([name, handler]) =>
      vscode.commands.registerCommand(commands[name as CommandName], async (argument: unknown, selection: unknown) => {
        try {
          return await handler(argument, selection);
        } catch (error) {
          tellError(`The command ${name} failed`, error, log);
          return undefined;
        }
      }),
    ),
  );
}
