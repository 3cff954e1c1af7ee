import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { MeasuredJob } from '../../../src/backups/history/job.ts';
import { newRun, outcomes, type BackupRun } from '../../../src/backups/run.ts';
import { studyRuns } from '../../../src/backups/studyRuns.ts';
import { createAnalysis } from '../../../src/worker/analysis.ts';
import { studyInThread } from '../../../src/worker/studyElsewhere.ts';

const script = path.resolve(import.meta.dirname, '../../../src/worker/studyThread.ts');
const always = { fewestRuns: 0, cores: 2 };
const hourMs = 3_600_000;
const options = { now: 3000 * hourMs, zone: 'Europe/Berlin' };

let folder: string;
before(async () => (folder = await mkdtemp(path.join(tmpdir(), 'backup-foresight-study-'))));
after(() => rm(folder, { recursive: true, force: true }));

/** Runs of every outcome, kind and class, with gaps in what is known, and a size that doubles half way. */
function mixedJob(id: string, runs: number): MeasuredJob {
  const some = <T>(n: number, values: readonly (T | null)[]): T | null => values[n % values.length]!;
  return {
    id,
    runs: Array.from({ length: runs }, (_, n): BackupRun => ({
      ...newRun({
        job: id,
        tool: 'generic',
        outcome: 'success',
        source: { path: 'a.log', line: n + 1, endLine: n + 1 },
      }),
      outcome: n % 5 === 0 ? outcomes[(n / 5) % outcomes.length]! : 'success',
      startedAt: n % 31 === 3 ? null : n * hourMs,
      kind: some(n, ['full', 'incremental', null, 'differential', 'incremental']),
      failureClass: some(n, [null, 'space', 'lock', 'other', 'timeout']),
      durationMs: some(n, [60_000, 61_000, 63_000, null]),
      sizeBytes: (n < runs / 2 ? 5e9 : 1e10) + (n % 7) * 1e7,
      addedBytes: n % 11 === 0 ? null : 1e6 * (1 + (n % 13)),
      fileCount: n % 90 === 80 ? 10 : 4000 + (n % 3),
      changedFileCount: n % 17 === 0 ? null : n % 23,
      repositoryBytes: id === 'known' ? 1e11 + n * 1e8 : null,
    })),
  };
}

test('another thread finds in the runs what this one would', async () => {
  const jobs = [mixedJob('known', 700), mixedJob('unknown', 400), mixedJob('few', 2)];
  const expected = [{ job: 'unknown', startedAt: 250 * hourMs }];
  const studies = await studyInThread(script, always)(jobs, { ...options, expected });
  assert.deepEqual(
    [...studies].sort(([a], [b]) => (a < b ? -1 : 1)),
    jobs.map((job) => [job.id, studyRuns(job, { ...options, expected })] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  assert.ok(studies.get('known')!.anomalies.length > 0);
  assert.ok(studies.get('known')!.growth !== null);
});

test('what is not worth a thread, and what no thread can be had for, is left to whoever asked', async () => {
  const jobs = [mixedJob('known', 50)];
  const left = [
    studyInThread(script, { ...always, cores: 1 }),
    studyInThread(script, { ...always, fewestRuns: 51 }),
    studyInThread(path.join(folder, 'missing.cjs'), always),
  ];
  for (const study of left) assert.equal((await study(jobs, options)).size, 0);
  assert.equal((await studyInThread(script, always)(jobs, options, AbortSignal.abort())).size, 0);
});

test('a report is the same, whoever studied the runs', async () => {
  const file = path.join(folder, 'runs.jsonl');
  const records = Array.from({ length: 900 }, (_, n) => ({
    backup_id: `job-${n % 3}`,
    started_at: new Date(Math.floor(n / 3) * 24 * hourMs).toISOString(),
    status: n % 19 === 0 ? 'failed' : 'completed',
    duration_seconds: 60 + (n % 11),
    size_bytes: 1e9 + n * 1e6 + (n === 700 ? 1e10 : 0),
  }));
  await writeFile(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const request = {
    paths: [file],
    options: { now: 300 * 24 * hourMs, zone: 'UTC', capacityBytes: 2e9, maxRisk: 0.5 },
  };
  const beside = createAnalysis(studyInThread(script, always));
  const report = await createAnalysis().analyze(request);
  assert.deepEqual(await beside.analyze(request), report);
  assert.deepEqual(await beside.analyze(request), report, 'asked again, nothing is left to study');
  assert.ok(report.jobs.some(({ anomalies }) => anomalies.length > 0));
});
