import * as assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TestedExtension } from '../../src/extension.ts';
import { extensionWithReport, inWorkspace, until, withSetting } from './extensionUnderTest.ts';
import { genericLog, nightsAgo } from './genericLog.ts';

const threeNights = ['completed', 'failed', 'completed'] as const;

suite('log watcher', () => {
  let extension: TestedExtension;
  suiteSetup(async () => {
    extension = await extensionWithReport();
  });

  const runsOf = (job: string): number => extension.internals.monitor.job(job)?.runs ?? 0;

  test('a log that appears and grows in the workspace is analyzed by itself', async () => {
    const log = inWorkspace('logs', 'watched', 'nightly.jsonl');
    mkdirSync(path.dirname(log), { recursive: true });
    try {
      writeFileSync(log, genericLog('watched-inside', threeNights, nightsAgo(5)));
      await until('the new log is seen', () => runsOf('watched-inside') === 3);
      appendFileSync(log, genericLog('watched-inside', ['failed'], nightsAgo(2)));
      await until('the growth is seen', () => runsOf('watched-inside') === 4);
    } finally {
      rmSync(path.dirname(log), { recursive: true });
    }
    await until('its going is seen', () => runsOf('watched-inside') === 0);
  });

  test('a log outside the workspace is watched too', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'watched-logs-'));
    const log = path.join(folder, 'nightly.jsonl');
    writeFileSync(log, genericLog('watched-outside', threeNights, nightsAgo(5)));
    try {
      await withSetting('backupForesight.logs.paths', [log], async () => {
        await until('the log is read', () => runsOf('watched-outside') === 3);
        appendFileSync(log, genericLog('watched-outside', ['failed'], nightsAgo(2)));
        await until('the growth is seen', () => runsOf('watched-outside') === 4);
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('a folder that is added to the workspace is watched too', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'second-folder-'));
    const log = path.join(folder, 'logs', 'nightly.jsonl');
    mkdirSync(path.dirname(log));
    writeFileSync(log, genericLog('watched-second', threeNights, nightsAgo(5)));
    try {
      assert.ok(vscode.workspace.updateWorkspaceFolders(1, 0, { uri: vscode.Uri.file(folder) }));
      await until('its log is read', () => runsOf('watched-second') === 3);
      appendFileSync(log, genericLog('watched-second', ['failed'], nightsAgo(2)));
      await until('the growth is seen', () => runsOf('watched-second') === 4);
    } finally {
      vscode.workspace.updateWorkspaceFolders(1, 1);
      await until('it is gone with its folder', () => runsOf('watched-second') === 0);
      rmSync(folder, { recursive: true });
    }
  });

  test('a run that lands is in tree, status bar and problems', async () => {
    const { jobsView, statusBar } = extension.internals;
    const log = inWorkspace('logs', 'landing.jsonl');
    writeFileSync(log, genericLog('landing', ['completed', 'completed', 'completed'], nightsAgo(13)));
    try {
      await until('the log is read', () => runsOf('landing') === 3);
      const shown = statusBar.item.text;
      const describe = (): unknown => jobsView.tree.roots.find(({ id }) => id === 'landing')?.item().description;
      const described = describe();
      appendFileSync(
        log,
        genericLog(
          'landing',
          Array.from({ length: 9 }, () => 'failed' as const),
          nightsAgo(10),
        ),
      );
      await until('the tree', () => describe() !== described);
      await until('a problem', () =>
        vscode.languages.getDiagnostics(vscode.Uri.file(log)).some(({ code }) => code === 'failure'),
      );
      await until('the status bar', () => statusBar.item.text !== shown);
    } finally {
      rmSync(log);
    }
    await until('its going is seen', () => runsOf('landing') === 0);
  });

  test('nothing is analyzed by itself when watching is off', async () => {
    const { monitor } = extension.internals;
    const log = inWorkspace('logs', 'unwatched.jsonl');
    await withSetting('backupForesight.analysis.watch', false, async () => {
      await until('the change of the setting has settled', () => !monitor.isAnalyzing);
      await monitor.analyze();
      let analyses = 0;
      const listener = monitor.onDidChange(() => analyses++);
      writeFileSync(log, genericLog('unwatched', threeNights, nightsAgo(5)));
      await new Promise((resolve) => setTimeout(resolve, 2500));
      listener.dispose();
      if (analyses > 0) throw new Error(`${analyses} changes of state`);
    });
    rmSync(log);
  });
});
