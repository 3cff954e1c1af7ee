import assert from 'node:assert/strict';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { seededNumbers } from '../backups/prediction/invented.ts';
import { createAnalysis, type Analysis } from '../../../src/worker/analysis.ts';

const dayMs = 86_400_000;
const start = Date.UTC(2026, 0, 5, 2);

let folder: string;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'backup-foresight-'));
});
after(() => rm(folder, { recursive: true, force: true }));

const random = seededNumbers(3);

function record(job: string, day: number): string {
  const failed = random() < 0.15;
  return `${JSON.stringify({
    backup_id: job,
    status: failed ? 'failed' : 'completed',
    started_at: new Date(start + day * dayMs).toISOString(),
    duration_seconds: Math.round(600 + 60 * random()),
    size_bytes: Math.round(1e9 + day * 1e7 + 1e7 * random()),
  })}\n`;
}

const nights = (job: string, from: number, to: number): string =>
  Array.from({ length: to - from }, (_, n) => record(job, from + n)).join('');

test('after one more run of a job, learning goes on where it stopped', async () => {
  const file = path.join(folder, 'grows.log.jsonl');
  await writeFile(file, nights('grows', 0, 60) + nights('stays', 0, 60));
  const analysis = createAnalysis();
  const request = {
    paths: [file],
    options: { now: start + 61 * dayMs, zone: 'UTC', capacityBytes: null, maxRisk: 0.5 },
  };
  await analysis.analyze(request);
  const before = ['grows', 'stays'].map((job) => analysis.prepared(job)!);
  await appendFile(file, record('grows', 60));
  await analysis.analyze(request);
  assert.equal(analysis.prepared('grows')!.forecaster, before[0]!.forecaster);
  assert.equal(analysis.prepared('grows')!.forecaster.labels.length, 61);
  assert.equal(analysis.prepared('stays')!.evaluation, before[1]!.evaluation);
  await rm(file);
});

test('analyzing again after logs have changed gives what a new analysis gives', async () => {
  const log = (name: string): string => path.join(folder, `${name}.jsonl`);
  await writeFile(log('a'), nights('a', 0, 200));
  await writeFile(log('b'), nights('b', 0, 150) + nights('c', 20, 120));
  const kept = createAnalysis();
  const analyze = (analysis: Analysis, day: number) =>
    analysis.analyze({
      paths: [folder],
      options: { now: start + day * dayMs, zone: 'UTC', capacityBytes: 4e9, maxRisk: 0.5 },
    });
  const steps: [string, () => Promise<void>][] = [
    ['first', async () => {}],
    ['nothing new, later', async () => {}],
    ['one run', () => appendFile(log('a'), record('a', 200))],
    ['several jobs', () => appendFile(log('b'), nights('b', 150, 153) + record('c', 152))],
    ['long after', () => appendFile(log('a'), nights('a', 201, 260))],
    ['twice as long', () => appendFile(log('b'), nights('c', 400, 402))],
    ['a new job', () => writeFile(log('d'), nights('d', 390, 400))],
    ['earlier runs of a known job', () => writeFile(log('e'), nights('d', 300, 320))],
    ['a run dated in the future', () => appendFile(log('a'), record('a', 900))],
    ['a log is gone', () => rm(log('b'))],
  ];
  for (const [n, [what, change]] of steps.entries()) {
    await change();
    const day = n < 4 ? 200 + n : 400 + n;
    assert.deepEqual(await analyze(kept, day), await analyze(createAnalysis(), day), what);
  }
});
