import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportOverview, type JobOverview } from '../../../../src/protocol/reportOverview.ts';
import { summary } from '../../../../webview-ui/overview/summary.ts';
import { wordsFor } from '../../../../webview-ui/words.ts';
import { makeJob, makeRunSummary } from '../makeJob.ts';

const words = wordsFor({ language: 'en', zone: 'UTC', templates: {} });
const [plain] = reportOverview({
  schema: 1,
  generatedAt: 0,
  sources: [],
  jobs: [makeJob([makeRunSummary('success', 0)])],
}).jobs;
const said = (...jobs: Partial<JobOverview>[]): string =>
  summary({ generatedAt: 0, sources: [], jobs: jobs.map((job) => ({ ...plain!, ...job })) }, words);

const waits: JobOverview['prediction'] = {
  failureProbability: 0.8,
  interval: [0.7, 0.9],
  decision: {
    action: 'delay_or_manual',
    confidence: 'high',
    reason: { code: 'decision.wait', values: { probability: 0.8, limit: 0.5 } },
  },
};
const late = { medianIntervalMs: 1, jitterMs: 0, nextExpectedAt: 0, overdueMs: 5, missedRuns: 0 };

test('it says how many jobs should wait, how many are overdue, and when the first storage is full', () =>
  assert.equal(
    said(
      { prediction: waits },
      { cadence: late, daysToFull: { earliest: 60, latest: null } },
      { daysToFull: { earliest: 44, latest: 121 } },
    ),
    '1 of 3 jobs should wait. Overdue jobs: 1. The first storage is full in 44 days at the earliest.',
  ));

test('it says nothing of what is not so, nor of a storage that is full in months', () =>
  assert.equal(said({ daysToFull: { earliest: 91, latest: 200 } }), 'No job needs to wait.'));

test('a full storage is said before one that fills up', () =>
  assert.match(
    said({ daysToFull: { earliest: 3, latest: 4 } }, { daysToFull: { earliest: 0, latest: 0 } }),
    /A storage is full\.$/,
  ));
