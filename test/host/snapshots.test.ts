import * as assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { commands, views } from '../../src/contributions.ts';
import type { TestedExtension } from '../../src/extension.ts';
import type { SnapshotTaken } from '../../src/protocol/vault.ts';
import type { SnapshotSummary } from '../../src/vscode/commands/snapshots/snapshotFiles.ts';
import { acceptUntilDone } from './acceptUntilDone.ts';
import { findExtension, inWorkspace, until } from './extensionUnderTest.ts';
import { withStore } from './withStore.ts';

const secret = 'Tr0ub4dor-3-xyz';

suite('configuration snapshots', () => {
  let extension: TestedExtension;
  suiteSetup(async () => {
    extension = await findExtension().activate();
  });
  setup(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const labels = (): string[] =>
    extension.internals.snapshots.view.tree.roots.map((node) => node.item().label as string);

  async function openFile(name: string, content: string): Promise<string> {
    const file = inWorkspace(name);
    writeFileSync(file, content);
    await vscode.window.showTextDocument(vscode.Uri.file(file));
    return file;
  }

  test('a first run makes a key and a store, and the tree shows the file', () =>
    withStore(extension, async () => {
      const { vault, view } = extension.internals.snapshots;
      assert.equal((await vault.load()).kind, 'firstRun');
      await openFile('first.env', `A_PASSWORD=${secret}\n`);
      const taken = await vscode.commands.executeCommand<SnapshotTaken>(commands.snapshotActiveFile);
      assert.equal(taken.isNew, true);
      assert.equal(vault.state.kind, 'ready');
      assert.deepEqual(labels(), ['Files']);
      const [config] = view.tree.roots[0]!.children();
      assert.equal(config!.item().label, 'first.env');
      const [snapshot] = config!.children();
      assert.match(String(snapshot!.item().description), /^secrets: 1$/);
      assert.equal(snapshot!.item().command?.command, commands.previewSnapshot);
      const again = await vscode.commands.executeCommand<SnapshotTaken>(commands.snapshotActiveFile);
      assert.deepEqual(again, { snapshotId: taken.snapshotId, isNew: false });
    }));

  test('a preview is masked, read-only, and in the language of the file', () =>
    withStore(extension, async () => {
      await openFile('preview.yaml', `db:\n  password: ${secret}\n  host: db.example\n`);
      const { snapshotId } = await vscode.commands.executeCommand<SnapshotTaken>(commands.snapshotActiveFile);
      await vscode.commands.executeCommand(commands.previewSnapshot, snapshotId);
      const { document } = vscode.window.activeTextEditor!;
      assert.equal(document.getText(), 'db:\n  password: ••••••••\n  host: db.example\n');
      assert.equal(document.languageId, 'yaml');
      assert.equal(document.uri.scheme, 'backup-foresight-snapshot');
    }));

  test('a restore gives the bytes back after asking, and keeps what it replaces', () =>
    withStore(extension, async () => {
      const first = `\ufeffPASSWORD=${secret}\r\nB=1\n`;
      const file = await openFile('restored.env', first);
      const { snapshotId } = await vscode.commands.executeCommand<SnapshotTaken>(commands.snapshotActiveFile);
      writeFileSync(file, 'PASSWORD=other\n');
      const restored = vscode.commands.executeCommand<boolean>(commands.restoreSnapshot, snapshotId);
      assert.equal(await acceptUntilDone(restored), true);
      assert.equal(readFileSync(file, 'utf8'), first);
      assert.equal(extension.internals.snapshots.vault.rows.length, 2);
      const again = vscode.commands.executeCommand<boolean>(commands.restoreSnapshot, snapshotId);
      assert.equal(await acceptUntilDone(again), false);
    }));

  test('a file with unsaved changes is not restored over', () =>
    withStore(extension, async () => {
      const file = await openFile('dirty.env', 'A=1\n');
      const { snapshotId } = await vscode.commands.executeCommand<SnapshotTaken>(commands.snapshotActiveFile);
      await vscode.window.activeTextEditor!.edit((edit) => edit.insert(new vscode.Position(0, 0), 'B=2\n'));
      const snapshot = { id: snapshotId };
      const target = vscode.Uri.file(file);
      assert.equal(await vscode.commands.executeCommand(commands.restoreSnapshot, { snapshot, target }), undefined);
      assert.equal(readFileSync(file, 'utf8'), 'A=1\n');
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }));

  test('listed files: one that fails is told, and the rest goes on', () =>
    withStore(extension, async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'listed-'));
      const good = path.join(folder, 'good.ini');
      writeFileSync(good, 'password=x1y2z3\n');
      const files = [path.join(folder, 'missing.ini'), good];
      const configuration = vscode.workspace.getConfiguration('backupForesight.snapshots');
      await configuration.update('files', files, vscode.ConfigurationTarget.Global);
      try {
        const summary = await vscode.commands.executeCommand<SnapshotSummary>(commands.snapshotListedFiles);
        assert.deepEqual(
          summary.failed.map((failed) => failed.path),
          [files[0]],
        );
        assert.ok(summary.taken.includes(good));
        assert.ok(summary.taken.includes(inWorkspace('config', 'docker-compose.yml')), 'found by the globs');
      } finally {
        await configuration.update('files', undefined, vscode.ConfigurationTarget.Global);
        rmSync(folder, { recursive: true });
      }
    }));

  test('environment variables with the prefix are kept', () =>
    withStore(extension, async () => {
      process.env['APP_TEST_PASSWORD'] = secret;
      try {
        await vscode.commands.executeCommand(commands.snapshotEnvironment);
        const [row] = extension.internals.snapshots.vault.rows;
        assert.deepEqual([row!.type, row!.name, row!.secrets], ['env', 'APP_', 1]);
      } finally {
        delete process.env['APP_TEST_PASSWORD'];
      }
    }));

  test('a link is asked for, and what it leads to is kept', () =>
    withStore(extension, async () => {
      const file = inWorkspace('linked.env');
      writeFileSync(file, 'A=1\n');
      symlinkSync(file, inWorkspace('link.env'));
      try {
        const taken = vscode.commands.executeCommand<SnapshotTaken>(
          commands.snapshotFile,
          vscode.Uri.file(inWorkspace('link.env')),
        );
        assert.equal((await acceptUntilDone(taken)).isNew, true);
        assert.equal(extension.internals.snapshots.vault.rows[0]!.name, file);
      } finally {
        rmSync(inWorkspace('link.env'));
      }
    }));

  test('a key that is lost is never replaced while there are snapshots', () =>
    withStore(extension, async ({ folder, forgetKey }) => {
      const { vault } = extension.internals.snapshots;
      await openFile('lost.env', 'A=1\n');
      await vscode.commands.executeCommand(commands.snapshotActiveFile);
      const keyring = readFileSync(path.join(folder, 'keyring.json'), 'utf8');
      await forgetKey();
      assert.equal((await vault.load()).kind, 'locked');
      assert.equal(await vscode.commands.executeCommand(commands.snapshotActiveFile), undefined);
      assert.equal(readFileSync(path.join(folder, 'keyring.json'), 'utf8'), keyring);
      assert.deepEqual(labels(), []);
    }));

  test('a damaged store is told, and nothing is written to it', () =>
    withStore(extension, async ({ folder }) => {
      const { vault } = extension.internals.snapshots;
      await openFile('damaged.env', 'A=1\n');
      await vscode.commands.executeCommand(commands.snapshotActiveFile);
      writeFileSync(path.join(folder, 'keyring.json'), '{}');
      const state = await vault.load();
      assert.ok(state.kind === 'broken' && state.refusal.failure === 'storeMalformed');
      assert.equal(await vscode.commands.executeCommand(commands.snapshotActiveFile), undefined);
    }));

  test('verification names a snapshot that was changed', () =>
    withStore(extension, async ({ folder }) => {
      await openFile('verified.env', 'A=1\n');
      const { snapshotId } = await vscode.commands.executeCommand<SnapshotTaken>(commands.snapshotActiveFile);
      assert.equal(await vscode.commands.executeCommand(commands.verifySnapshots), true);
      const file = path.join(folder, 'snapshots', `${snapshotId}.json`);
      chmodSync(file, 0o600);
      writeFileSync(file, readFileSync(file, 'utf8').replace('A=1', 'A=2'));
      assert.equal(await vscode.commands.executeCommand(commands.verifySnapshots), undefined);
    }));

  test('a thread that dies is replaced, and the store is open again', () =>
    withStore(extension, async () => {
      const { thread, vault } = extension.internals.snapshots;
      await openFile('thread.env', 'A=1\n');
      await vscode.commands.executeCommand(commands.snapshotActiveFile);
      await thread.thread!.terminate();
      await until('the death is noticed', () => thread.thread === null);
      assert.equal((await vault.read('list', null)).length, 1);
    }));

  test('the view is there', async () => {
    await vscode.commands.executeCommand(`${views.snapshots}.focus`);
    await until('it has looked at the store', () => extension.internals.snapshots.vault.state.kind !== 'unknown');
  });
});
