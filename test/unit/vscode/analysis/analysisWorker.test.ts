import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { RpcError } from '../../../../src/protocol/rpc.ts';
import { AnalysisWorker, isCancelled } from '../../../../src/vscode/analysis/analysisWorker.ts';

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
    if (path === 'report') { analyzed = path; reply({ jobs: [] }); }
  });
`;

const options = { now: 0, zone: 'UTC', capacityBytes: null, maxRisk: 0.5 };
const series = { job: 'etc', maxPoints: 10 };
const request = (path: string) => ({ paths: [path], options });

const started: AnalysisWorker[] = [];
after(() => started.forEach((worker) => worker.stop()));

function newWorker(idleMs = 60_000) {
  const crashes: string[] = [];
  let threads = 0;
  const worker = new AnalysisWorker(
    () => {
      threads++;
      return new Worker(script, { eval: true });
    },
    (error) => crashes.push(error.message),
    idleMs,
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

test('is not let go while somebody waits', async () => {
  const { worker } = newWorker(20);
  const controller = new AbortController();
  const pending = worker.analyze(request('hang'), { signal: controller.signal });
  await worker.analyze(request('report'));
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
