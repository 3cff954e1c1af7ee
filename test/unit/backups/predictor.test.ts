import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BackupPredictor, type TrainingRecord } from '../../../src/backups/predictor.ts';
import { bursts, dayMs, start } from './prediction/invented.ts';

/** Records as the original system kept them: no times, but an hour, a weekday and the success rate so far. */
function records(backupId: string, letters: string): TrainingRecord[] {
  let successes = 0;
  return Array.from(letters, (letter, index) => {
    const record: TrainingRecord = {
      backupId,
      status: letter === 's' ? 'completed' : 'failed',
      durationSeconds: 600 + (index % 7),
      sizeBytes: 5e9 + index * 1e6,
      hourOfDay: 2,
      dayOfWeek: index % 7,
      previousSuccessRate: index === 0 ? 1 : successes / index,
    };
    if (letter === 's') successes++;
    return record;
  });
}

test('untrained, it answers by the rule on what comes with the question', () => {
  const predictor = new BackupPredictor();
  const plan = { backupId: 'db', estimatedDurationSeconds: 600, estimatedSizeBytes: 5e9, databaseSizeGb: 5 };
  const good = predictor.predictBackupFailure(plan, { successRate: 0.98, recentFailures: 0 });
  const bad = predictor.predictBackupFailure(plan, { successRate: 0.6, recentFailures: 7 });
  assert.equal(good.method, 'rule');
  assert.equal(good.confidence, 'low');
  assert.ok(good.failureProbability < 0.15 && bad.failureProbability > 0.5);
  assert.deepEqual(predictor.decide(good), { action: 'proceed', confidence: 'low' });
  const decision = predictor.decide(bad);
  assert.equal(decision.action, 'delay_or_manual');
  assert.equal('reason' in decision && decision.reason.code, 'decision.wait');
});

test('trained on records without times, it tells a job in trouble from one that runs well', () => {
  const predictor = new BackupPredictor();
  const { jobs } = predictor.trainFailurePredictionModel([
    ...records('well', `${bursts(200)}ssssss`),
    ...records('in trouble', `${bursts(200, 7)}fff`),
  ]);
  assert.deepEqual([...jobs.keys()], ['well', 'in trouble']);
  const well = predictor.predictBackupFailure({ backupId: 'well' });
  const inTrouble = predictor.predictBackupFailure({ backupId: 'in trouble' });
  assert.ok(well.failureProbability < 0.25, String(well.failureProbability));
  assert.ok(inTrouble.failureProbability > 0.5, String(inTrouble.failureProbability));
  assert.ok(inTrouble.riskFactors.some(({ contribution }) => contribution > 0.1));
});

test('records with times are put in order, whatever order they come in', () => {
  const timed = records('db', bursts(120)).map((record, index) => ({ ...record, startedAt: start + index * dayMs }));
  const inOrder = new BackupPredictor();
  inOrder.trainFailurePredictionModel(timed);
  const reversed = new BackupPredictor();
  reversed.trainFailurePredictionModel(timed.toReversed());
  assert.equal(
    inOrder.predictBackupFailure({ backupId: 'db' }).failureProbability,
    reversed.predictBackupFailure({ backupId: 'db' }).failureProbability,
  );
});

test('a job that was not trained is taken for a new one among those that were', () => {
  const predictor = new BackupPredictor();
  predictor.trainFailurePredictionModel(
    Array.from({ length: 8 }, (_, k) => records(`job ${k}`, 'sssssssssf'.repeat(6))).flat(),
  );
  const { failureProbability, confidenceReason } = predictor.predictBackupFailure({ backupId: 'unheard of' });
  assert.ok(Math.abs(failureProbability - 0.1) < 0.07, String(failureProbability));
  assert.equal(confidenceReason.code, 'confidence.neighborsOnly');
});

test('the limit of the risk is a setting', () => {
  const cautious = new BackupPredictor({ maxRisk: 0.05 });
  const prediction = cautious.predictBackupFailure({ backupId: 'db' }, { successRate: 0.9 });
  assert.equal(cautious.decide(prediction).action, 'delay_or_manual');
});

test('a baseline of its runs finds the anomaly in another one, and sizes are forecast', () => {
  const predictor = new BackupPredictor();
  const baseline = predictor.historicalBaseline(records('db', 'ssssssssss'));
  assert.ok(Math.abs(baseline['duration_seconds']!.mean - 602.4) < 1e-9);
  const verdicts = predictor.detectAnomalies({ duration_seconds: 3000, size_bytes: 5.005e9 }, baseline);
  assert.deepEqual(
    verdicts.map(({ metricName, isAnomaly, severity }) => [metricName, isAnomaly, severity]),
    [
      ['duration_seconds', true, 'critical'],
      ['size_bytes', false, 'normal'],
    ],
  );
  assert.equal(predictor.predictSpaceNeeds([80, 80, 80, 80, 80, 80, 80], 30).trend, 'flat');
});

test('numbers that are none, and words nobody knows, spoil nothing', () => {
  const predictor = new BackupPredictor();
  const odd: TrainingRecord[] = [
    { backupId: 'odd', status: 'purple', durationSeconds: NaN, sizeBytes: -1, hourOfDay: 99, startedAt: Infinity },
    { backupId: 'odd', status: '', previousSuccessRate: 0.5 },
    { backupId: 'odd', status: 'failed', previousSuccessRate: NaN },
    { backupId: 'odd', status: 'failed', startedAt: 1e300 },
    ...records('odd', bursts(80)),
  ];
  predictor.trainFailurePredictionModel(odd);
  for (const number of [NaN, -5, Infinity, 1e308]) {
    const { failureProbability, interval } = predictor.predictBackupFailure(
      { backupId: 'odd', estimatedSizeBytes: number, estimatedDurationSeconds: number, startsAt: number * 8.64e15 },
      { successRate: number, recentFailures: number },
    );
    for (const value of [failureProbability, ...interval]) assert.ok(value >= 0 && value <= 1, String(value));
    const newcomer = predictor.predictBackupFailure({ backupId: 'new' }, { recentFailures: number });
    assert.ok(newcomer.failureProbability > 0 && newcomer.failureProbability < 1, String(number));
    // Ends, and does not count every day to the end of time.
    assert.equal(predictor.predictSpaceNeeds([80, 80, 80], number).predictedSizeGb, 80);
  }
});
