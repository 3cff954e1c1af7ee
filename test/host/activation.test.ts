import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { views } from '../../src/contributions.ts';
import { findExtension, until, withSetting } from './extensionUnderTest.ts';

suite('activation', () => {
  test('it starts with VS Code, and reads nothing before somebody asks', async () => {
    const { internals } = await findExtension().activate();
    assert.equal(internals.monitor.report, null);
    assert.equal(internals.monitor.isAnalyzing, false);
    assert.equal(internals.worker.thread, null);
  });

  test('a setting that changes is not asking', async () => {
    const { internals } = await findExtension().activate();
    let changes = 0;
    const listener = internals.settings.onDidChange(() => changes++);
    await withSetting('backupForesight.risk.threshold', 0.4, () => Promise.resolve());
    await until('the change and its end are told', () => changes >= 2);
    listener.dispose();
    assert.equal(internals.monitor.wasAsked, false);
    assert.equal(internals.worker.thread, null);
  });

  test('its view, once seen, asks for the first report', async () => {
    const { monitor } = (await findExtension().activate()).internals;
    await vscode.commands.executeCommand(`${views.jobs}.focus`);
    await until('the report is there', () => monitor.report !== null);
  });

  test('the API tells its version', async () => {
    assert.equal((await findExtension().activate()).version, 1);
  });
});
