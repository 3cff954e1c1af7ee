import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { views } from '../../src/contributions.ts';
import { findExtension, until } from './extensionUnderTest.ts';

suite('activation', () => {
  test('it starts with VS Code, and reads nothing before somebody asks', async () => {
    const { internals } = await findExtension().activate();
    assert.equal(internals.monitor.report, null);
    assert.equal(internals.monitor.isAnalyzing, false);
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
