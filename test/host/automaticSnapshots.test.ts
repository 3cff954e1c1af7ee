import * as assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import { commands } from '../../src/contributions.ts';
import type { TestedExtension } from '../../src/extension.ts';
import { DailySnapshots } from '../../src/vscode/snapshots/dailySnapshots.ts';
import { Vault } from '../../src/vscode/snapshots/vault.ts';
import { VaultThread } from '../../src/vscode/snapshots/vaultThread.ts';
import { findExtension, inWorkspace, until, withSetting } from './extensionUnderTest.ts';
import { recordShown } from './recordShown.ts';
import { withStore as withQuietStore, type TestedStore } from './withStore.ts';

const dayMs = 86_400_000;

suite('snapshots by themselves', () => {
  let extension: TestedExtension;
  suiteSetup(async () => {
    extension = await findExtension().activate();
    // A window that gets the focus looks whether a day is due: here the tests alone say when.
    extension.internals.snapshots.daily.dispose();
    mkdirSync(inWorkspace('conf'), { recursive: true });
  });
  setup(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const snapshotsOf = (file: string): number =>
    extension.internals.snapshots.vault.rows.filter(({ name }) => name === file).length;

  const withStore = (tested: TestedExtension, use: (store: TestedStore) => Promise<void>): Promise<void> =>
    withQuietStore(tested, use, { automatic: true });

  async function takeFirst(): Promise<void> {
    writeFileSync(inWorkspace('begin.env'), `A=${Date.now()}\n`);
    await vscode.commands.executeCommand(commands.snapshotFile, vscode.Uri.file(inWorkspace('begin.env')));
  }

  test('a matching file that is saved is kept; one that does not match is not', () =>
    withStore(extension, async () => {
      const saved = inWorkspace('conf', 'saved.yaml');
      const other = inWorkspace('conf', 'saved.txt');
      for (const file of [saved, other]) writeFileSync(file, 'port: 1\n');
      await takeFirst();
      for (const file of [other, saved]) {
        const editor = await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: false });
        await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '# note\n'));
        await editor.document.save();
      }
      await until('the saved file is kept', () => snapshotsOf(saved) === 1);
      assert.equal(snapshotsOf(other), 0);
    }));

  test('a file that another program writes is kept', () =>
    withStore(extension, async () => {
      await takeFirst();
      const file = inWorkspace('conf', 'outside.toml');
      writeFileSync(file, 'port = 1\n');
      try {
        await until('the new file is kept', () => snapshotsOf(file) === 1);
      } finally {
        rmSync(file);
      }
    }));

  test('nothing is kept before a first snapshot, nor when it is switched off', () =>
    withStore(extension, async () => {
      const { vault } = extension.internals.snapshots;
      const file = inWorkspace('conf', 'early.ini');
      writeFileSync(file, 'a=1\n');
      await sleep(2500);
      assert.equal(vault.state.kind, 'firstRun');
      await takeFirst();
      const configuration = vscode.workspace.getConfiguration('backupForesight.snapshots');
      await configuration.update('onChange', false, vscode.ConfigurationTarget.Global);
      writeFileSync(file, 'a=2\n');
      await sleep(2500);
      assert.equal(snapshotsOf(file), 0);
    }));

  test('a day’s snapshots are taken once, pruned after, and taken again the next day', () =>
    withStore(extension, async ({ folder }) => {
      const { daily, vault } = extension.internals.snapshots;
      assert.equal(await daily.runIfDue(Date.now()), null, 'there is no store yet');
      await takeFirst();
      const now = Date.now();
      const summary = (await daily.runIfDue(now))!;
      assert.ok(summary.taken > 5, String(summary.taken));
      assert.deepEqual(summary.failed, []);
      assert.ok(snapshotsOf(inWorkspace('config', 'docker-compose.yml')) === 1);
      assert.equal(await daily.runIfDue(now), null);
      assert.match(readFileSync(path.join(folder, 'daily.json'), 'utf8'), /"isDone":true/);
      const before = vault.rows.length;
      const next = (await daily.runIfDue(now + dayMs))!;
      assert.deepEqual([next.taken, next.pruned], [0, 0]);
      assert.equal(vault.rows.length, before);
    }));

  test('a key that is lost is told when a window begins, also where only changes are kept by themselves', () =>
    withQuietStore(extension, async ({ folder, forgetKey }) => {
      await takeFirst();
      await forgetKey();
      const { settings, log, globalState: state, snapshots } = extension.internals;
      const script = path.join(findExtension().extensionPath, 'dist', 'vault.cjs');
      const thread = new VaultThread(
        () => new Worker(script),
        (error) => assert.fail(error),
        60_000,
      );
      const vault = new Vault({ thread, keys: snapshots.keys, settings, state, storage: vscode.Uri.file(folder) });
      const daily = new DailySnapshots({ vault, settings, log });
      const { seen, stop } = recordShown(log);
      const told = (): number => seen.filter(([, text]) => text.includes('their store is not open')).length;
      try {
        assert.equal(await daily.runIfDue(Date.now()), null);
        assert.deepEqual([vault.state.kind, told()], ['locked', 0], 'nothing is kept by itself');
        await withSetting('backupForesight.snapshots.onChange', true, async () => {
          for (let looks = 0; looks < 2; looks++) assert.equal(await daily.runIfDue(Date.now()), null);
        });
        assert.equal(told(), 1, 'once a day');
      } finally {
        stop();
        daily.dispose();
        vault.dispose();
      }
    }));

  test('one file that fails is told in the summary, and the rest goes on', () =>
    withStore(extension, async () => {
      await takeFirst();
      const gone = inWorkspace('conf', 'gone.ini');
      await withSetting('backupForesight.snapshots.files', [gone], async () => {
        rmSync(gone, { force: true });
        const summary = (await extension.internals.snapshots.daily.runIfDue(Date.now()))!;
        assert.equal(summary.failed.length, 1);
        assert.ok(summary.failed[0]!.startsWith(gone) && summary.taken > 5);
      });
    }));

  test('a store that cannot be written to is said in words, and nothing is half written', () =>
    withQuietStore(extension, async ({ folder }) => {
      await takeFirst();
      const { vault } = extension.internals.snapshots;
      const before = vault.rows.map(({ id }) => id);
      const [kept, aside] = [path.join(folder, 'snapshots'), path.join(folder, 'aside')];
      // A file in the folder's place refuses every user, the administrator too, whom permissions do not stop.
      renameSync(kept, aside);
      writeFileSync(kept, '');
      try {
        writeFileSync(inWorkspace('begin.env'), 'A=changed\n');
        await assert.rejects(vault.write('snapshotFile', { path: inWorkspace('begin.env') }), /refused .*snapshots/);
      } finally {
        rmSync(kept);
        renameSync(aside, kept);
      }
      await vault.load();
      assert.deepEqual(
        vault.rows.map(({ id }) => id),
        before,
      );
      assert.deepEqual(await vault.read('verify', null), []);
    }));
});
