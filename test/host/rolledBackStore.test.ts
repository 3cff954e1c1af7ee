import * as assert from 'node:assert/strict';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { commands } from '../../src/contributions.ts';
import type { TestedExtension } from '../../src/extension.ts';
import { acceptUntilDone } from './acceptUntilDone.ts';
import { findExtension, inWorkspace, until } from './extensionUnderTest.ts';
import { withStore } from './withStore.ts';

suite('a store put back to an earlier day', () => {
  let extension: TestedExtension;
  suiteSetup(async () => {
    extension = await findExtension().activate();
  });

  async function take(name: string): Promise<void> {
    writeFileSync(inWorkspace(name), 'A_PASSWORD=x1y2z3\n');
    await vscode.commands.executeCommand(commands.snapshotFile, vscode.Uri.file(inWorkspace(name)));
    rmSync(inWorkspace(name));
  }

  const failureNow = (): string | null => {
    const { state } = extension.internals.snapshots.vault;
    return state.kind === 'broken' ? state.refusal.failure : null;
  };

  /** Two snapshots, and then the folder as it was after the first. */
  async function rollBack(folder: string): Promise<void> {
    const { vault } = extension.internals.snapshots;
    await take('first.env');
    await vault.load();
    cpSync(folder, `${folder}.earlier`, { recursive: true });
    await take('second.env');
    await take('third.env');
    assert.equal(vault.rows.length, 3);
    rmSync(folder, { recursive: true });
    cpSync(`${folder}.earlier`, folder, { recursive: true });
  }

  test('is told, is not written to, and is opened once somebody accepts it', () =>
    withStore(extension, async ({ folder }) => {
      const { vault, view } = extension.internals.snapshots;
      await rollBack(folder);
      await vault.load();
      assert.equal(failureNow(), 'storeRolledBack');
      assert.match(view.view.description!, /older than when it was last seen/);
      assert.equal(view.view.message, '', 'a message would hide the welcome text with its buttons');
      await take('refused.env');
      assert.equal(failureNow(), 'storeRolledBack');
      const accepted = vscode.commands.executeCommand<boolean>(commands.acceptRolledBackSnapshots);
      assert.equal(await acceptUntilDone(accepted), true);
      assert.equal(vault.state.kind, 'ready');
      assert.equal(vault.rows.length, 1);
      await take('after.env');
      assert.equal(vault.rows.length, 2);
      await vault.load();
      assert.equal(vault.state.kind, 'ready');
    }));

  test('is noticed while it is open', () =>
    withStore(extension, async ({ folder }) => {
      await rollBack(folder);
      await take('refused.env');
      await until('it is noticed', () => failureNow() === 'storeRolledBack');
      const { vault } = extension.internals.snapshots;
      assert.deepEqual([...vault.rows], []);
    }));

  test('is not a store that was removed and begun anew', () =>
    withStore(extension, async ({ folder }) => {
      const { vault } = extension.internals.snapshots;
      await take('first.env');
      await take('second.env');
      rmSync(folder, { recursive: true });
      assert.equal((await vault.load()).kind, 'firstRun');
      await take('anew.env');
      assert.equal(vault.state.kind, 'ready');
      assert.equal(vault.rows.length, 1);
    }));

  test('is nothing to accept while the store is as it was', () =>
    withStore(extension, async () => {
      await take('fine.env');
      assert.equal(await vscode.commands.executeCommand(commands.acceptRolledBackSnapshots), false);
      assert.equal(extension.internals.snapshots.vault.state.kind, 'ready');
    }));
});
