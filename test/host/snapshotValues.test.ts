import * as assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { BackupResult } from '../../src/configs/backupResult.ts';
import { commands } from '../../src/contributions.ts';
import type { TestedExtension } from '../../src/extension.ts';
import type { KeyEventRow } from '../../src/protocol/vault.ts';
import { Clipboard } from '../../src/vscode/snapshots/clipboard.ts';
import { acceptUntilDone } from './acceptUntilDone.ts';
import { findExtension, inWorkspace, openFile, until } from './extensionUnderTest.ts';
import { withStore } from './withStore.ts';

const secret = 'Tr0ub4dor-3-xyz';

suite('single values of snapshots', () => {
  let extension: TestedExtension;
  suiteSetup(async () => {
    extension = await findExtension().activate();
  });
  setup(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  test('one value is revealed to the clipboard and taken back, unless something else was copied', () =>
    withStore(extension, async () => {
      const { clipboard } = extension.internals.snapshots;
      await openFile('revealed.env', `PASSWORD=${secret}\nPORT=1\n`);
      const { snapshotId: id } = await vscode.commands.executeCommand<BackupResult>(commands.snapshotActiveFile);
      const revealed = { snapshot: { id }, key: 'PASSWORD' };
      assert.equal(await vscode.commands.executeCommand(commands.revealSnapshotValue, revealed), true);
      assert.equal(await vscode.env.clipboard.readText(), secret);
      await clipboard.takeBack();
      assert.equal(await vscode.env.clipboard.readText(), '');
      await vscode.commands.executeCommand(commands.revealSnapshotValue, revealed);
      await vscode.env.clipboard.writeText('copied since');
      await clipboard.takeBack();
      assert.equal(await vscode.env.clipboard.readText(), 'copied since');
    }));

  test('a revealed value leaves the clipboard by itself', async () => {
    assert.equal(extension.internals.snapshots.clipboard.lentSeconds, 30);
    const clipboard = new Clipboard(vscode.env.clipboard, 50);
    await clipboard.lend(secret);
    await until('it is taken back', async () => (await vscode.env.clipboard.readText()) === '');
  });

  test('the history of a key names the snapshots at which it changed', () =>
    withStore(extension, async () => {
      const file = await openFile('history.env', 'PORT=1\nHOST=a\n');
      for (const text of ['PORT=1\nHOST=b\n', 'PORT=2\nHOST=b\n', 'PORT=3\nHOST=b\n']) {
        await vscode.commands.executeCommand(commands.snapshotFile, vscode.Uri.file(file));
        writeFileSync(file, text);
      }
      const config = { type: 'file', name: file };
      const events = await vscode.commands.executeCommand<KeyEventRow[]>(commands.showSnapshotKeyHistory, {
        config,
        key: 'HOST',
      });
      assert.deepEqual(
        events.map(({ change, shown }) => [change, shown]),
        [
          ['added', 'a'],
          ['changed', 'b'],
        ],
      );
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    }));

  test('a file with thousands of keys has them all', () =>
    withStore(extension, async () => {
      const { vault } = extension.internals.snapshots;
      writeFileSync(inWorkspace('long.env'), Array.from({ length: 2345 }, (_, n) => `KEY_${n}=${n}\n`).join(''));
      await vscode.commands.executeCommand(commands.snapshotFile, vscode.Uri.file(inWorkspace('long.env')));
      const keys = await vault.read('keys', { id: vault.rows[0]!.id });
      assert.deepEqual(
        keys.map(({ shown }) => shown),
        Array.from({ length: 2345 }, (_, n) => String(n)),
      );
    }));

  test('one key is restored, and the rest of the file stays', () =>
    withStore(extension, async () => {
      const file = await openFile('onekey.env', `PASSWORD=${secret}\nPORT=1\n`);
      const { snapshotId: id } = await vscode.commands.executeCommand<BackupResult>(commands.snapshotActiveFile);
      writeFileSync(file, 'PASSWORD=An0ther-secret\nPORT=2\n');
      const restored = vscode.commands.executeCommand<boolean>(commands.restoreSnapshotKey, {
        snapshot: { id },
        key: 'PASSWORD',
        target: vscode.Uri.file(file),
      });
      assert.equal(await acceptUntilDone(restored), true);
      assert.equal(readFileSync(file, 'utf8'), `PASSWORD=${secret}\nPORT=2\n`);
    }));
});
