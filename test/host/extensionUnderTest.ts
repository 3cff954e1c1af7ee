import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { TestedExtension } from '../../src/extension.ts';

export function findExtension(): vscode.Extension<TestedExtension> {
  return vscode.extensions.getExtension<TestedExtension>('backup-foresight.backup-foresight')!;
}

/** The extension's API and insides, with a report on the sample workspace. */
export async function extensionWithReport(): Promise<TestedExtension> {
  const extension = await findExtension().activate();
  const { monitor } = extension.internals;
  if (monitor.report === null || monitor.report.jobs.length === 0) await monitor.analyze();
  return extension;
}

type Seen<T> = T | false | null | undefined;

/** Waits for something that comes by itself; fails with its name when it does not come. */
export async function until<T>(what: string, look: () => Seen<T> | Promise<Seen<T>>, timeoutMs = 20_000): Promise<T> {
  for (const startedAt = Date.now(); Date.now() - startedAt < timeoutMs;) {
    const seen = await look();
    if (seen !== false && seen !== null && seen !== undefined) return seen;
    await sleep(50);
  }
  throw new Error(`Not within ${timeoutMs} ms: ${what}`);
}

/** The path of something in the workspace. */
export function inWorkspace(...names: string[]): string {
  return vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, ...names).fsPath;
}

/** Writes a file of the workspace and opens it in an editor; gives its path. */
export async function openFile(name: string, content: string): Promise<string> {
  const file = inWorkspace(name);
  writeFileSync(file, content);
  await vscode.window.showTextDocument(vscode.Uri.file(file));
  return file;
}

/** Changes a user setting for as long as `use` runs. */
export async function withSetting<T>(id: string, value: unknown, use: () => Promise<T>): Promise<T> {
  const update = (to: unknown): Thenable<void> =>
    vscode.workspace.getConfiguration().update(id, to, vscode.ConfigurationTarget.Global);
  await update(value);
  try {
    return await use();
  } finally {
    await update(undefined);
  }
}
