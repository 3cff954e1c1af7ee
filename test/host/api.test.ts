import * as assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestedExtension } from '../../src/extension.ts';
import { extensionWithReport } from './extensionUnderTest.ts';
import { genericLog, nightsAgo } from './genericLog.ts';
import { withStore } from './withStore.ts';

suite('API', () => {
  let api: TestedExtension;
  let folder: string;
  suiteSetup(async () => {
    api = await extensionWithReport();
    folder = mkdtempSync(path.join(tmpdir(), 'api-logs-'));
    const nights = Array.from({ length: 30 }, (_, night) => (night < 15 ? 'completed' : 'failed'));
    writeFileSync(path.join(folder, 'nightly.jsonl'), genericLog('of-the-api', nights, nightsAgo(31)));
  });
  suiteTeardown(() => rmSync(folder, { recursive: true }));

  test('analyze reports on logs anywhere, and leaves the views alone', async () => {
    const { monitor } = api.internals;
    const shown = monitor.report;
    const report = await api.analyze([folder]);
    assert.deepEqual(
      report.jobs.map(({ id, runs, outcomes }) => [id, runs, outcomes.failure]),
      [['of-the-api', 30, 15]],
    );
    assert.equal(monitor.report, shown);
    assert.equal(monitor.job('of-the-api'), undefined);
  });

  test('a path that does not exist is told in the report', async () => {
    const report = await api.analyze([path.join(folder, 'missing.log')]);
    assert.deepEqual(report.jobs, []);
    assert.equal(report.sources[0]?.error?.code, 'source.notFound');
  });

  test('predictBackupFailure knows the jobs that were analyzed, and decide says what to do', async () => {
    await api.analyze([folder]);
    const prediction = await api.predictBackupFailure({ backupId: 'of-the-api' });
    assert.ok(prediction.failureProbability > 0.5, String(prediction.failureProbability));
    assert.equal(api.decide(prediction).action, 'delay_or_manual');
  });

  test('predictBackupFailure takes the context of a job that nobody has seen', async () => {
    const good = await api.predictBackupFailure({ backupId: 'new' }, { successRate: 0.99, recentFailures: 0 });
    const bad = await api.predictBackupFailure({ backupId: 'new' }, { successRate: 0.2, recentFailures: 5 });
    assert.ok(good.failureProbability < bad.failureProbability);
  });

  test('a model is trained on the records alone, and each keeps its own', async () => {
    const records = (status: string) => Array.from({ length: 20 }, () => ({ backupId: 'records', status }));
    const good = await api.trainFailurePredictionModel(records('completed'));
    const bad = await api.trainFailurePredictionModel(records('failed'));
    assert.deepEqual(good.jobs, ['records']);
    assert.ok((await good.predictBackupFailure({ backupId: 'records' })).failureProbability < 0.2);
    assert.ok((await bad.predictBackupFailure({ backupId: 'records' })).failureProbability > 0.8);
  });

  test('a model that the thread has let go is trained again', async () => {
    const record = { backupId: 'records', status: 'failed' };
    const first = await api.trainFailurePredictionModel(Array.from({ length: 20 }, () => record));
    const before = await first.predictBackupFailure({ backupId: 'records' });
    for (let others = 0; others < 9; others++) await api.trainFailurePredictionModel([record]);
    assert.deepEqual(await first.predictBackupFailure({ backupId: 'records' }), before);
  });

  test('a run is compared with the baseline of the records', async () => {
    const records = [100, 110, 90, 105, 95].map((durationSeconds) => ({
      backupId: 'a',
      status: 'completed',
      durationSeconds,
    }));
    const baseline = await api.historicalBaseline(records);
    assert.equal(baseline['duration_seconds']?.mean, 100);
    const [verdict] = await api.detectAnomalies({ duration_seconds: 300 }, baseline);
    assert.equal(verdict?.isAnomaly, true);
    assert.equal(verdict.severity, 'critical');
  });

  test('predictSpaceNeeds goes on with the growth', async () => {
    const needs = await api.predictSpaceNeeds(
      Array.from({ length: 60 }, (_, day) => 100 + 2 * day),
      10,
    );
    assert.equal(needs.trend, 'growing');
    assert.ok(needs.predictedSizeGb !== null && needs.predictedSizeGb > 218);
  });

  test('an application’s configuration is kept, listed and verified, and no call reads a secret', () =>
    withStore(api, async () => {
      assert.deepEqual([await api.listConfigBackups(), await api.verify()], [[], []]);
      const config = { url: 'https://example.org', password: 'Tr0ub4dor-3-xyz' };
      const taken = await api.backupApplicationConfig('shop', config);
      assert.equal(taken.isNew, true);
      assert.equal((await api.backupApplicationConfig('shop', config)).isNew, false);
      const [row] = await api.listConfigBackups('application', 1);
      assert.deepEqual([row!.id, row!.name, row!.secrets], [taken.snapshotId, 'shop', 1]);
      assert.deepEqual(await api.listConfigBackups('file'), []);
      assert.deepEqual(await api.verify(), []);
      assert.ok(!JSON.stringify(await api.listConfigBackups()).includes('Tr0ub4dor'));
      const circular: Record<string, unknown> = {};
      circular['self'] = circular;
      await assert.rejects(api.backupApplicationConfig('shop', circular), /no JSON or YAML object/);
    }));
});
