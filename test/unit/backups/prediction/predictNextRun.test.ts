import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JobHistory } from '../../../../src/backups/history/job.ts';
import { learnJobs } from '../../../../src/backups/prediction/learnJobs.ts';
import { predictNextRun, prepareJob, type PreparedJob } from '../../../../src/backups/prediction/predictNextRun.ts';
import type { Prediction } from '../../../../src/backups/report.ts';
import { bursts, dayMs, nightly, seededNumbers, start } from './invented.ts';

const prepared = (history: JobHistory): PreparedJob =>
  prepareJob(learnJobs([history], { zone: 'UTC' }).get(history.id)!, history.cadence);

function predict(history: JobHistory): Prediction {
  return predictNextRun(prepared(history), { now: start + history.runs.length * dayMs, maxRisk: 0.5 });
}

function assertSound(prediction: Prediction): void {
  const { failureProbability, interval, baseProbability, riskFactors } = prediction;
  assert.ok(failureProbability > 0 && failureProbability < 1);
  assert.ok(interval[0] <= failureProbability && failureProbability <= interval[1]);
  assert.ok(interval[0] >= 0 && interval[1] <= 1);
  const explained = riskFactors.reduce((sum, { contribution }) => sum + contribution, baseProbability);
  assert.ok(Math.abs(explained - failureProbability) < 1e-9, `${explained} explains ${failureProbability}`);
}

for (const length of [0, 1, 2, 5, 10, 30, 60, 200, 1000]) {
  test(`after ${length} runs: the contributions add up from the base probability to the prediction`, () => {
    assertSound(predict(nightly(bursts(length))));
  });
}

test('a job that failed lately is riskier than one that succeeded lately', () => {
  const past = bursts(100);
  const afterFailures = predict(nightly(`${past}fff`)).failureProbability;
  const afterSuccesses = predict(nightly(`${past}sss`)).failureProbability;
  assert.ok(afterFailures > 0.5 && afterSuccesses < 0.3, `${afterFailures}, ${afterSuccesses}`);
});

test('the chance of a failure after a failure is found: 70 % and 8 %, within 10 points', () => {
  const past = bursts(3000);
  assert.ok(Math.abs(predict(nightly(`${past}ssf`)).failureProbability - 0.7) < 0.1);
  assert.ok(Math.abs(predict(nightly(`${past}sss`)).failureProbability - 0.08) < 0.1);
});

test('method: the rule for a short history, a blend where both count, the model where it has earned it', () => {
  assert.equal(predict(nightly(bursts(19))).method, 'rule');
  assert.equal(predict(nightly('s'.repeat(300))).method, 'rule', 'nothing to tell apart');
  assert.equal(predict(nightly(bursts(40))).method, 'blend');
  // Failures by the hour, which the rule cannot see.
  const byHour = nightly('sf'.repeat(400), (index) => ({ startedAt: start + index * 7 * 3_600_000 }));
  assert.equal(predict(byHour).method, 'model');
});

test('a rate is told only where it was seen: a streak longer than any before is called new', () => {
  const streakOf = (letters: string): string | undefined =>
    predict(nightly(letters)).riskFactors.find(({ name }) => name === 'streak')?.message.code;
  assert.equal(streakOf('sssff'.repeat(30)), 'factor.failureStreak');
  assert.equal(streakOf(`${'sssff'.repeat(30)}fff`), 'factor.newFailureStreak');
});

test('decision: wait above the limit, proceed at or below it', () => {
  const job = prepared(nightly(`${bursts(100)}fff`));
  const now = start + 104 * dayMs;
  const waiting = predictNextRun(job, { now, maxRisk: 0.3 });
  assert.equal(waiting.decision.action, 'delay_or_manual');
  assert.equal(waiting.decision.reason.code, 'decision.wait');
  const going = predictNextRun(job, { now, maxRisk: waiting.failureProbability });
  assert.equal(going.decision.action, 'proceed');
  assert.equal(going.decision.confidence, going.confidence);
});

test('partial, cancelled and running runs are no failures: the probability stays near that of the successes', () => {
  const plain = predict(nightly('s'.repeat(60))).failureProbability;
  const mixed = predict(nightly('sspscsr'.repeat(12))).failureProbability;
  assert.ok(plain < 0.05 && mixed < 0.05, `${plain}, ${mixed}`);
});

test('without runs it says so, and takes what came with the question', () => {
  const job = prepared(nightly(''));
  const ask = { now: start, maxRisk: 0.5 };
  assert.equal(predictNextRun(job, ask).confidenceReason.code, 'confidence.nothingKnown');
  const context = { successRate: 0.95, recentFailures: 0 };
  const good = predictNextRun(job, { ...ask, context });
  assert.equal(good.confidenceReason.code, 'confidence.givenOnly');
  assert.ok(good.failureProbability < 0.15);
  const bad = predictNextRun(job, { ...ask, context: { successRate: 0.95, recentFailures: 6 } });
  assert.ok(bad.failureProbability > good.failureProbability + 0.2);
  assert.equal(bad.confidence, 'low');
  assertSound(bad);
});

test('where runs fail by chance alone, the base rate is used and the reason says so', () => {
  const next = seededNumbers(5);
  const chance = Array.from({ length: 400 }, () => (next() < 0.3 ? 'f' : 's')).join('');
  const job = prepared(nightly(chance));
  assert.ok(job.evaluation);
  const unskilled = { ...job, evaluation: { ...job.evaluation, betterThanBaseRate: false } };
  const prediction = predictNextRun(unskilled, { now: start + 400 * dayMs, maxRisk: 0.5 });
  assert.equal(prediction.failureProbability, prediction.baseProbability);
  assert.equal(prediction.confidenceReason.code, 'confidence.notBetter');
  assert.deepEqual(prediction.riskFactors, []);
});

test('a job that has never failed has an interval as narrow as its history is long', () => {
  for (const [runs, high] of [
    [20, 0.15],
    [100, 0.04],
    [300, 0.015],
  ] as const) {
    const { interval } = predict(nightly('s'.repeat(runs)));
    assert.ok(interval[1] < high && interval[1] > 1 / runs, `${runs} runs: ${interval[1]}`);
  }
});

test('the 90 % interval holds the true rate about that often', () => {
  const random = seededNumbers(7);
  for (const rate of [0.05, 0.3]) {
    let held = 0;
    for (let job = 0; job < 60; job++) {
      const { interval } = predict(nightly(Array.from({ length: 40 }, () => (random() < rate ? 'f' : 's')).join('')));
      held += interval[0] <= rate && rate <= interval[1] ? 1 : 0;
    }
    assert.ok(held >= 45, `rate ${rate}: held in ${held} of 60`);
  }
});

test('confidence grows with the history, and names what is missing', () => {
  assert.equal(predict(nightly(bursts(10))).confidence, 'low');
  assert.equal(predict(nightly(bursts(10))).confidenceReason.code, 'confidence.fewRuns');
  assert.equal(predict(nightly(bursts(3000))).confidence, 'high');
});

test('where failures follow partial runs, a partial run is a warning', () => {
  const next = seededNumbers(4);
  let partial = false;
  const letters = Array.from({ length: 300 }, () => {
    const failed = next() < (partial ? 0.7 : 0.05);
    partial = next() < 0.2;
    return partial ? 'p' : failed ? 'f' : 's';
  }).join('');
  const after = (last: string): Prediction => predict(nightly(`${letters}s${last}`));
  assert.ok(after('p').failureProbability > after('s').failureProbability + 0.2);
  assert.ok(after('p').riskFactors.some(({ name }) => name === 'partialRuns'));
});

test('advice names the class of the last failure', () => {
  const history = nightly(`${bursts(80)}ff`, () => ({ failureClass: 'space' }));
  assert.equal(predict(history).recommendedActions[0]?.code, 'action.space');
});

test('what-if: the hour that always fails is riskier than the one that never does', () => {
  const history = nightly('sf'.repeat(100), (index) => ({
    startedAt: start + Math.floor(index / 2) * dayMs + (index % 2) * 8 * 3_600_000,
  }));
  const job = prepared(history);
  const day = start + 101 * dayMs;
  const ask = (hour: number): number =>
    predictNextRun(job, {
      now: day,
      maxRisk: 0.5,
      plan: { backupId: 'nightly', startsAt: day + hour * 3_600_000 },
    }).failureProbability;
  assert.ok(ask(8) > ask(0));
});

test('what-if: where large runs fail, a large plan is riskier; a usual or a small one is as any other', () => {
  const next = seededNumbers(3);
  const sizes = Array.from({ length: 300 }, () => Math.round(1e9 * Math.exp(2 * next() - 1)));
  const letters = sizes.map((size) => (size > 1.6e9 && next() < 0.8 ? 'f' : 's')).join('');
  const job = prepared(nightly(letters, (index) => ({ sizeBytes: sizes[index]! })));
  const ask = (plan: object): Prediction =>
    predictNextRun(job, { now: start + 300 * dayMs, maxRisk: 0.5, plan: { backupId: 'nightly', ...plan } });
  const large = ask({ estimatedSizeBytes: 2.5e9 });
  const unplanned = ask({}).failureProbability;
  assert.ok(large.failureProbability > unplanned + 0.15, `${large.failureProbability} against ${unplanned}`);
  assert.equal(large.riskFactors.find(({ name }) => name === 'plannedSize')?.message.code, 'factor.plannedSize');
  assert.ok(ask({ databaseSizeGb: 2.5 }).failureProbability > unplanned + 0.15);
  assert.equal(ask({ estimatedSizeBytes: 5e8 }).failureProbability, unplanned);
  assertSound(large);
});

test('what-if: a plan far beyond all earlier runs is told with a wider interval, and never as a relief', () => {
  for (const history of [bursts(200), `${bursts(200)}fff`, 's'.repeat(200)]) {
    const job = prepared(nightly(history, () => ({ sizeBytes: 1e9, durationMs: 600_000 })));
    const ask = (plan: object): Prediction =>
      predictNextRun(job, { now: start + 210 * dayMs, maxRisk: 0.5, plan: { backupId: 'nightly', ...plan } });
    const width = ({ interval: [low, high] }: Prediction): number => high - low;
    for (const plan of [{ estimatedSizeBytes: 1e10 }, { estimatedDurationSeconds: 6000 }, { databaseSizeGb: 10 }]) {
      assert.ok(ask(plan).failureProbability >= ask({}).failureProbability);
      assert.ok(width(ask(plan)) > width(ask({})));
      assertSound(ask(plan));
    }
  }
});

test('a failed run that was cut short does not make small plans risky, nor large ones safe', () => {
  const letters = bursts(300);
  const job = prepared(
    nightly(letters, (index) => ({
      sizeBytes: Math.round((letters[index] === 'f' ? 1e8 : 1e9) * (1 + 0.1 * (index % 5))),
    })),
  );
  const ask = (plan: object): number =>
    predictNextRun(job, { now: start + 300 * dayMs, maxRisk: 0.5, plan: { backupId: 'nightly', ...plan } })
      .failureProbability;
  assert.equal(ask({ estimatedSizeBytes: 1e8 }), ask({}));
  assert.ok(ask({ estimatedSizeBytes: 1.4e9 }) >= ask({}));
});

test('recent failures that the logs do not tell of make a known job riskier; those they tell of count once', () => {
  const job = prepared(nightly(`${bursts(200)}sssssfssss`));
  const ask = (recentFailures: number): Prediction =>
    predictNextRun(job, { now: start + 210 * dayMs, maxRisk: 0.5, context: { recentFailures } });
  const told = ask(1).failureProbability;
  assert.equal(ask(0).failureProbability, told);
  assert.equal(ask(NaN).failureProbability, told);
  assert.ok(ask(3).failureProbability > told && ask(6).failureProbability > ask(3).failureProbability);
  assert.equal(
    ask(6).riskFactors.find(({ name }) => name === 'reportedFailures')?.message.code,
    'factor.reportedFailures',
  );
  for (const failures of [0, 1, 3, 6, 10, 1e9]) assertSound(ask(failures));
});

test('a question teaches nothing: the same question gets the same answer', () => {
  const job = prepared(nightly(bursts(300)));
  const question = { now: start + 300 * dayMs, maxRisk: 0.5, plan: { backupId: 'nightly', estimatedSizeBytes: 1e9 } };
  assert.deepEqual(predictNextRun(job, question), predictNextRun(job, question));
});
