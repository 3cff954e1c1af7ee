import * as assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { Prediction, RiskReport } from '../../src/backups/report.ts';
import { commands } from '../../src/contributions.ts';
import type { TestedExtension } from '../../src/extension.ts';
import type { ReportPage, ReportStatus } from '../../src/protocol/reportPage.ts';
import { acceptUntilDone } from './acceptUntilDone.ts';
import { extensionWithReport, until } from './extensionUnderTest.ts';
import { genericLog, nightsAgo } from './genericLog.ts';
import { recordShown } from './recordShown.ts';

suite('commands', () => {
  let extension: TestedExtension;
  suiteSetup(async () => {
    extension = await extensionWithReport();
  });
  teardown(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  test('every command is registered', async () => {
    const registered = await vscode.commands.getCommands(true);
    for (const id of Object.values(commands)) assert.ok(registered.includes(id), id);
  });

  test('Analyze Backup Logs makes a new report, which tree, badge and status bar show', async () => {
    const { monitor, jobsView, statusBar } = extension.internals;
    const before = monitor.report;
    const report = await vscode.commands.executeCommand<RiskReport>(commands.analyzeBackupLogs);
    assert.notEqual(report, before);
    assert.equal(report, monitor.report);
    assert.deepEqual(
      jobsView.tree.roots.map((node) => node.id),
      report.jobs.map((job) => job.id),
    );
    const atRisk = report.jobs.filter((job) => job.prediction?.decision.action === 'delay_or_manual').length;
    assert.equal(jobsView.view.badge?.value ?? 0, atRisk);
    assert.equal(statusBar.item.text, `$(shield) ${atRisk} of ${report.jobs.length} at risk`);
  });

  test('Show Risk Report opens one panel, which asks for its data', async () => {
    const { panel } = extension.internals;
    await vscode.commands.executeCommand(commands.showRiskReport);
    await until('the page is ready', () => panel.isReady);
    await vscode.commands.executeCommand(commands.showRiskReport, extension.internals.jobsView.tree.roots[0]);
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    assert.equal(tabs.filter((tab) => tab.input instanceof vscode.TabInputWebview).length, 1);
  });

  test('the report asks again after it was hidden', async () => {
    const { panel } = extension.internals;
    await vscode.commands.executeCommand(commands.showRiskReport);
    await until('the page is ready', () => panel.isReady);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: 'in front' }));
    await until('the page is gone', () => !panel.isReady);
    await vscode.commands.executeCommand(commands.showRiskReport);
    await until('the page is ready again', () => panel.isReady);
  });

  test('an analysis that is cancelled leaves the open report as it was', async () => {
    const { panel, monitor, log } = extension.internals;
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until('the panel is closed', () => !panel.isOpen);
    const recording = recordShown(log);
    /** What the page was told of one kind, oldest first. */
    const told = (method: keyof ReportPage): unknown[] =>
      recording.seen
        .filter(([where]) => where === 'webview message')
        .map(([, json]) => JSON.parse(json) as { method?: string; request?: unknown })
        .filter((posted) => posted.method === method)
        .map(({ request }) => request);
    try {
      await vscode.commands.executeCommand(commands.showRiskReport);
      await until('the page is ready', () => panel.isReady);
      await until('nothing else goes on', () => !monitor.isAnalyzing);
      recording.seen.length = 0;
      const analysis = monitor.analyze();
      // Again and again: one that a watcher has started may go before it.
      const cancelling = setInterval(() => monitor.cancel(), 1);
      const report = await analysis.finally(() => clearInterval(cancelling));
      assert.equal(report, null);
      const quiet: ReportStatus = { analyzing: false, progress: null, error: null };
      await until('the page is told that it ended', () => isDeepStrictEqual(told('status').at(-1), quiet));
      assert.ok(told('status').some((status) => (status as ReportStatus).analyzing));
      assert.deepEqual(told('show'), []);
      assert.ok(panel.isReady);
    } finally {
      recording.stop();
    }
  });

  test('Open Log at Run opens the log of a tree item at its line', async () => {
    const job = extension.internals.monitor.report!.jobs[0]!;
    const run = job.recentRuns.at(-1)!;
    await vscode.commands.executeCommand(commands.openLogAtRun, run);
    const editor = vscode.window.activeTextEditor!;
    assert.equal(editor.document.uri.fsPath, run.source.path);
    assert.equal(editor.selection.active.line, run.source.line - 1);
  });

  test('Open Log at Run lets a person choose the job and the run', async () => {
    const opened = vscode.commands.executeCommand(commands.openLogAtRun);
    await acceptUntilDone(opened);
    const newest = extension.internals.monitor.report!.jobs[0]!.recentRuns[0]!;
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, newest.source.path);
  });

  test('a log that is gone is said in words, and the command ends', async () => {
    const gone = { path: path.join(tmpdir(), 'no-such.log'), line: 1 };
    assert.equal(await vscode.commands.executeCommand(commands.openLogAtRun, gone), undefined);
    assert.equal(vscode.window.activeTextEditor, undefined);
  });

  test('Predict Next Backup asks for the job and its estimates, and answers with reasons', async () => {
    const predicted = vscode.commands.executeCommand<Prediction>(commands.predictNextBackup);
    const prediction = await acceptUntilDone(predicted);
    assert.ok(prediction.failureProbability > 0 && prediction.failureProbability < 1);
    const [low, high] = prediction.interval;
    assert.ok(low <= prediction.failureProbability && prediction.failureProbability <= high);
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  });

  test('Predict Next Backup of an unknown job ends without a result', async () => {
    assert.equal(await vscode.commands.executeCommand(commands.predictNextBackup, 'no such job'), undefined);
  });

  test('Choose Log Files adds a folder outside the workspace, and its jobs appear', async () => {
    const { monitor } = extension.internals;
    const folder = mkdtempSync(path.join(tmpdir(), 'chosen-logs-'));
    const configuration = vscode.workspace.getConfiguration('backupForesight.logs');
    try {
      writeFileSync(
        path.join(folder, 'nightly.jsonl'),
        genericLog('chosen-job', ['completed', 'failed', 'completed'], nightsAgo(4)),
      );
      await vscode.commands.executeCommand(commands.chooseLogFiles, [vscode.Uri.file(folder)]);
      await until('the job from outside', () => monitor.job('chosen-job'));
    } finally {
      await configuration.update('paths', undefined, vscode.ConfigurationTarget.Global);
      rmSync(folder, { recursive: true });
    }
    await until('the job is gone again', () => !monitor.job('chosen-job'));
  });

  test('Show Log shows the output channel', async () => {
    await vscode.commands.executeCommand(commands.showLog);
    await until('the log is open', () =>
      vscode.workspace.textDocuments.some((document) => document.uri.scheme === 'output'),
    );
  });
});
