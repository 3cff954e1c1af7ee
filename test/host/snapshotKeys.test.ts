import * as assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { writeKeyExport } from '../../src/configs/vault/keyExport.ts';
import { MasterKey } from '../../src/configs/vault/keys.ts';
import { SnapshotStore } from '../../src/configs/vault/snapshotStore.ts';
import { commands } from '../../src/contributions.ts';
import type { TestedExtension } from '../../src/extension.ts';
import { acceptUntilDone } from './acceptUntilDone.ts';
import { findExtension, inWorkspace, until } from './extensionUnderTest.ts';
import { withStore } from './withStore.ts';

const passphrase = 'four words and a half';

suite('keys of the snapshots', () => {
  let extension: TestedExtension;
  suiteSetup(async () => {
    extension = await findExtension().activate();
  });
  setup(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  async function takeSnapshot(name: string): Promise<void> {
    writeFileSync(inWorkspace(name), 'A_PASSWORD=x1y2z3\n');
    await vscode.commands.executeCommand(commands.snapshotFile, vscode.Uri.file(inWorkspace(name)));
    assert.equal(extension.internals.snapshots.vault.state.kind, 'ready');
  }

  /** Types answers into the questions as they come; gives what each was told that was refused. */
  async function answer(...answers: string[]): Promise<string[]> {
    const { questions } = extension.internals.snapshots;
    const told: string[] = [];
    for (const text of answers) {
      const box = await until('a question', () => questions.box);
      assert.equal(box.password, true);
      box.value = text;
      box.validationMessage = undefined;
      const isDone = (): boolean => questions.box !== box || box.validationMessage !== undefined;
      // One Enter at a time: a second one would answer the next question.
      for (let presses = 0; !isDone() && presses < 10; presses++) {
        await sleep(300);
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        await until('the answer is taken or refused', isDone, 2000).catch(() => undefined);
      }
      if (questions.box === box) told.push(String(box.validationMessage));
    }
    return told;
  }

  async function setUpRecovery(): Promise<void> {
    const set = vscode.commands.executeCommand<boolean>(commands.setUpSnapshotRecovery);
    await answer(passphrase, passphrase);
    assert.equal(await set, true);
  }

  test('until a recovery passphrase is set up, the view says so; a weak or mistyped one is refused', () =>
    withStore(extension, async () => {
      const { vault, view } = extension.internals.snapshots;
      await takeSnapshot('recovery.env');
      assert.match(view.view.message!, /No recovery passphrase|does not keep keys/);
      const set = vscode.commands.executeCommand<boolean>(commands.setUpSnapshotRecovery);
      const told = await answer('too short', passphrase, 'another one, which is wrong', passphrase);
      assert.deepEqual(told, [
        'At least 12 characters; four or five words are best.',
        'This is not the same passphrase.',
      ]);
      assert.equal(await set, true);
      assert.ok(vault.state.kind === 'ready' && vault.state.hasRecovery);
      assert.equal(view.view.message, '');
    }));

  test('a lost key comes back by the passphrase, and a wrong one changes nothing', () =>
    withStore(extension, async ({ forgetKey }) => {
      const { vault, view } = extension.internals.snapshots;
      await takeSnapshot('unlock.env');
      await setUpRecovery();
      await forgetKey();
      const locked = await vault.load();
      assert.ok(locked.kind === 'locked' && locked.hasRecovery && !locked.forgotten);
      await assert.rejects(vault.unlock('four words and a third'), /passphrase is wrong/);
      assert.equal(vault.state.kind, 'locked');
      const unlocked = vscode.commands.executeCommand<boolean>(commands.unlockSnapshots);
      const { questions } = extension.internals.snapshots;
      // Chooses the first way, the passphrase.
      for (let presses = 0; questions.box === null && presses < 20; presses++) {
        await sleep(300);
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      }
      await answer(passphrase);
      assert.equal(await unlocked, true);
      assert.equal(vault.rows.length, 1);
      assert.deepEqual(view.tree.roots.length, 1);
    }));

  test('a key that the keyring itself has lost is told as such', () =>
    withStore(extension, async ({ loseKey }) => {
      const { keys, vault, view } = extension.internals.snapshots;
      await takeSnapshot('forgotten.env');
      await loseKey();
      const state = await vault.load();
      assert.ok(state.kind === 'locked' && state.forgotten && !state.hasRecovery);
      assert.equal(keys.isForgetful, true);
      assert.equal(view.view.message, '', 'a message would hide the welcome text with its buttons');
    }));

  test('a rotated store opens with the new key only, and needs a new recovery passphrase', () =>
    withStore(extension, async ({ keyId }) => {
      const { keys, vault } = extension.internals.snapshots;
      await takeSnapshot('rotated.env');
      await setUpRecovery();
      const old = keyId();
      const rotated = vscode.commands.executeCommand<boolean>(commands.rotateSnapshotKey);
      assert.equal(await acceptUntilDone(rotated), true);
      assert.notEqual(keyId(), old);
      assert.ok(vault.state.kind === 'ready' && !vault.state.hasRecovery);
      // VS Code's state takes a moment until it gives what was written last.
      for (let tries = 0; tries < 50 && (await keys.find(old)).kind !== 'absent'; tries++) await sleep(100);
      assert.equal((await keys.find(old)).kind, 'absent');
      assert.equal(vault.rows.length, 1);
      assert.deepEqual(await vault.read('verify', null), []);
    }));

  test('a snapshot that a rotation could not read is told of, and the others open with the new key', () =>
    withStore(extension, async ({ folder, keyId }) => {
      const { vault } = extension.internals.snapshots;
      await takeSnapshot('damaged.env');
      const damaged = vault.rows[0]!.id;
      writeFileSync(path.join(folder, 'snapshots', `${damaged}.json`), 'nonsense');
      await takeSnapshot('whole.env');
      const old = keyId();
      const rotated = vscode.commands.executeCommand<boolean>(commands.rotateSnapshotKey);
      assert.equal(await acceptUntilDone(rotated), false);
      assert.notEqual(keyId(), old);
      assert.deepEqual(await vault.read('verify', null), [{ snapshotId: damaged, fault: 'malformed' }]);
    }));

  test('a store is re-encrypted under a new key after asking, and nothing of what was sealed is left', () =>
    withStore(extension, async ({ folder, keyId }) => {
      const { keys, vault, view } = extension.internals.snapshots;
      await takeSnapshot('leaked.env');
      const [{ id }] = [vault.rows[0]!];
      const snapshot = path.join(folder, 'snapshots', `${id}.json`);
      const sealedIn = (): string => /"values":\[.*\]/.exec(readFileSync(snapshot, 'utf8'))![0];
      const [old, before] = [keyId(), sealedIn()];
      assert.equal(await acceptUntilDone(vscode.commands.executeCommand<boolean>(commands.resealSnapshots)), true);
      assert.notEqual(keyId(), old);
      assert.notEqual(sealedIn(), before);
      assert.deepEqual(await vault.read('verify', null), []);
      assert.ok(vault.state.kind === 'ready' && !vault.state.isResealing);
      assert.ok(!view.view.message!.includes('cut short'));
      // VS Code's state takes a moment until it gives what was written last.
      for (let tries = 0; tries < 50 && (await keys.find(old)).kind !== 'absent'; tries++) await sleep(100);
      assert.equal((await keys.find(old)).kind, 'absent');
      const { value } = await vault.write('reveal', { id, path: ['A_PASSWORD'], document: 0 });
      assert.equal(value, 'x1y2z3');
    }));

  test('a store that another window has rotated stays open', () =>
    withStore(extension, async ({ folder }) => {
      const { keys, vault } = extension.internals.snapshots;
      await takeSnapshot('window.env');
      const other = await SnapshotStore.open(folder, MasterKey.parse(await vault.exportKey()), { now: Date.now });
      const key = MasterKey.create();
      await keys.keep(key);
      await other.rotate(key);
      await until('the new key is used', () => vault.state.kind === 'ready' && vault.state.keyId === key.id);
      await takeSnapshot('window2.env');
      assert.equal(vault.rows.length, 2);
    }));

  test('an exported key is for its owner alone, is never written over anything, and opens the store elsewhere', () =>
    withStore(extension, async ({ forgetKey }) => {
      const { vault } = extension.internals.snapshots;
      await takeSnapshot('exported.env');
      const folder = mkdtempSync(path.join(tmpdir(), 'key-'));
      const file = vscode.Uri.file(path.join(folder, 'key'));
      try {
        const exported = vscode.commands.executeCommand<boolean>(commands.exportSnapshotKey, file);
        assert.equal(await acceptUntilDone(exported), true);
        assert.equal(statSync(file.fsPath).mode & 0o777, 0o600);
        const again = vscode.commands.executeCommand<boolean>(commands.exportSnapshotKey, file);
        assert.equal(await acceptUntilDone(again), undefined);
        await forgetKey();
        await vault.load();
        const text = readFileSync(file.fsPath, 'utf8');
        const damaged = vscode.Uri.file(path.join(folder, 'damaged'));
        writeFileSync(damaged.fsPath, text.replace(/....$/m, 'AAAA'));
        assert.equal(await vscode.commands.executeCommand(commands.importSnapshotKey, damaged), undefined);
        assert.equal(vault.state.kind, 'locked');
        assert.equal(await vscode.commands.executeCommand(commands.importSnapshotKey, file), true);
        assert.equal(vault.rows.length, 1);
      } finally {
        rmSync(folder, { recursive: true });
      }
    }));

  test('a key that the command line has exported under a passphrase is taken, and a wrong passphrase is not', () =>
    withStore(extension, async ({ forgetKey }) => {
      const { vault } = extension.internals.snapshots;
      await takeSnapshot('sealed.env');
      const sealed = await writeKeyExport(MasterKey.parse(await vault.exportKey()), 'correct horse battery');
      await forgetKey();
      await vault.load();
      await assert.rejects(vault.importSealedKey(sealed, 'wrong horse battery'), /passphrase is wrong/);
      assert.equal(vault.state.kind, 'locked');
      await vault.importSealedKey(sealed, 'correct horse battery');
      assert.equal(vault.rows.length, 1);
    }));

  test('another store’s key is refused', async () => {
    let other = '';
    await withStore(extension, async () => {
      await takeSnapshot('other.env');
      other = await extension.internals.snapshots.vault.exportKey();
    });
    await withStore(extension, async ({ forgetKey }) => {
      const { vault } = extension.internals.snapshots;
      await takeSnapshot('mine.env');
      await forgetKey();
      await vault.load();
      await assert.rejects(vault.importKey(other), /not the one that the snapshots are under/);
      assert.equal(vault.state.kind, 'locked');
    });
  });
});
