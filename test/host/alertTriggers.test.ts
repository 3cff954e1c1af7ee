import * as assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TestedExtension } from '../../src/extension.ts';
import { SharedRecord } from '../../src/files/sharedRecord.ts';
import { Alerts } from '../../src/vscode/alerts/alerts.ts';
import type { ToldAt } from '../../src/vscode/alerts/dueAlerts.ts';
import { ToldAlerts } from '../../src/vscode/alerts/toldAlerts.ts';
import type { Concern } from '../../src/vscode/findings/findConcerns.ts';
import { extensionWithReport, inWorkspace, until, withSetting } from './extensionUnderTest.ts';
import { recordShown } from './recordShown.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** The lines of a job that has run nightly, the last time so long ago. */
function nightly(job: string, lastRunAgoMs: number, nights: (night: number) => Record<string, unknown>): string {
  const lines = Array.from({ length: 40 }, (_, night) =>
    JSON.stringify({
      backup_id: job,
      status: 'completed',
      start_time: new Date(Date.now() - lastRunAgoMs - (39 - night) * dayMs).toISOString(),
      duration_seconds: 600 + (night % 7),
      size_bytes: 5_000_000_000 + (night % 5) * 1_000_000,
      ...nights(night),
    }),
  );
  return `${lines.join('\n')}\n`;
}

/** A log that crosses each limit, and what is said of it. */
const crossings = [
  {
    kind: 'risk',
    text: /^trigger-risk: The next run will fail with a probability of \d+ %/,
    log: nightly('trigger-risk', hourMs, (night) => ({ status: night < 25 ? 'completed' : 'failed' })),
  },
  {
    kind: 'anomaly',
    text: /^trigger-anomaly: /,
    log: nightly('trigger-anomaly', hourMs, (night) => (night < 39 ? {} : { size_bytes: 90_000_000 })),
  },
  { kind: 'overdue', text: /^trigger-overdue: /, log: nightly('trigger-overdue', 2.5 * dayMs, () => ({})) },
  {
    kind: 'full',
    text: /^trigger-full: /,
    log: nightly('trigger-full', hourMs, (night) => ({ size_bytes: 5e9 + night * 1e8 + (night % 3) * 1e6 })),
  },
] as const;

suite('triggers of alerts', () => {
  let extension: TestedExtension;
  let listener: vscode.Disposable;
  let recording: ReturnType<typeof recordShown>;
  let told: string[] = [];
  const logOf = (kind: string): string => inWorkspace('logs', 'triggers', `trigger-${kind}.jsonl`);
  const ofTest = ({ job }: Pick<Concern, 'job'>): boolean => job.startsWith('trigger-');
  /** The notifications that name a job: their text and their buttons. */
  const notifications = (job: string): string[][] =>
    recording.seen
      .filter(([name, values]) => name === 'showWarningMessage' && values.includes(job))
      .map(([, values]) => JSON.parse(values) as string[]);
  const isOpen = (kind: string): boolean =>
    extension.internals.findings.concerns.open.some(
      (concern) => concern.kind === kind && concern.job === `trigger-${kind}`,
    );

  suiteSetup(async () => {
    extension = await extensionWithReport();
    mkdirSync(inWorkspace('logs', 'triggers'), { recursive: true });
    const { alertSystem, log } = extension.internals;
    // What the sample workspace gives to tell is told before.
    await alertSystem.alerts.look();
    recording = recordShown(log);
    listener = alertSystem.onDidTell((alerts) => {
      told.push(...alerts.filter(ofTest).map(({ kind, job }) => `${kind} of ${job}`));
    });
    const capacities = { 'trigger-full': '9.5 GB' };
    await vscode.workspace
      .getConfiguration()
      .update('backupForesight.storage.capacities', capacities, vscode.ConfigurationTarget.Global);
    await until('the setting', () => extension.internals.settings.current.capacities.length === 1);
  });
  setup(() => {
    told = [];
    recording.seen.length = 0;
  });
  suiteTeardown(async () => {
    recording.stop();
    listener.dispose();
    await vscode.workspace
      .getConfiguration()
      .update('backupForesight.storage.capacities', undefined, vscode.ConfigurationTarget.Global);
    rmSync(inWorkspace('logs', 'triggers'), { recursive: true });
    await vscode.commands.executeCommand('notifications.clearAll');
    await extension.internals.monitor.analyze();
  });

  for (const { kind, text, log } of crossings)
    test(`${kind} is told in one notification, with the ways on from there, and once`, async () => {
      const { monitor, alertSystem } = extension.internals;
      writeFileSync(logOf(kind), log);
      await monitor.analyze();
      await until('the alert', () => told.length > 0);
      const job = `trigger-${kind}`;
      await monitor.analyze();
      await alertSystem.alerts.look();
      assert.deepEqual(told, [`${kind} of ${job}`]);
      const [shown, ...more] = notifications(job);
      assert.deepEqual(more, []);
      assert.match(shown![0]!, text);
      assert.deepEqual(shown!.slice(1), ['Open Report', 'Open Log', 'Snooze…', 'Mark as Expected']);
    });

  test('none of them is told in quiet hours, all when they end, and none after a restart', async () => {
    const { monitor, settings, findings } = extension.internals;
    const { concerns, marks } = findings;
    const folder = mkdtempSync(path.join(tmpdir(), 'told-triggers-'));
    /** What a window that has just been opened tells. */
    const start = async (): Promise<string[]> => {
      const record = new ToldAlerts(new SharedRecord<ToldAt>(path.join(folder, 'told.json'), {}));
      const heard: Concern[] = [];
      const tell = (due: readonly Concern[]): void => void heard.push(...due);
      const alerts = new Alerts({ monitor, settings, concerns, marks, told: record, tell });
      await alerts.look();
      alerts.dispose();
      return heard.filter(ofTest).map(({ kind }) => kind);
    };
    try {
      for (const { kind } of crossings) await until(`${kind} is known`, () => isOpen(kind));
      await withSetting('backupForesight.alerts.quietHours', '0:00-24:00', async () => {
        await until('the setting', () => settings.current.alerts.quietHours !== null);
        assert.deepEqual(await start(), []);
      });
      await until('the setting is gone', () => settings.current.alerts.quietHours === null);
      await until('the analysis after it', () => !monitor.isAnalyzing);
      assert.deepEqual((await start()).sort(), crossings.map(({ kind }) => kind).toSorted());
      assert.deepEqual(await start(), []);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('each is told again after a snooze, and not while it lasts', async () => {
    const { alertSystem, findings } = extension.internals;
    for (const { kind } of crossings) await findings.marks.snooze(`trigger-${kind}`, Date.now() + hourMs);
    await alertSystem.alerts.look();
    assert.deepEqual(told, []);
    await findings.marks.forget({ jobs: crossings.map(({ kind }) => `trigger-${kind}`) });
    await until('all are told again', () => told.length >= crossings.length);
    assert.deepEqual(told.sort(), crossings.map(({ kind }) => `${kind} of trigger-${kind}`).toSorted());
  });

  test('a run that comes ends being overdue, and the next that does not is told again', async () => {
    const { monitor } = extension.internals;
    const log = logOf('overdue');
    appendFileSync(
      log,
      `${JSON.stringify({ backup_id: 'trigger-overdue', status: 'completed', start_time: new Date(Date.now() - hourMs).toISOString(), duration_seconds: 600, size_bytes: 5e9 })}\n`,
    );
    await monitor.analyze();
    assert.equal(isOpen('overdue'), false);
    assert.deepEqual(told, []);
    writeFileSync(
      log,
      nightly('trigger-overdue', 3.25 * dayMs, () => ({})),
    );
    await monitor.analyze();
    await until('it is told', () => told.includes('overdue of trigger-overdue'));
    assert.deepEqual(told, ['overdue of trigger-overdue']);
  });
});
