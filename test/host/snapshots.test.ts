import * as assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { commands, views } from '../../src/contributions.ts';
import type { TestedExtension } from '../../src/extension.ts';
import type { BackupResult } from '../../src/configs/backupResult.ts';
import type { SnapshotsTaken } from '../../src/vscode/commands/snapshots/snapshotFiles.ts';
import type { TreeNode } from '../../src/vscode/views/nodes/treeNode.ts';
import { acceptUntilDone } from './acceptUntilDone.ts';
import { findExtension, inWorkspace, openFile, until, withSetting } from './extensionUnderTest.ts';
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

  test('a first run makes a key and a store, and the tree shows the file', () =>
    withStore(extension, async () => {
      const { vault, view } = extension.internals.snapshots;
      assert.equal((await vault.load()).kind, 'firstRun');
      await openFile('first.env', `A_PASSWORD=${secret}\n`);
      const taken = await vscode.commands.executeCommand<BackupResult>(commands.snapshotActiveFile);
      assert.equal(taken.isNew, true);
      assert.equal(vault.state.kind, 'ready');
      assert.deepEqual(labels(), ['Files']);
      const [config] = view.tree.roots[0]!.children();
      assert.equal(config!.item().label, 'first.env');
      const [snapshot] = config!.children();
      assert.match(String(snapshot!.item().description), /^secrets: 1$/);
      assert.equal(snapshot!.item().command?.command, commands.previewSnapshot);
      const again = await vscode.commands.executeCommand<BackupResult>(commands.snapshotActiveFile);
      assert.deepEqual(again, { snapshotId: taken.snapshotId, isNew: false });
    }));

  test('of many first snapshots at once, one makes the store', () =>
    withStore(extension, async () => {
      const { vault } = extension.internals.snapshots;
      const files = Array.from({ length: 12 }, (_, at) => inWorkspace(`at-once-${at}.env`));
      const taken = await Promise.all(
        files.map((file, at) => {
          writeFileSync(file, `A_PASSWORD=${secret}-${at}\n`);
          return vscode.commands.executeCommand<BackupResult | undefined>(commands.snapshotFile, vscode.Uri.file(file));
        }),
      );
      for (const file of files) rmSync(file);
      assert.deepEqual(
        taken.map((result) => result?.isNew),
        files.map(() => true),
      );
      assert.equal(vault.rows.length, files.length);
      assert.deepEqual(await vault.read('verify', null), []);
    }));

  test('the tree keeps its rows while the list changes, and shows anew only what did', () =>
    withStore(extension, async () => {
      const { vault, view, findings } = extension.internals.snapshots;
      const keep = async (name: string, content: string): Promise<string> => {
        writeFileSync(inWorkspace(name), content);
        await vscode.commands.executeCommand(commands.snapshotFile, vscode.Uri.file(inWorkspace(name)));
        return inWorkspace(name);
      };
      const file = await keep('kept-row.env', 'A=1\n');
      const other = await keep('other-row.env', 'A=1\n');
      await until('both are known to be as kept', () =>
        [file, other].every((path) => findings.driftOf(path)?.state === 'same'),
      );
      const configs = (): readonly TreeNode[] => view.tree.roots[0]!.children();
      const [config, unchanged] = configs();
      const [first] = config!.children();
      const shownAgain: (readonly string[] | null)[] = [];
      const listener = view.tree.onDidChangeTreeData((nodes) => shownAgain.push(nodes?.map(({ id }) => id) ?? null));
      try {
        await vault.load();
        assert.deepEqual(shownAgain, [], 'the same list');
        await keep('kept-row.env', 'A=2\n');
        assert.ok(shownAgain.length > 0);
        for (const nodes of shownAgain) assert.deepEqual(nodes, [config!.id], 'one snapshot more');
        assert.deepEqual(configs(), [config, unchanged]);
        assert.equal(config!.children().length, 2);
        assert.equal(config!.children()[1], first);
        shownAgain.length = 0;
        await vscode.commands.executeCommand(commands.pinSnapshot, first);
        for (const nodes of shownAgain) assert.deepEqual(nodes, [first!.id], 'pinned');
        assert.match(first!.item().accessibilityInformation!.label, /pinned/);
      } finally {
        listener.dispose();
      }
    }));

  test('a preview is masked, read-only, and in the language of the file', () =>
    withStore(extension, async () => {
      await openFile('preview.yaml', `db:\n  password: ${secret}\n  host: db.example\n`);
      const { snapshotId } = await vscode.commands.executeCommand<BackupResult>(commands.snapshotActiveFile);
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
      const { snapshotId } = await vscode.commands.executeCommand<BackupResult>(commands.snapshotActiveFile);
      writeFileSync(file, 'PASSWORD=other\n');
      const restored = vscode.commands.executeCommand<boolean>(commands.restoreSnapshot, snapshotId);
      assert.equal(await acceptUntilDone(restored), true);
      assert.equal(readFileSync(file, 'utf8'), first);
      assert.equal(extension.internals.snapshots.vault.rows.length, 2);
      await until('the comparison with what was there before is closed', () =>
        vscode.window.tabGroups.all.every(({ tabs }) => tabs.every(({ label }) => !/restored\.env.*now/.test(label))),
      );
      const again = vscode.commands.executeCommand<boolean>(commands.restoreSnapshot, snapshotId);
      assert.equal(await acceptUntilDone(again), false);
    }));

  test('a comparison with the current file is masked on both sides, and follows the file', () =>
    withStore(extension, async () => {
      const file = await openFile('compared.env', `PASSWORD=${secret}\nPORT=1\n`);
      const { snapshotId } = await vscode.commands.executeCommand<BackupResult>(commands.snapshotActiveFile);
      writeFileSync(file, 'PASSWORD=An0ther-secret\nPORT=1\n');
      await vscode.commands.executeCommand(commands.compareSnapshotWithCurrent, snapshotId);
      const [before, after] = await until('both sides', () => {
        const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
        return input instanceof vscode.TabInputTextDiff ? ([input.original, input.modified] as const) : null;
      });
      const textOf = async (uri: vscode.Uri): Promise<string> =>
        (await vscode.workspace.openTextDocument(uri)).getText();
      assert.equal(await textOf(before), 'PASSWORD=••••••••\nPORT=1');
      assert.equal(await textOf(after), 'PASSWORD=••••••••  ◀ secret changed\nPORT=1');
      const editor = await vscode.window.showTextDocument(vscode.Uri.file(file));
      // A save would be refused while the editor does not know yet what was written meanwhile.
      await until('the editor has read the file again', () => editor.document.getText().includes('An0ther'));
      await editor.edit((edit) => edit.insert(new vscode.Position(2, 0), 'NAME=shop\n'));
      await editor.document.save();
      await until('the comparison follows', () =>
        vscode.workspace.textDocuments.some(
          (document) => document.uri.toString() === after.toString() && document.getText().includes('NAME=shop'),
        ),
      );
    }));

  test('two snapshots are compared, the older one first', () =>
    withStore(extension, async () => {
      const file = await openFile('two.env', 'PORT=1\n');
      const first = await vscode.commands.executeCommand<BackupResult>(commands.snapshotActiveFile);
      writeFileSync(file, 'PORT=2\n');
      const second = await vscode.commands.executeCommand<BackupResult>(commands.snapshotFile, vscode.Uri.file(file));
      await vscode.commands.executeCommand(commands.compareTwoSnapshots, undefined, [
        second.snapshotId,
        first.snapshotId,
      ]);
      const { input } = vscode.window.tabGroups.activeTabGroup.activeTab!;
      assert.ok(input instanceof vscode.TabInputTextDiff);
      assert.equal((await vscode.workspace.openTextDocument(input.original)).getText(), 'PORT=1');
    }));

  test('snapshots are pinned, pruned and deleted', () =>
    withStore(extension, async () => {
      const { vault, view } = extension.internals.snapshots;
      const file = await openFile('kept.env', 'A=0\n');
      for (let version = 1; version <= 4; version++) {
        await vscode.commands.executeCommand(commands.snapshotFile, vscode.Uri.file(file));
        writeFileSync(file, `A=${version}\n`);
      }
      const oldest = vault.rows.at(-1)!.id;
      assert.equal(await vscode.commands.executeCommand(commands.pinSnapshot, oldest), true);
      const contexts = view.tree.roots[0]!.children()[0]!
        .children()
        .map((node) => node.item().contextValue);
      assert.equal(contexts.at(-1), 'snapshot.file.pinned');
      assert.equal(await vscode.commands.executeCommand(commands.deleteSnapshot, oldest), undefined, 'it is pinned');
      await withSetting('backupForesight.snapshots.retention', { last: 1 }, async () => {
        const pruned = vscode.commands.executeCommand<number>(commands.pruneSnapshots);
        assert.equal(await acceptUntilDone(pruned), 2);
      });
      assert.equal(vault.rows.length, 2);
      await vscode.commands.executeCommand(commands.unpinSnapshot, oldest);
      assert.equal(await acceptUntilDone(vscode.commands.executeCommand(commands.deleteSnapshot, oldest)), true);
      assert.equal(vault.rows.length, 1);
    }));

  test('an application’s configuration is kept from an editor, and a text that is none is refused', () =>
    withStore(extension, async () => {
      const { vault } = extension.internals.snapshots;
      const show = async (content: string): Promise<void> => {
        const document = await vscode.workspace.openTextDocument({ content, language: 'yaml' });
        await vscode.window.showTextDocument(document);
      };
      await show(`database:\n  password: ${secret}\n`);
      await vscode.commands.executeCommand(commands.snapshotApplication, 'shop');
      assert.deepEqual([vault.rows[0]!.type, vault.rows[0]!.name, vault.rows[0]!.secrets], ['application', 'shop', 1]);
      await show(`password: "${secret}`);
      assert.equal(await vscode.commands.executeCommand(commands.snapshotApplication, 'shop'), undefined);
      assert.equal(vault.rows.length, 1);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }));

  test('open configuration files are kept, and other open files are not', () =>
    withStore(extension, async () => {
      await vscode.window.showTextDocument(vscode.Uri.file(inWorkspace('README.md')), { preview: false });
      await vscode.window.showTextDocument(vscode.Uri.file(inWorkspace('config', '.env')), { preview: false });
      const summary = await vscode.commands.executeCommand<SnapshotsTaken>(commands.snapshotOpenConfigFiles);
      assert.deepEqual(summary, { taken: [inWorkspace('config', '.env')], unchanged: [], failed: [] });
    }));

  test('the store folder is told', () =>
    withStore(extension, async ({ folder }) => {
      assert.equal(await vscode.commands.executeCommand(commands.openSnapshotFolder), folder);
    }));

  test('a file with unsaved changes is not restored over', () =>
    withStore(extension, async () => {
      const file = await openFile('dirty.env', 'A=1\n');
      const { snapshotId } = await vscode.commands.executeCommand<BackupResult>(commands.snapshotActiveFile);
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
        const summary = await vscode.commands.executeCommand<SnapshotsTaken>(commands.snapshotListedFiles);
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
        const taken = vscode.commands.executeCommand<BackupResult>(
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
      const { vault, view } = extension.internals.snapshots;
      await openFile('damaged.env', 'A=1\n');
      await vscode.commands.executeCommand(commands.snapshotActiveFile);
      writeFileSync(path.join(folder, 'keyring.json'), '{}');
      const state = await vault.load();
      assert.ok(state.kind === 'broken' && state.refusal.failure === 'storeMalformed');
      assert.match(view.view.description!, /damaged/);
      assert.equal(view.view.message, '', 'a message would hide the welcome text with its buttons');
      assert.equal(await vscode.commands.executeCommand(commands.snapshotActiveFile), undefined);
    }));

  test('verification names a snapshot that was changed', () =>
    withStore(extension, async ({ folder }) => {
      await openFile('verified.env', 'A=1\n');
      const { snapshotId } = await vscode.commands.executeCommand<BackupResult>(commands.snapshotActiveFile);
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
