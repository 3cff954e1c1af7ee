import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cadence } from '../../../../src/backups/report.ts';
import { reportOverview } from '../../../../src/protocol/reportOverview.ts';
import { sortJobs } from '../../../../webview-ui/overview/sortJobs.ts';
import type { SortColumn } from '../../../../webview-ui/viewState.ts';
import { makeJob, makeRunSummary } from '../makeJob.ts';

const hourMs = 3_600_000;
const now = 1000 * hourMs;
const cadence = (nextInMs: number | null, overdueMs: number | null = null): Cadence => ({
  medianIntervalMs: hourMs,
  jitterMs: 0,
  nextExpectedAt: nextInMs === null ? null : now + nextInMs,
  overdueMs,
  missedRuns: 0,
});
const { jobs } = reportOverview({
  schema: 1,
  generatedAt: now,
  sources: [],
  jobs: [
    makeJob([makeRunSummary('success', now - hourMs)], { id: 'b', cadence: cadence(hourMs) }),
    makeJob([makeRunSummary('success', null)], { id: 'c' }),
    makeJob([makeRunSummary('failure', now - 9 * hourMs)], { id: 'a', cadence: cadence(-hourMs, 2 * hourMs) }),
  ],
});
const order = (column: SortColumn, descending: boolean): string =>
  sortJobs(jobs, { column, descending }, now)
    .map(({ id }) => id)
    .join('');

test('names sort as names, both ways', () =>
  assert.deepEqual([order('job', false), order('job', true)], ['abc', 'cba']));

test('a job without the value comes last, both ways', () => {
  assert.deepEqual([order('lastRun', false), order('lastRun', true)], ['abc', 'bac']);
});

test('a run that is late was due before one that is still to come', () => assert.equal(order('nextRun', false), 'abc'));

test('where no job has the value the report’s order stays', () => {
  assert.deepEqual([order('risk', true), order('full', false)], ['bca', 'bca']);
});
