/** What VS Code's extension host loads and calls to open a large store in the tree, for `npm run bench`. */
import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { TestedExtension } from '../src/extension.ts';
import { resultsVariable } from '../test/workbench/hostProtocol.ts';

/** The longest that the host's thread was busy at one go, in milliseconds. */
export interface HeldTree {
  snapshots: number;
  /** In as much time as opening takes, while nothing happens. */
  idleMs: number;
  /** From the first look at the view until every badge is known. */
  openingMs: number;
  /** Looking again: another window has added nothing. */
  againMs: number;
}

export async function run(): Promise<void> {
  const extension = await vscode.extensions
    .getExtension<TestedExtension>('backup-foresight.backup-foresight')!
    .activate();
  const { vault, findings } = extension.internals.snapshots;
  const configuration = vscode.workspace.getConfiguration('backupForesight.snapshots');
  for (const setting of ['onChange', 'daily'])
    await configuration.update(setting, false, vscode.ConfigurationTarget.Global);
  await vscode.commands.executeCommand('backupForesight.snapshots.focus');
  await vault.load();
  // What VS Code itself does at its start is over by then.
  await delay(10_000);
  const idleMs = await longestTurn(() => delay(8000));
  const looked = new Promise<void>((resolve) => {
    // Told twice a look: when the badges are known, and when the problems are.
    let told = 0;
    findings.onDidChange(() => {
      if (vault.rows.length > 0 && ++told === 2) resolve();
    });
  });
  const openingMs = await longestTurn(async () => {
    await configuration.update('folder', process.env['BENCH_STORE'], vscode.ConfigurationTarget.Global);
    await looked;
    await delay(3000);
  });
  const againMs = await longestTurn(async () => {
    await vault.load();
    await delay(3000);
  });
  const results: HeldTree = { snapshots: vault.rows.length, idleMs, openingMs, againMs };
  writeFileSync(process.env[resultsVariable]!, JSON.stringify(results));
}

/**
 * The longest that this thread computes between two turns of its loop while `work` goes on. Counted in processor time: what
 * else the machine does is not in it.
 */
async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let before = process.threadCpuUsage();
  const timer = setInterval(() => {
    const now = process.threadCpuUsage();
    longest = Math.max(longest, now.user + now.system - before.user - before.system);
    before = now;
  }, 1);
  await work();
  clearInterval(timer);
  return longest / 1000;
}
