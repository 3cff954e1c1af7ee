import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JobSeries, RiskReport } from '../../../../src/backups/report.ts';
import { KeptSeries } from '../../../../src/vscode/report/keptSeries.ts';

const report: RiskReport = { schema: 1, generatedAt: 0, sources: [], jobs: [] };
const seriesOf = (job: string): JobSeries => ({ job }) as JobSeries;

/** A keeper that notes for which jobs it made a series; the first `failures` of them fail. */
function newKeptSeries(failures = 0): { kept: KeptSeries; made: string[] } {
  const made: string[] = [];
  const kept = new KeptSeries(({ job }) => {
    made.push(job);
    return made.length <= failures ? Promise.reject(new Error('no')) : Promise.resolve(seriesOf(job));
  });
  return { kept, made };
}

test('a series is made once for a report, and anew for the next report', async () => {
  const { kept, made } = newKeptSeries();
  const first = kept.of(report, { job: 'a', maxPoints: 10 });
  assert.deepEqual(await kept.of(report, { job: 'a', maxPoints: 10 }), seriesOf('a'));
  assert.equal(await first, await kept.of(report, { job: 'a', maxPoints: 10 }));
  assert.deepEqual(made, ['a']);
  await kept.of({ ...report }, { job: 'a', maxPoints: 10 });
  assert.deepEqual(made, ['a', 'a']);
});

test('only the last job is kept, and only for as many points', async () => {
  const { kept, made } = newKeptSeries();
  for (const [job, maxPoints] of [
    ['a', 10],
    ['b', 10],
    ['a', 10],
    ['a', 20],
  ] as const)
    assert.deepEqual(await kept.of(report, { job, maxPoints }), seriesOf(job));
  assert.deepEqual(made, ['a', 'b', 'a', 'a']);
});

test('what could not be made is made again when it is asked for again', async () => {
  const { kept, made } = newKeptSeries(1);
  await assert.rejects(kept.of(report, { job: 'a', maxPoints: 10 }));
  assert.deepEqual(await kept.of(report, { job: 'a', maxPoints: 10 }), seriesOf('a'));
  assert.deepEqual(made, ['a', 'a']);
});
