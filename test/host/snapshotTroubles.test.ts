import * as assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../src/contributions.ts';
import type { TestedExtension } from '../../src/extension.ts';
import type { BackupResult } from '../../src/configs/backupResult.ts';
import type { SnapshotsTaken } from '../../src/vscode/commands/snapshots/snapshotFiles.ts';
import { acceptUntilDone } from './acceptUntilDone.ts';
import { findExtension, inWorkspace, until } from './extensionUnderTest.ts';
import { recordShown } from './recordShown.ts';
import { withStore } from './withStore.ts';

const secret = 'Tr0ub4dor-3-xyz';

suite('snapshots in trouble', function () {
  this.timeout(90_000); // many files, and questions that wait for a busy machine's windows
  let extension: TestedExtension;
  suiteSetup(async () => {
    extension = await findExtension().activate();
  });
  setup(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const take = (file: string): Thenable<BackupResult | undefined> =>
    vscode.commands.executeCommand(commands.snapshotFile, vscode.Uri.file(file));

  test('a store folder that is removed while it is open is begun anew by the next snapshot', () =>
    withStore(extension, async ({ folder }) => {
      const { vault, view } = extension.internals.snapshots;
      const file = inWorkspace('removed-store.env');
      writeFileSync(file, 'A=1\n');
      assert.ok((await take(file))?.isNew);
      rmSync(folder, { recursive: true });
      assert.ok((await take(file))?.isNew);
      assert.equal(view.tree.roots[0]!.children().length, 1);
      assert.equal(vault.rows.length, 1);
      assert.deepEqual(await vault.read('verify', null), []);
      rmSync(file);
    }));

  test('secret storage that refuses or forgets at once makes no store, and all is well when it works again', () =>
    withStore(extension, async ({ folder }) => {
      const { secrets } = extension.internals;
      const { vault } = extension.internals.snapshots;
      const file = inWorkspace('keyring.env');
      writeFileSync(file, `A_PASSWORD=${secret}\n`);
      const store = secrets.store.bind(secrets);
      for (const failing of [() => Promise.reject(new Error('no keyring')), () => Promise.resolve()])
        try {
          secrets.store = failing;
          assert.equal(await take(file), undefined);
          assert.ok(!existsSync(path.join(folder, 'keyring.json')), 'nothing is sealed with a key that is not kept');
        } finally {
          secrets.store = store;
        }
      const get = secrets.get.bind(secrets);
      assert.ok((await take(file))?.isNew);
      try {
        secrets.get = () => Promise.reject(new Error('no keyring'));
        await assert.rejects(vault.load(), /no keyring/);
        assert.equal(await take(file), undefined);
      } finally {
        secrets.get = get;
      }
      assert.equal((await take(file))?.isNew, false, 'the store is as it was');
      rmSync(file);
    }));

  test('a key that comes back by another window is used at the next command', () =>
    withStore(extension, async ({ keyId, loseKey }) => {
      const { secrets } = extension.internals;
      const { vault } = extension.internals.snapshots;
      const file = inWorkspace('comes-back.env');
      writeFileSync(file, 'A=1\n');
      await take(file);
      const key = await vault.exportKey();
      await loseKey();
      assert.equal((await vault.load()).kind, 'locked');
      await secrets.store(`snapshots.key.${keyId()}`, key);
      assert.equal((await take(file))?.isNew, false);
      rmSync(file);
    }));

  test('a file that changes between the question and the answer is not restored over', () =>
    withStore(extension, async () => {
      const file = inWorkspace('changing.env');
      writeFileSync(file, 'A=1\n');
      const { snapshotId } = (await take(file))!;
      writeFileSync(file, 'A=2\n');
      const listener = vscode.workspace.onDidOpenTextDocument(({ uri }) => {
        // The comparison is shown before the question.
        if (uri.scheme === 'backup-foresight-snapshot') writeFileSync(file, 'A=3, written meanwhile\n');
      });
      try {
        const restored = vscode.commands.executeCommand(commands.restoreSnapshot, {
          snapshot: { id: snapshotId },
          target: vscode.Uri.file(file),
        });
        assert.equal(await acceptUntilDone(restored), undefined);
      } finally {
        listener.dispose();
      }
      assert.equal(readFileSync(file, 'utf8'), 'A=3, written meanwhile\n');
      rmSync(file);
    }));

  test('a folder that is a link out of the workspace is asked for by hand, and left alone by itself', () =>
    withStore(extension, async () => {
      const { vault } = extension.internals.snapshots;
      const outside = mkdtempSync(path.join(tmpdir(), 'outside-'));
      const link = inWorkspace('linked-folder');
      writeFileSync(path.join(outside, 'app.yaml'), `password: ${secret}\n`);
      symlinkSync(outside, link);
      try {
        const summary = await vscode.commands.executeCommand<SnapshotsTaken>(commands.snapshotListedFiles);
        const all = [...summary.taken, ...summary.unchanged, ...summary.failed.map((failed) => failed.path)];
        assert.deepEqual(
          all.filter((file) => file.includes('linked-folder')),
          [],
        );
        const before = vault.rows.length;
        const taken = take(path.join(link, 'app.yaml'));
        assert.equal((await acceptUntilDone(taken))?.isNew, true);
        assert.equal(vault.rows.length, before + 1);
        assert.equal(path.basename(vault.rows[0]!.name), 'app.yaml');
        assert.ok(!vault.rows[0]!.name.includes('linked-folder'), 'what was agreed to is what is kept');
      } finally {
        rmSync(link);
        rmSync(outside, { recursive: true });
      }
    }));

  test('a file that VS Code shows no text of is kept from its tab, and what is on no disk is told', () =>
    withStore(extension, async () => {
      const { vault } = extension.internals.snapshots;
      const { seen, stop } = recordShown(extension.internals.log);
      const told = (text: string): boolean => seen.some(([, shown]) => shown.includes(text));
      const active = (): Thenable<BackupResult | undefined> =>
        vscode.commands.executeCommand(commands.snapshotActiveFile);
      const file = inWorkspace('no-text.env');
      const link = inWorkspace('nowhere.env');
      try {
        writeFileSync(file, Buffer.from(Array.from({ length: 1000 }, (_, at) => at % 256)));
        await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
        await until(
          'its tab is there',
          () => vscode.window.tabGroups.activeTabGroup.activeTab?.label === 'no-text.env',
        );
        assert.ok((await active())?.isNew);
        assert.equal(vault.rows[0]!.name, file);
        await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: 'A=1\n' }));
        assert.equal(await active(), undefined);
        assert.ok(told('Save the file first'));
        symlinkSync(inWorkspace('missing.env'), link);
        assert.equal(await take(link), undefined);
        assert.ok(told('is a link that leads nowhere'));
      } finally {
        stop();
        rmSync(file);
        rmSync(link, { force: true });
        await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      }
    }));

  test('large, binary, empty and oddly named files are kept and come back to the byte', () =>
    withStore(extension, async () => {
      const folder = inWorkspace('odd');
      mkdirSync(folder, { recursive: true });
      const large = Buffer.alloc(20 << 20, `KEY_NAME=${secret} and more\n`);
      const contents: Record<string, Buffer> = {
        'large.env': large,
        'binary.yaml': Buffer.from([0, 255, 254, 1, 2, 0, 10, 200]),
        'empty.ini': Buffer.alloc(0),
        'with\nnewline.env': Buffer.from(`PASSWORD=${secret}\n`),
        'emoji 🔑 [x]{y}*?.env': Buffer.from(`PASSWORD=${secret}\r\n`),
        "quote'd & <b>.env": Buffer.from(`PASSWORD=${secret}`),
      };
      try {
        for (const [name, content] of Object.entries(contents)) {
          const file = path.join(folder, name);
          writeFileSync(file, content);
          const taken = await take(file);
          assert.ok(taken?.isNew, name);
          // A text of this size takes an editor long.
          if (content !== large) await vscode.commands.executeCommand(commands.previewSnapshot, taken.snapshotId);
          const shown = vscode.window.activeTextEditor?.document.getText() ?? '';
          assert.ok(!shown.includes(secret), name);
          writeFileSync(file, 'changed');
          const snapshot = { id: taken.snapshotId };
          const restored = vscode.commands.executeCommand(commands.restoreSnapshot, {
            snapshot,
            target: vscode.Uri.file(file),
          });
          assert.equal(await acceptUntilDone(restored), true, name);
          assert.ok(readFileSync(file).equals(content), name);
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    })).timeout(120_000);

  test('the folder of the settings changes while snapshots are taken: each is in one of the two stores', () =>
    withStore(extension, async ({ folder }) => {
      const { vault } = extension.internals.snapshots;
      const other = `${folder}-other`;
      const files = Array.from({ length: 10 }, (_, at) => inWorkspace(`moving-${at}.env`));
      writeFileSync(files[0]!, 'A=0\n');
      await take(files[0]!);
      const configuration = vscode.workspace.getConfiguration('backupForesight.snapshots');
      const taking = files.map((file, at) => {
        writeFileSync(file, `A=${at}, changed\n`);
        return take(file);
      });
      await configuration.update('folder', other, vscode.ConfigurationTarget.Global);
      const taken = await Promise.all(taking);
      assert.ok(taken.every((result) => result !== undefined));
      await until('the other folder is named', () => vault.folder === other);
      await vault.load();
      const inOther = vault.state.kind === 'ready' ? vault.rows.length : 0;
      await configuration.update('folder', folder, vscode.ConfigurationTarget.Global);
      await until('the first folder is named again', () => vault.folder === folder);
      await vault.load();
      assert.equal(inOther + vault.rows.length, files.length + 1);
      assert.deepEqual(await vault.read('verify', null), []);
      for (const file of files) rmSync(file);
    }));
});
