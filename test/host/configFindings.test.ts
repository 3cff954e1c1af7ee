import * as assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../src/contributions.ts';
import type { TestedExtension } from '../../src/extension.ts';
import { badgedUri, countedUri } from '../../src/vscode/views/driftBadges.ts';
import { findExtension, inWorkspace, until } from './extensionUnderTest.ts';
import { withStore } from './withStore.ts';

suite('findings of configuration files', () => {
  let extension: TestedExtension;
  suiteSetup(async () => {
    extension = await findExtension().activate();
  });

  const problemsOf = (file: string): string[] =>
    vscode.languages.getDiagnostics(vscode.Uri.file(file)).map(({ code }) => (typeof code === 'string' ? code : ''));

  test('a kept file that has changed has a badge, and so has one that is gone', () =>
    withStore(extension, async () => {
      const { badges, findings, vault } = extension.internals.snapshots;
      const file = inWorkspace('drifting.env');
      writeFileSync(file, 'PORT=1\n');
      await vscode.commands.executeCommand(commands.snapshotFile, vscode.Uri.file(file));
      await until('the file is as it was kept', () => findings.driftOf(file)?.state === 'same');
      assert.equal(badges.provideFileDecoration(badgedUri(file)), undefined);
      writeFileSync(file, 'PORT=2\n');
      await vault.load();
      await until('the change is seen', () => findings.driftOf(file)?.state === 'changed');
      assert.equal(badges.provideFileDecoration(badgedUri(file))?.badge, 'M');
      const [config] = extension.internals.snapshots.view.tree.roots[0]!.children();
      const { accessibilityInformation } = config!.item();
      assert.match(accessibilityInformation!.label, /^drifting\.env, .*Changed since the last snapshot.*1$/);
      assert.equal(badges.provideFileDecoration(vscode.Uri.file(file)), undefined, 'the Explorer is left alone');
      rmSync(file);
      await vault.load();
      await until('its going is seen', () => findings.driftOf(file)?.state === 'gone');
      assert.equal(badges.provideFileDecoration(badgedUri(file))?.badge, 'D');
    }));

  test('a snapshot has a badge with how many values changed with it', () =>
    withStore(extension, async () => {
      const { badges, view } = extension.internals.snapshots;
      const file = inWorkspace('counted.env');
      for (const text of ['A=1\nB=1\n', 'A=2\nB=2\n', '# only a comment\nA=2\nB=2\n']) {
        writeFileSync(file, text);
        await vscode.commands.executeCommand(commands.snapshotFile, vscode.Uri.file(file));
      }
      const items = view.tree.roots[0]!.children()[0]!
        .children()
        .map((node) => node.item());
      assert.deepEqual(
        items.map(({ accessibilityInformation }) => accessibilityInformation?.label.replace(/.*:\d\d, /, '')),
        ['no secret, changed: 0', 'no secret, changed: 2', 'no secret'],
      );
      const badgeOf = ({ resourceUri }: vscode.TreeItem): string | undefined =>
        resourceUri && badges.provideFileDecoration(resourceUri)?.badge;
      assert.deepEqual(items.map(badgeOf), [undefined, '2', undefined]);
      assert.equal(badges.provideFileDecoration(countedUri('0', 100))?.badge, '9+');
    }));

  test('a store in a git work tree is told, until git ignores it', () =>
    withStore(extension, async ({ folder }) => {
      const { findings, vault } = extension.internals.snapshots;
      const around = path.dirname(folder);
      execFileSync('git', ['-C', around, 'init', '-q']);
      const file = inWorkspace('in-git.env');
      writeFileSync(file, 'PORT=1\n');
      await vscode.commands.executeCommand(commands.snapshotFile, vscode.Uri.file(file));
      await until('it is found', () => findings.storeWorkTree === realpathSync(around));
      await until('it is a problem', () => problemsOf(path.join(folder, 'head.json')).join() === 'storeInGit');
      writeFileSync(path.join(around, '.gitignore'), 'snapshots/\n');
      await vault.load();
      await until('it is none any more', () => findings.storeWorkTree === null);
      await until('the problem is gone', () => problemsOf(path.join(folder, 'head.json')).length === 0);
    }));

  test('secrets in a file that git tracks are a problem, and so are copies in Local History until it is excluded', () =>
    withStore(extension, async () => {
      const file = inWorkspace('tracked.env');
      writeFileSync(file, 'PORT=1\nPASSWORD=x1y2z3w4\n');
      const git = (...parts: string[]): Buffer => execFileSync('git', ['-C', inWorkspace(), ...parts]);
      git('init', '-q');
      try {
        git('add', file);
        await vscode.commands.executeCommand(commands.snapshotFile, vscode.Uri.file(file));
        await until('both problems', () => problemsOf(file).sort().join() === 'localHistory,tracked');
        await vscode.workspace.openTextDocument(vscode.Uri.file(file));
        const fixes = await vscode.commands.executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          vscode.Uri.file(file),
          new vscode.Range(0, 0, 0, 1),
          vscode.CodeActionKind.QuickFix.value,
        );
        const fix = fixes.find(({ command }) => command?.command === commands.excludeFromLocalHistory);
        assert.equal(fix?.title, 'Exclude This File from Local History');
        await vscode.commands.executeCommand(fix.command!.command, ...(fix.command!.arguments as unknown[]));
        await until('only one is left', () => problemsOf(file).join() === 'tracked');
        const [problem] = vscode.languages.getDiagnostics(vscode.Uri.file(file));
        assert.equal(problem!.range.start.line, 1, 'the line of the secret');
      } finally {
        const configuration = vscode.workspace.getConfiguration('workbench.localHistory');
        await configuration.update('exclude', undefined, vscode.ConfigurationTarget.Workspace);
        rmSync(inWorkspace('.git'), { recursive: true });
        rmSync(file);
      }
    }));
});
