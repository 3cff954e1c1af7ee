import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RiskReport } from '../../../../src/backups/report.ts';
import { nextLookAt } from '../../../../src/vscode/analysis/nextLookAt.ts';
import { newJobReport } from '../newJobReport.ts';

const minute = 60_000;
const now = Date.UTC(2026, 10, 24);

function reportOf(...nextRuns: { at: number | null; overdueMs?: number }[]): RiskReport {
  const jobs = nextRuns.map(({ at, overdueMs = null }) =>
    newJobReport({
      cadence: { medianIntervalMs: 86_400_000, jitterMs: 0, nextExpectedAt: at, overdueMs, missedRuns: 0 },
    }),
  );
  return { schema: 1, generatedAt: now, sources: [], jobs };
}

test('looks a minute after the earliest run that is expected', () => {
  assert.equal(nextLookAt(reportOf({ at: now + 90 * minute }, { at: now + 30 * minute }), now), now + 31 * minute);
});

test('looks every quarter of an hour while a run is due but not yet overdue', () => {
  assert.equal(nextLookAt(reportOf({ at: now - minute }, { at: now + 90 * minute }), now), now + 15 * minute);
});

test('an overdue run, and one that nobody expects, need no look', () => {
  assert.equal(nextLookAt(reportOf({ at: now - minute, overdueMs: minute }, { at: null }), now), null);
  assert.equal(nextLookAt({ ...reportOf(), jobs: [newJobReport({ cadence: null })] }, now), null);
});
