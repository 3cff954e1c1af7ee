import * as assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { commands } from '../../src/contributions.ts';
import type { TestedExtension } from '../../src/extension.ts';
import { findExtension, inWorkspace, until } from './extensionUnderTest.ts';
import { withStore } from './withStore.ts';

const minuteMs = 60_000;

suite('configuration changes before failures', () => {
  let extension: TestedExtension;
  suiteSetup(async () => {
    extension = await findExtension().activate();
    mkdirSync(inWorkspace('logs'), { recursive: true });
  });

  const log = inWorkspace('logs', 'shop-db.jsonl');
  const config = inWorkspace('shop-db.yaml');
  const record = (at: number, status: 'completed' | 'failed'): string =>
    `${JSON.stringify({ backup_id: 'shop-db', status, start_time: new Date(at).toISOString(), duration_seconds: 1 })}\n`;
  const snapshot = (): Thenable<unknown> =>
    vscode.commands.executeCommand(commands.snapshotFile, vscode.Uri.file(config));
  const changesNode = () =>
    extension.internals.jobsView.tree.roots
      .find(({ id }) => id === 'shop-db')
      ?.children()
      .find((node) => node.item().label === 'Changed before it broke');

  test('what snapshots saw between the last good and the first bad run stands under the job', () =>
    withStore(extension, async () => {
      const { monitor, configChanges } = extension.internals;
      try {
        writeFileSync(config, 'host: db1\npassword: hunter2-old\n');
        await snapshot();
        await sleep(20);
        const good = Date.now();
        await sleep(20);
        writeFileSync(config, 'host: db2\npassword: hunter2-new\n');
        await snapshot();
        await sleep(20);
        const earlier = [4, 3, 2, 1].map((ago) => record(good - ago * minuteMs, 'completed')).join('');
        writeFileSync(log, earlier + record(good, 'completed') + record(Date.now(), 'failed'));
        await monitor.analyze();
        const group = await until('the changes stand under the job', changesNode);
        assert.deepEqual(
          group.children().map((node) => [node.item().label, node.item().description]),
          [
            ['shop-db.yaml: host', 'changed'],
            ['shop-db.yaml: password', 'changed'],
          ],
        );
        const told = JSON.stringify([configChanges.of('shop-db'), group.children().map((node) => node.tooltip())]);
        assert.ok(!told.includes('hunter2') && !told.includes('db2'), 'values are told');

        writeFileSync(log, earlier + record(good, 'completed') + record(Date.now(), 'completed'));
        await monitor.analyze();
        await until('a job that works again has none', () => changesNode() === undefined);
      } finally {
        rmSync(log, { force: true });
        rmSync(config, { force: true });
        await monitor.analyze();
      }
    }));
});
