import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JobHistory } from '../../../../src/backups/history/job.ts';
import { learnJobs } from '../../../../src/backups/prediction/learnJobs.ts';
import type { NumberList } from '../../../../src/backups/prediction/numberList.ts';
import { measure } from '../../../../src/backups/prediction/metrics.ts';
import { predictNextRun, prepareJob } from '../../../../src/backups/prediction/predictNextRun.ts';
import { newRun } from '../../../../src/backups/run.ts';
import { bursts, dayMs, nightly, start } from './invented.ts';

/** Jobs of one night shift, each with its own bursts. */
const fleet = (count: number, length: number): JobHistory[] =>
  Array.from({ length: count }, (_, k) => ({ ...nightly(bursts(length, k + 10)), id: `job ${k}` }));

const later = (history: JobHistory, days: number): JobHistory => ({
  ...history,
  runs: history.runs.map((run) => ({ ...run, startedAt: run.startedAt! + days * dayMs })),
});

test('a job without runs starts from the rate of its neighbors, and says so', () => {
  const neighbors = Array.from({ length: 12 }, (_, k) => ({ ...nightly('sssfssssss'.repeat(8)), id: `job ${k}` }));
  const newcomer = { ...nightly(''), id: 'new' };
  const forecasters = learnJobs([...neighbors, newcomer], { zone: 'UTC' });
  const prediction = predictNextRun(prepareJob(forecasters.get('new')!, null), {
    now: start + 80 * dayMs,
    maxRisk: 0.5,
  });
  assert.ok(Math.abs(prediction.failureProbability - 0.1) < 0.05, String(prediction.failureProbability));
  assert.equal(prediction.confidenceReason.code, 'confidence.neighborsOnly');
});

test('a new job is predicted better beside neighbors of its kind than alone', () => {
  const newcomers = Array.from({ length: 20 }, (_, k) => ({
    ...later(nightly(bursts(40, k + 500)), 200),
    id: `new ${k}`,
  }));
  const together = learnJobs([...fleet(10, 200), ...newcomers], { zone: 'UTC' });
  const logLoss = (predicted: NumberList, labels: NumberList): number =>
    measure({ probabilities: predicted.from(1), labels: labels.from(1) }, 0).logLoss;
  let beside = 0;
  let alone = 0;
  for (const newcomer of newcomers) {
    const own = learnJobs([newcomer], { zone: 'UTC' }).get(newcomer.id)!;
    beside += logLoss(together.get(newcomer.id)!.predicted, own.labels);
    alone += logLoss(own.predicted, own.labels);
  }
  assert.ok(beside < 0.98 * alone, `${beside} beside, ${alone} alone`);
});

test('no job learns from what happened later in another one', () => {
  const [first, second, ...others] = fleet(5, 120);
  const predicted = (change: string): Float64Array => {
    const changed = { ...first!, runs: [...first!.runs.slice(0, 60), ...nightly(change).runs.slice(60)] };
    return learnJobs([changed, second!, ...others], { zone: 'UTC' })
      .get(second!.id)!
      .predicted.from(0)
      .slice(0, 61);
  };
  assert.deepEqual(predicted('s'.repeat(120)), predicted('f'.repeat(120)));
});

test('runs without times keep their order, and teach', () => {
  const runs = nightly(bursts(200)).runs.map((run) => newRun({ ...run, startedAt: null }));
  const forecaster = learnJobs([{ ...nightly(''), runs }], { zone: 'UTC' }).get('nightly')!;
  assert.equal(forecaster.labels.length, 200);
  assert.ok(forecaster.predicted.from(1).every((probability) => probability > 0 && probability < 1));
});
