import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { RpcError } from '../../../../src/protocol/rpc.ts';
import { AnalysisWorker, isCancelled } from '../../../../src/vscode/analysis/analysisWorker.ts';
import { createAnalysis } from '../../../../src/worker/analysis.ts';

/**
 * A thread that speaks the protocol. The first path of a request says what it does: "report" ends at once, "crash" throws
 * outside of the call, "exit" leaves, "hang" never answers. `series` fails unless something was analyzed.
 */
const script = `
  const { parentPort } = require('node:worker_threads');
  let analyzed = null;
  parentPort.on('message', ({ rpc, id, method, request }) => {
    if (rpc !== 'call') return;
    const reply = (value) => parentPort.postMessage({ rpc: 'value', id, value });
    if (method === 'series') return analyzed ? reply({ job: analyzed }) : reply(null);
    const [path] = request.paths;
    if (path === 'crash') setImmediate(() => { throw new Error('out of luck'); });
    if (path === 'exit') process.exit(3);
    if (path === 'report') { analyzed = path; reply({ jobCount: 0 }); }
  });
`;

const options = { now: 0, zone: 'UTC', capacityBytes: null, maxRisk: 0.5 };
const series = { job: 'etc', maxPoints: 10 };
const request = (path: string) => ({ paths: [path], options });

const started: AnalysisWorker[] = [];
let folder: string;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'backup-foresight-'));
});
after(async () => {
  for (const worker of started) worker.stop();
  await rm(folder, { recursive: true, force: true });
});

function newWorker(idleMs = 60_000, costlyMs = 60_000) {
  const crashes: string[] = [];
  let threads = 0;
  const worker = new AnalysisWorker(
    () => {
      threads++;
      return new Worker(script, { eval: true });
    },
    (error) => crashes.push(error.message),
    idleMs,
    costlyMs,
  );
  started.push(worker);
  return { worker, crashes, threads: () => threads };
}

const rejectsAs = (failure: string) => (error: unknown) => error instanceof RpcError && error.failure === failure;

test('starts with the first call and is shared', async () => {
  const { worker, threads } = newWorker();
  assert.equal(worker.thread, null);
  await Promise.all([worker.analyze(request('report')), worker.analyze(request('report'))]);
  assert.equal(threads(), 1);
});

test('a crash rejects what is pending, is told once, and the next call finds a new thread', async () => {
  const { worker, crashes, threads } = newWorker();
  await assert.rejects(worker.analyze(request('crash')), rejectsAs('peerGone'));
  assert.deepEqual(crashes, ['out of luck']);
  assert.deepEqual(await worker.analyze(request('report')), { jobs: [] });
  assert.equal(threads(), 2);
});

test('a thread that leaves by itself is a crash too', async () => {
  const { worker, crashes } = newWorker();
  await assert.rejects(worker.analyze(request('exit')), rejectsAs('peerGone'));
  assert.deepEqual(crashes, ['The analysis thread ended with code 3.']);
});

test('a new thread reads again what the old one knew, before it answers', async () => {
  const { worker, threads } = newWorker();
  await worker.analyze(request('report'));
  await assert.rejects(worker.analyze(request('crash')));
  const [one, two] = await Promise.all([worker.ask('series', series), worker.ask('series', series)]);
  assert.deepEqual([one, two], [{ job: 'report' }, { job: 'report' }]);
  assert.equal(threads(), 2);
});

test('is let go when idle, which is no crash', async () => {
  const { worker, crashes } = newWorker(30);
  await worker.analyze(request('report'));
  assert.notEqual(worker.thread, null);
  await sleep(100);
  assert.equal(worker.thread, null);
  assert.deepEqual(crashes, []);
});

test('is not let go when it would take long to read everything again', async () => {
  const { worker } = newWorker(20, 0);
  await worker.analyze(request('report'));
  await sleep(80);
  assert.notEqual(worker.thread, null);
});

test('is not let go while somebody waits', async () => {
  const { worker } = newWorker(20);
  const controller = new AbortController();
  const pending = worker.analyze(request('hang'), { signal: controller.signal });
  await worker.ask('series', series);
  await sleep(80);
  assert.notEqual(worker.thread, null);
  controller.abort();
  await assert.rejects(pending, isCancelled);
});

test('stopping rejects what is pending', async () => {
  const { worker, crashes } = newWorker();
  const pending = worker.analyze(request('hang'));
  worker.stop();
  await assert.rejects(pending, rejectsAs('peerGone'));
  assert.deepEqual(crashes, []);
});

function crashed(error: Error): never {
  throw error;
}

/** What only the real thread does. */
function newRealWorker(): AnalysisWorker {
  const thread = path.resolve(import.meta.dirname, '../../../../src/worker/thread.ts');
  const worker = new AnalysisWorker(() => new Worker(thread), crashed, 60_000);
  started.push(worker);
  return worker;
}

async function writeJobs(jobCount: number): Promise<string> {
  const records = Array.from({ length: jobCount * 5 }, (_, run) => ({
    backup_id: `job-${run % jobCount}`,
    status: run % 7 === 0 ? 'failed' : 'success',
    started_at: new Date(Math.floor(run / jobCount) * 86_400_000).toISOString(),
    duration_seconds: 60,
  }));
  const file = path.join(folder, `${jobCount}.jsonl`);
  await writeFile(file, records.map((record) => JSON.stringify(record) + '\n').join(''));
  return file;
}

test('a report of more jobs than are fetched at a time comes whole and in its order', async () => {
  const analyzed = { paths: [await writeJobs(50)], options };
  assert.deepEqual(await newRealWorker().analyze(analyzed), await createAnalysis().analyze(analyzed));
});

test('two analyses at a time do not mix', async () => {
  const worker = newRealWorker();
  const [forty, twenty] = [await writeJobs(40), await writeJobs(20)];
  const reports = await Promise.all([
    worker.analyze({ paths: [forty], options }),
    worker.analyze({ paths: [twenty], options }),
  ]);
  assert.deepEqual(
    reports.map(({ jobs }) => new Set(jobs.map(({ id }) => id)).size),
    [40, 20],
  );
});
