import * as assert from 'node:assert/strict';
import type { RpcError } from '../../src/protocol/rpc.ts';
import type { TestedExtension } from '../../src/extension.ts';
import { extensionWithReport, until } from './extensionUnderTest.ts';

suite('analysis worker', () => {
  let extension: TestedExtension;
  suiteSetup(async () => {
    extension = await extensionWithReport();
  });

  test('a thread that dies is replaced, and the new one knows what the old one had read', async () => {
    const { monitor, worker } = extension.internals;
    await monitor.analyze();
    const died = worker.thread!;
    await died.terminate();
    await until('the death is noticed', () => worker.thread === null);
    const job = monitor.report!.jobs[0]!;
    const series = await worker.ask('series', { job: job.id, maxPoints: 1000 });
    assert.equal(series.startedAt.length + series.leftOut, job.runs);
    assert.notEqual(worker.thread, died);
  });

  test('an analysis whose thread dies fails in words, and the next one succeeds', async () => {
    const { monitor, worker } = extension.internals;
    const before = await monitor.analyze();
    // The thread is asked once the logs have been found; one that is still at hand would be done too soon.
    await worker.thread?.terminate();
    const killing = setInterval(() => void worker.thread?.terminate(), 1);
    try {
      await assert.rejects(monitor.analyze(), (error: RpcError) => error.failure === 'peerGone');
    } finally {
      clearInterval(killing);
    }
    assert.match(monitor.failure ?? '', /ended unexpectedly/);
    assert.equal(monitor.report, before, 'the earlier report stays');
    assert.notEqual(await monitor.analyze(), null);
    assert.equal(monitor.failure, null);
  });

  test('a cancelled analysis is no failure, and the earlier report stays', async () => {
    const { monitor } = extension.internals;
    const before = monitor.report;
    const analysis = monitor.analyze();
    // Again and again: one that a watcher has started may go before it.
    const cancelling = setInterval(() => monitor.cancel(), 1);
    try {
      assert.equal(await analysis, null);
    } finally {
      clearInterval(cancelling);
    }
    assert.equal(monitor.failure, null);
    assert.equal(monitor.report, before);
  });
});
