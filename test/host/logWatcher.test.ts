import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
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
