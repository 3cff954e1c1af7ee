import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';

/** Presses Enter on every list and question until the command has ended, for more than a minute on a busy machine. */
export async function acceptUntilDone<T>(command: Thenable<T>): Promise<T> {
  const pending = { done: false };
  const result = Promise.resolve(command).finally(() => (pending.done = true));
  result.catch(() => undefined);
  for (let presses = 0; !pending.done && presses < 450; presses++) {
    await sleep(150);
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  }
  return result;
}
