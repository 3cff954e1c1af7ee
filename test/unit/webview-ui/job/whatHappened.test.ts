import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Outcome } from '../../../../src/backups/run.ts';
import { whatHappened } from '../../../../webview-ui/job/whatHappened.ts';
import { wordsFor } from '../../../../webview-ui/words.ts';
import { makeJob, makeRunSummary } from '../makeJob.ts';

const words = wordsFor({ language: 'en', zone: 'UTC', templates: {} });
const dayMs = 86_400_000;
const now = Date.UTC(2026, 10, 24, 8);
const nightly = (...newestFirst: Outcome[]) =>
  newestFirst.map((outcome, night) => makeRunSummary(outcome, now - 6 * 3_600_000 - night * dayMs));
const told = (...newestFirst: Outcome[]): string =>
  whatHappened(makeJob(nightly(...newestFirst)), now, words).join(' ');

test('a success is one sentence and its time', () => {
  assert.match(told('success', 'failure'), /^The last run succeeded\. It started 2026-11-24 02:00, 6.h ago\.$/);
});

test('failures in a row are counted, and the last success is told', () => {
  const text = told('failure', 'failure', 'failure', 'success');
  assert.match(text, /^The last 3 runs failed\./);
  assert.match(text, /The last success was 2026-11-21 02:00, 3.d ago\./);
});

test('skipped runs and the one going on break no streak', () => {
  assert.match(told('running', 'failure', 'skipped', 'failure', 'success'), /^The last 2 runs failed\./);
});

test('a job that never succeeded says so', () => {
  assert.match(told('failure'), /No run has ever succeeded\./);
  assert.doesNotMatch(told('partial', 'success'), /ever succeeded/);
});

test('a late run is told instead of the time it was expected', () => {
  const cadence = {
    medianIntervalMs: dayMs,
    jitterMs: 0,
    nextExpectedAt: now - dayMs,
    overdueMs: dayMs,
    missedRuns: 0,
  };
  const late = whatHappened(makeJob(nightly('success'), { cadence }), now, words).at(-1)!;
  assert.match(late, /^The next run is 1.d late\.$/);
  const next = whatHappened(makeJob(nightly('success'), { cadence: { ...cadence, overdueMs: null } }), now, words).at(
    -1,
  )!;
  assert.equal(next, 'The next run is expected 2026-11-23 08:00.');
});
