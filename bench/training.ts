/**
 * How long the failure model takes: an exact fit beside scikit-learn's (when python3 has it), one more run of a long
 * job, and a what-if question.
 *
 *     node bench/training.ts
 */
import { spawnSync } from 'node:child_process';
import { fitLogisticRegression, type TrainingSet } from '../src/backups/prediction/logisticRegression.ts';
import { learnJobs } from '../src/backups/prediction/learnJobs.ts';
import { predictNextRun, prepareJob } from '../src/backups/prediction/predictNextRun.ts';
import { newRun } from '../src/backups/run.ts';
import { median } from './median.ts';
import { seededNormal, seededRandom } from './simulateJob.ts';

const rows = 10_000;
const columns = 15;
const rounds = 25;
const hourMs = 3_600_000;

const random = seededRandom(1);
const data = madeUpData();
const prior = { means: new Float64Array(columns + 1), deviations: new Float64Array(columns + 1).fill(1) };
const exact = medianMs(() => fitLogisticRegression(data, prior, { tolerance: 1e-6 }));

const runs = Array.from({ length: rows + 4 * rounds }, (_, index) =>
  newRun({
    job: 'job',
    tool: 'generic',
    outcome: random() < 0.15 ? 'failure' : 'success',
    startedAt: index * hourMs,
    source: { path: 'made up', line: index + 1, endLine: index + 1 },
  }),
);
const history = {
  id: 'job',
  tool: 'generic',
  host: null,
  repository: null,
  runs: runs.slice(0, rows),
  completeness: 'complete' as const,
  cadence: null,
};
const forecaster = learnJobs([history], { zone: 'UTC' }).get('job')!;
const prepared = prepareJob(forecaster, null);
let next = rows;
const oneMore = medianMs(() => {
  forecaster.observe(runs[next++]!);
  predictNextRun(prepareJob(forecaster, null), { now: next * hourMs, maxRisk: 0.5 });
});
const whatIf = medianMs(() => predictNextRun(prepared, { now: (next += 5) * hourMs, maxRisk: 0.5 }));

console.table([
  { what: `exact fit, ${rows} × ${columns}`, ms: exact.toFixed(2), target: '≤ 2 × scikit-learn' },
  { what: 'the same by scikit-learn', ms: scikitLearn(), target: '' },
  { what: `one more run of a ${rows}-run job, scored and predicted`, ms: oneMore.toFixed(2), target: '< 50' },
  { what: 'a what-if question', ms: whatIf.toFixed(3), target: '< 1' },
]);

function madeUpData(): TrainingSet {
  const normal = seededNormal(random);
  const truth = Array.from({ length: columns }, () => normal() / 2);
  const values = Float64Array.from({ length: rows * columns }, () => normal());
  const labels = Float64Array.from({ length: rows }, (_, i) => {
    const logOdds = truth.reduce((sum, coefficient, j) => sum + coefficient * values[i * columns + j]!, -1);
    return random() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
  });
  return { rows: values, columns, labels };
}

/** Median time of a call once the engine has compiled it, as it is in a worker that trains many jobs. */
function medianMs(work: () => unknown): number {
  for (let round = 0; round < 2 * rounds; round++) work();
  const times = Array.from({ length: rounds }, () => {
    const from = performance.now();
    work();
    return performance.now() - from;
  });
  return median(times);
}

function scikitLearn(): string {
  const script = `
import time, numpy as np
from sklearn.linear_model import LogisticRegression
g = np.random.default_rng(1)
X = g.normal(size=(${rows}, ${columns})); b = g.normal(size=${columns}) / 2
y = (g.random(${rows}) < 1 / (1 + np.exp(1 - X @ b))).astype(int)
times = []
for _ in range(${rounds}):
    t = time.perf_counter(); LogisticRegression().fit(X, y); times.append(time.perf_counter() - t)
print(sorted(times)[${Math.floor(rounds / 2)}] * 1000)`;
  for (const python of ['python3', '/usr/bin/python3']) {
    const { status, stdout } = spawnSync(python, ['-c', script], { encoding: 'utf8' });
    if (status === 0) return Number(stdout).toFixed(2);
  }
  return 'not installed';
}
