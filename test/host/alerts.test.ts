import * as assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../src/contributions.ts';
import type { TestedExtension } from '../../src/extension.ts';
import { SharedRecord } from '../../src/files/sharedRecord.ts';
import { Alerts } from '../../src/vscode/alerts/alerts.ts';
import type { ToldAt } from '../../src/vscode/alerts/dueAlerts.ts';
import { ToldAlerts } from '../../src/vscode/alerts/toldAlerts.ts';
import type { Concern } from '../../src/vscode/findings/findConcerns.ts';
import { extensionWithReport, inWorkspace, until, withSetting } from './extensionUnderTest.ts';
import { genericLog, nightsAgo } from './genericLog.ts';

suite('alerts', () => {
  let extension: TestedExtension;
  let told: string[] = [];
  let listener: vscode.Disposable;

  suiteSetup(async () => {
    extension = await extensionWithReport();
    mkdirSync(inWorkspace('logs', 'alerts'), { recursive: true });
    listener = extension.internals.alertSystem.onDidTell((alerts) => {
      // The sample's jobs, and runs that are late when the tests run late in the day, are told of too.
      told.push(
        ...alerts.flatMap(({ kind, job }) => (kind === 'risk' && job.startsWith('alert-') ? `risk of ${job}` : [])),
      );
    });
  });
  setup(() => {
    told = [];
  });
  suiteTeardown(async () => {
    listener.dispose();
    rmSync(inWorkspace('logs', 'alerts'), { recursive: true });
    await vscode.commands.executeCommand('notifications.clearAll');
    await extension.internals.monitor.analyze();
  });

  const logOf = (job: string): string => inWorkspace('logs', 'alerts', `${job}.jsonl`);
  /** A job whose next run will fail, as its latest have. */
  async function writeFailing(job: string): Promise<void> {
    const nights = Array.from({ length: 20 }, (_, night) =>
      night < 10 ? ('completed' as const) : ('failed' as const),
    );
    writeFileSync(logOf(job), genericLog(job, nights, nightsAgo(20)));
    await extension.internals.monitor.analyze();
  }

  test('a risk above the threshold is told once', async () => {
    await writeFailing('alert-once');
    await until('the alert', () => told.includes('risk of alert-once'));
    appendFileSync(logOf('alert-once'), genericLog('alert-once', ['failed'], nightsAgo(0)));
    await extension.internals.monitor.analyze();
    await extension.internals.monitor.analyze();
    assert.deepEqual(told, ['risk of alert-once']);
  });

  test('what was told is told no more after a restart', async () => {
    const { monitor, settings, findings } = extension.internals;
    const folder = mkdtempSync(path.join(tmpdir(), 'told-alerts-'));
    const start = async (): Promise<Concern[]> => {
      const told = new ToldAlerts(new SharedRecord<ToldAt>(path.join(folder, 'told.json'), {}));
      const heard: Concern[] = [];
      const tell = (due: readonly Concern[]): void => void heard.push(...due);
      const { concerns, marks } = findings;
      const alerts = new Alerts({ monitor, settings, concerns, marks, told, tell });
      await alerts.look();
      alerts.dispose();
      return heard;
    };
    try {
      // Two windows that see the same at the same moment: one of them tells. What comes up meanwhile is told as well.
      const keys = (await Promise.all([start(), start()])).flat().map(({ key }) => key);
      assert.ok(keys.length > 0);
      assert.deepEqual(keys, [...new Set(keys)]);
      assert.deepEqual(
        (await start()).filter(({ key }) => keys.includes(key)),
        [],
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('a snoozed job is told of again once the snooze has ended', async () => {
    await writeFailing('alert-snoozed');
    await until('the alert', () => told.includes('risk of alert-snoozed'));
    told = [];
    const { marks } = extension.internals.findings;
    await marks.snooze('alert-snoozed', Date.now() + 3_600_000);
    // A snooze that nobody looked in is none: on a busy machine a short one would be over before.
    await extension.internals.alertSystem.alerts.look();
    await marks.snooze('alert-snoozed', Date.now() + 500);
    await until('it is told again', () => told.includes('risk of alert-snoozed'));
    assert.deepEqual(told, ['risk of alert-snoozed']);
  });

  test('nothing is told in quiet hours, and it is told when they end', async () => {
    await withSetting('backupForesight.alerts.quietHours', '0:00-24:00', async () => {
      await writeFailing('alert-quiet');
      await until('the risk is known', () =>
        extension.internals.findings.concerns.open.some(({ key }) => key === 'risk\nalert-quiet'),
      );
      assert.deepEqual(told, []);
    });
    await until('it is told', () => told.includes('risk of alert-quiet'));
  });

  test('nothing is told when alerts are off', async () => {
    await withSetting('backupForesight.alerts.enabled', false, async () => {
      await writeFailing('alert-off');
      assert.deepEqual(told, []);
    });
  });

  test('the webhook gets the alert, without log lines and secrets', async () => {
    const bodies: string[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (piece) => (body += String(piece)));
      request.on('end', () => {
        bodies.push(body);
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
      await vscode.commands.executeCommand(commands.setAlertWebhook, url);
      await writeFailing('alert-sent');
      const sent = await until('the alert arrives', () => bodies.find((body) => body.includes('alert-sent')));
      const { source, alerts } = JSON.parse(sent) as { source: string; alerts: Record<string, unknown>[] };
      assert.equal(source, 'backup-foresight');
      const alert = alerts.find(({ job }) => job === 'alert-sent')!;
      assert.equal(alert['kind'], 'risk');
      assert.match(String(alert['text']), /^alert-sent: The next run will fail with a probability of/);
      assert.doesNotMatch(sent, new RegExp(path.basename(logOf('alert-sent'))));

      const before = bodies.length;
      await vscode.commands.executeCommand(commands.clearAlertWebhook);
      await writeFailing('alert-unsent');
      await until('it is told', () => told.includes('risk of alert-unsent'));
      assert.equal(bodies.length, before);
    } finally {
      server.close();
    }
  });

  test('an address that anybody could listen to is refused', async () => {
    await vscode.commands.executeCommand(commands.setAlertWebhook, 'http://hooks.example.net/');
    assert.equal(await extension.internals.alertSystem.webhook.isSet(), false);
  });
});
