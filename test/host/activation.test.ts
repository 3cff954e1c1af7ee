import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { views } from '../../src/contributions.ts';
import { findExtension, until } from './extensionUnderTest.ts';

// Asked while the files are loaded, before any test of any file has run.
const wasActiveAtStart = findExtension().isActive;

suite('activation', () => {
  test('VS Code starts without the extension', () => {
    assert.equal(wasActiveAtStart, false);
  });

  test('its view activates it', async () => {
    await vscode.commands.executeCommand(`${views.jobs}.focus`);
    await until('the extension is active', () => findExtension().isActive);
  });

  test('the API tells its version', async () => {
    assert.equal((await findExtension().activate()).version, 1);
  });
});
