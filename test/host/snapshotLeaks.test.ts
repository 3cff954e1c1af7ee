import * as assert from 'node:assert/strict';
import { globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { commands } from '../../src/contributions.ts';
import type { TestedExtension } from '../../src/extension.ts';
import type { BackupResult } from '../../src/configs/backupResult.ts';
import { readLabelledFiles, type LabelledFile } from '../unit/configs/secrets/labelledFiles.ts';
import { acceptUntilDone } from './acceptUntilDone.ts';
import { findExtension, inWorkspace, until } from './extensionUnderTest.ts';
import { recordShown } from './recordShown.ts';
import { withStore } from './withStore.ts';

/** Shorter ones occur in any text by chance. */
const shortestSecret = 8;

/** Of so many files one value is revealed, its history listed, and a comparison put beside it. */
const mostAsked = 8;

/** Of the documents that show configurations with masks. */
const scheme = 'backup-foresight-snapshot';

const passphrase = 'Plum-harbour! seven tin boats';
const wrongPassphrase = 'Plum-harbour! seven tin coats';

/** The ways in which a secret could still be read. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const forms = [
    secret,
    bytes.toString('latin1'), // as it stands in a file whose bytes are read as one character each
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ];
  return [...new Set(forms)];
}

/** The secrets of a file that are found; the others are for the tests of the detection. */
function secretsOf({ text, secrets }: LabelledFile, masked: string): string[] {
  return [...new Set(secrets.map(({ start, end }) => text.slice(start, end)))].filter(
    (secret) => secret.length >= shortestSecret && !masked.includes(secret),
  );
}

/** What stands in the files outside of secrets. A word that is a password in one may be a user's name in another. */
function readableIn(files: readonly LabelledFile[]): string {
  return files
    .map(({ text, secrets }) =>
      secrets.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text),
    )
    .join('\n');
}

suite('nothing of a secret is left anywhere', () => {
  let extension: TestedExtension;
  let folder: string;
  let files: LabelledFile[];
  suiteSetup(async () => {
    extension = await findExtension().activate();
    files = readLabelledFiles(path.join(findExtension().extensionPath, 'test', 'fixtures', 'secrets'));
    folder = inWorkspace('leaks');
    mkdirSync(folder, { recursive: true });
  });
  suiteTeardown(() => rmSync(folder, { recursive: true }));

  /** One step with every file, all at once: each waits for the store, and none for the others. */
  const withEach = <T>(step: (file: LabelledFile, uri: vscode.Uri, at: number) => T | Thenable<T>): Promise<T[]> =>
    Promise.all(files.map((file, at) => step(file, vscode.Uri.file(path.join(folder, file.name)), at)));

  /** Types answers into the questions as they come, whatever becomes of them. */
  async function answer(command: Thenable<unknown>, ...answers: string[]): Promise<void> {
    const { questions } = extension.internals.snapshots;
    for (const text of answers) {
      const box = await until('a question', () => questions.box);
      const isDone = (): boolean => questions.box !== box || box.validationMessage !== undefined;
      box.validationMessage = undefined;
      box.value = text;
      await until('the answer is taken or refused', async () => {
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        await sleep(200);
        return isDone();
      });
    }
    await command;
  }

  test('all flows over all labelled configurations', async function () {
    this.timeout(240_000);
    await withStore(extension, async ({ folder: store, forgetKey }) => {
      const { snapshots, globalState, workspaceState, logUri } = extension.internals;
      const { vault } = snapshots;
      const { seen, stop } = recordShown(extension.internals.log);
      const readable = readableIn(files);
      const secrets = new Set<string>();
      // What the detection misses in one file may be found in another; its own tests tell of that.
      const missed = new Set<string>();
      const listener = vscode.workspace.onDidOpenTextDocument((document) => {
        if (document.uri.scheme === scheme) seen.push([document.uri.path, document.getText()]);
      });
      const ids = await withEach(async ({ text }, uri) => {
        writeFileSync(uri.fsPath, text);
        return (await vscode.commands.executeCommand<BackupResult>(commands.snapshotFile, uri)).snapshotId;
      });
      await withEach(async (labelled, _, at) => {
        const text = (await vault.read('maskedText', { id: ids[at]! })).text ?? '';
        for (const { start, end } of labelled.secrets) {
          const secret = labelled.text.slice(start, end);
          if (text.includes(secret)) missed.add(secret);
        }
        for (const secret of secretsOf(labelled, text)) if (!readable.includes(secret)) secrets.add(secret);
      });
      for (const secret of missed) secrets.delete(secret);
      await withEach((_, _uri, at) => vscode.commands.executeCommand(commands.previewSnapshot, ids[at]));

      await withEach(({ text }, uri) => writeFileSync(uri.fsPath, `${text}\n\n`));
      // Each comparison by the address of its two documents; a few in a diff editor, which takes its time.
      await withEach(async ({ name }, uri, at) => {
        const comparison = { kind: 'current', before: ids[at], config: { type: 'file', name: uri.fsPath } };
        for (const side of ['before', 'after'])
          await vscode.workspace.openTextDocument(
            vscode.Uri.from({ scheme, path: `/all/${name}`, query: JSON.stringify({ comparison, side }) }),
          );
      });
      for (const id of ids.slice(0, mostAsked))
        await vscode.commands.executeCommand(commands.compareSnapshotWithCurrent, id);
      await withEach((_, uri) => vscode.commands.executeCommand(commands.snapshotFile, uri));

      const keys = await withEach((_, _uri, at) => vault.read('keys', { id: ids[at]! }));
      seen.push(['keys', JSON.stringify(keys)]);
      const asked = files.flatMap(({ name }, at) => {
        const sealed = keys[at]!.find(({ isSecret }) => isSecret);
        return sealed ? [{ name, id: ids[at]!, key: sealed.key }] : [];
      });
      for (const { name, id, key } of asked.slice(0, mostAsked)) {
        // The value goes to the clipboard, which is what is asked for, and nowhere else.
        assert.equal(
          await vscode.commands.executeCommand(commands.revealSnapshotValue, { snapshot: { id }, key }),
          true,
        );
        const config = { type: 'file', name: path.join(folder, name) };
        await vscode.commands.executeCommand(commands.showSnapshotKeyHistory, { config, key });
      }
      await snapshots.clipboard.takeBack();
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');

      // A list of all keys with their values, which is closed without an answer.
      const lists = (): number => seen.filter(([where]) => where === 'showQuickPick').length;
      const before = lists();
      let isClosed = false;
      const file = vscode.Uri.file(path.join(folder, files[0]!.name));
      void vscode.commands
        .executeCommand(commands.showSnapshotKeyHistory, { config: { type: 'file', name: file.fsPath } })
        .then(() => (isClosed = true));
      await until('the keys are listed', async () => {
        if (lists() > before) await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
        return isClosed;
      });

      const snapshot = { id: ids[0] };
      await acceptUntilDone(vscode.commands.executeCommand(commands.restoreSnapshot, { snapshot, target: file }));

      // The key and its passphrase are secrets as well.
      for (const secret of [passphrase, wrongPassphrase, await vault.exportKey()]) secrets.add(secret);
      const setUp = vscode.commands.executeCommand(commands.setUpSnapshotRecovery);
      await answer(setUp, passphrase, wrongPassphrase, passphrase);
      await forgetKey();
      await vault.load();
      await assert.rejects(vault.unlock(wrongPassphrase));
      await vault.unlock(passphrase);
      const broken = path.join(store, '..', 'broken key');
      writeFileSync(broken, `${(await vault.exportKey()).slice(0, -3)}AAA\n`);
      await vscode.commands.executeCommand(commands.importSnapshotKey, vscode.Uri.file(broken));
      rmSync(broken);
      await acceptUntilDone(vscode.commands.executeCommand(commands.rotateSnapshotKey));
      secrets.add(await vault.exportKey());
      assert.equal(await vscode.commands.executeCommand(commands.verifySnapshots), true);

      // Refusals, whose words must not repeat what was read.
      await vscode.commands.executeCommand(commands.snapshotFile, vscode.Uri.file(path.join(folder, 'missing.env')));
      await vscode.commands.executeCommand(commands.snapshotFile, vscode.Uri.file(folder));
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await vscode.commands.executeCommand(commands.showRiskReport);
      await until('the report is sent to its page', () => seen.some(([where]) => where === 'webview message'));
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      listener.dispose();
      stop();
      for (const where of [
        'showInformationMessage',
        'showWarningMessage',
        'showQuickPick',
        'createInputBox',
        'setStatusBarMessage',
        'log',
      ])
        assert.ok(
          seen.some(([shown]) => shown === where),
          `nothing was recorded of ${where}`,
        );
      assert.ok(secrets.size > 100, `only ${secrets.size} secrets`);
      const documents = new Set(seen.filter(([where]) => where.startsWith('/')).map(([where]) => where));
      assert.ok(documents.size >= 2 * files.length, `only ${documents.size} documents`);

      for (const state of [globalState, workspaceState])
        for (const key of state.keys()) seen.push([`state ${key}`, JSON.stringify(state.get(key))]);
      seen.push(['tree', JSON.stringify(treeTexts(extension))]);
      seen.push(['problems', JSON.stringify(vscode.languages.getDiagnostics())]);
      seen.push(...filesIn(store), ...filesIn(path.dirname(logUri.fsPath)));
      const leaks = [...secrets].flatMap((secret, number) =>
        formsOf(secret).flatMap((form, kind) =>
          seen.filter(([, text]) => text.includes(form)).map(([where]) => `secret ${number}, form ${kind}: ${where}`),
        ),
      );
      assert.deepEqual(leaks, []);
    });
  });
});

/** Every file below a folder with its bytes, each as one character. */
function filesIn(root: string): [string, string][] {
  return globSync('**/*', { cwd: root })
    .map((name) => path.join(root, name))
    .filter((file) => statSync(file).isFile())
    .map((file) => [file, readFileSync(file, 'latin1')]);
}

/** Everything that the tree shows of every node. */
function treeTexts({ internals }: TestedExtension): unknown[] {
  const { tree } = internals.snapshots.view;
  const texts = (nodes: ReturnType<typeof tree.getChildren>): unknown[] =>
    nodes.flatMap((node) => [node.item().label, node.item().description, node.tooltip(), ...texts(node.children())]);
  return texts([...tree.roots]);
}
