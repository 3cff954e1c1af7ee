import * as assert from 'node:assert/strict';
import { globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../src/contributions.ts';
import type { TestedExtension } from '../../src/extension.ts';
import type { BackupResult } from '../../src/configs/backupResult.ts';
import { readLabelledFiles, type LabelledFile } from '../unit/configs/secrets/labelledFiles.ts';
import { acceptUntilDone } from './acceptUntilDone.ts';
import { findExtension, inWorkspace } from './extensionUnderTest.ts';
import { withStore } from './withStore.ts';

/** Shorter ones occur in any text by chance. */
const shortestSecret = 8;

/** The ways in which a secret could still be read. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const forms = [
    secret,
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
  suiteSetup(async () => {
    extension = await findExtension().activate();
    folder = inWorkspace('leaks');
    mkdirSync(folder, { recursive: true });
  });
  suiteTeardown(() => rmSync(folder, { recursive: true }));

  test('all flows over all labelled configurations', async function () {
    this.timeout(240_000);
    await withStore(extension, async ({ folder: store }) => {
      const { snapshots, globalState, workspaceState, logUri } = extension.internals;
      const seen: [string, string][] = [];
      const files = readLabelledFiles(path.join(findExtension().extensionPath, 'test', 'fixtures', 'secrets'));
      const readable = readableIn(files);
      const secrets = new Set<string>();
      // What the detection misses in one file may be found in another; its own tests tell of that.
      const missed = new Set<string>();
      const listener = vscode.workspace.onDidOpenTextDocument((document) => {
        if (document.uri.scheme === 'backup-foresight-snapshot') seen.push([document.uri.path, document.getText()]);
      });
      for (const labelled of files) {
        const file = path.join(folder, labelled.name);
        const uri = vscode.Uri.file(file);
        writeFileSync(file, labelled.text);
        const { snapshotId: id } = await vscode.commands.executeCommand<BackupResult>(commands.snapshotFile, uri);
        const { text } = await snapshots.vault.read('maskedText', { id });
        for (const { start, end } of labelled.secrets) {
          const secret = labelled.text.slice(start, end);
          if (text?.includes(secret) === true) missed.add(secret);
        }
        for (const secret of secretsOf(labelled, text ?? '')) if (!readable.includes(secret)) secrets.add(secret);
        await vscode.commands.executeCommand(commands.previewSnapshot, id);
        writeFileSync(file, `${labelled.text}\n\n`);
        await vscode.commands.executeCommand(commands.compareSnapshotWithCurrent, id);
        await vscode.commands.executeCommand(commands.snapshotFile, uri);
        await snapshots.vault.read('keys', { id });
      }
      const [first] = files;
      const file = vscode.Uri.file(path.join(folder, first!.name));
      const oldest = snapshots.vault.rows.find(({ name }) => name === file.fsPath)!;
      const restored = vscode.commands.executeCommand<boolean>(commands.restoreSnapshot, {
        snapshot: { id: oldest.id },
        target: file,
      });
      await acceptUntilDone(restored);
      await acceptUntilDone(vscode.commands.executeCommand(commands.rotateSnapshotKey));
      assert.equal(await vscode.commands.executeCommand(commands.verifySnapshots), true);
      // Refusals, whose words must not repeat what was read.
      await vscode.commands.executeCommand(commands.snapshotFile, vscode.Uri.file(path.join(folder, 'missing.env')));
      await vscode.commands.executeCommand(commands.snapshotFile, vscode.Uri.file(folder));
      listener.dispose();
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');

      for (const secret of missed) secrets.delete(secret);
      assert.ok(secrets.size > 100, `only ${secrets.size} secrets`);
      assert.ok(seen.length > files.length, 'documents were opened');
      for (const state of [globalState, workspaceState])
        for (const key of state.keys()) seen.push([`state ${key}`, JSON.stringify(state.get(key))]);
      seen.push(['tree', JSON.stringify(treeTexts(extension))]);
      for (const root of [store, path.dirname(logUri.fsPath)])
        for (const written of globSync('**/*', { cwd: root })) {
          const at = path.join(root, written);
          if (statSync(at).isFile()) seen.push([at, readFileSync(at, 'latin1')]);
        }
      const leaks = [...secrets].flatMap((secret, number) =>
        formsOf(secret).flatMap((form, kind) =>
          seen.filter(([, text]) => text.includes(form)).map(([where]) => `secret ${number}, form ${kind}: ${where}`),
        ),
      );
      assert.deepEqual(leaks, []);
    });
  });
});

/** Everything that the tree shows of every node. */
function treeTexts({ internals }: TestedExtension): unknown[] {
  const { tree } = internals.snapshots.view;
  const texts = (nodes: ReturnType<typeof tree.getChildren>): unknown[] =>
    nodes.flatMap((node) => [node.item().label, node.item().description, node.tooltip(), ...texts(node.children())]);
  return texts([...tree.roots]);
}
