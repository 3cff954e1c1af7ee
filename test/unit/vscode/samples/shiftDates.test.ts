import assert from 'node:assert/strict';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { shiftDates, weeksUntil } from '../../../../src/vscode/samples/shiftDates.ts';
import { createAnalysis } from '../../../../src/worker/analysis.ts';
import { projectRoot } from '../../../workbench/projectRoot.ts';

test('dates move, whatever is written around them', () => {
  assert.equal(
    shiftDates('etl-2026-11-20 {"time":"2026-12-28T04:00:22Z"}', 1),
    'etl-2026-11-27 {"time":"2027-01-04T04:00:22Z"}',
  );
  assert.equal(shiftDates('Mon Nov 23 12:30:04 UTC 2026', 1), 'Mon Nov 30 12:30:04 UTC 2026');
  assert.equal(shiftDates('Thu Dec 31 00:26:17 2026', 1), 'Thu Jan  7 00:26:17 2027');
});

test('numbers that are no dates stay', () => {
  const text = 'id 12026-11-231 and 5df7-bdb8-c15f, size 2026 11 23, Mon Xyz 23 12:30:04 2026';
  assert.equal(shiftDates(text, 3), text);
});

test('as many whole weeks as have passed, and never into the future', () => {
  const texts = ['a 2026-11-09', 'b 2026-11-23 c 2025-01-01'];
  assert.equal(weeksUntil(texts, Date.UTC(2026, 10, 29)), 0);
  assert.equal(weeksUntil(texts, Date.UTC(2026, 10, 30)), 1);
  assert.equal(weeksUntil(texts, Date.UTC(2026, 10, 1)), 0);
  assert.equal(weeksUntil(['no date'], Date.UTC(2026, 10, 1)), 0);
});

test('the sample logs tell the same a year later', async () => {
  const weeks = 52;
  const logs = path.join(projectRoot, 'sample-workspace/logs');
  const later = mkdtempSync(path.join(tmpdir(), 'shifted-logs-'));
  try {
    cpSync(logs, later, { recursive: true });
    for (const file of globSync('**/*.*', { cwd: later }))
      writeFileSync(path.join(later, file), shiftDates(readFileSync(path.join(later, file), 'utf8'), weeks));
    const now = Date.UTC(2026, 10, 24);
    const shiftMs = weeks * 7 * 86_400_000;
    const tell = async (folder: string, at: number) => {
      const options = { now: at, zone: 'UTC', capacityBytes: null, maxRisk: 0.5 };
      const { jobs } = await createAnalysis().analyze({ paths: [folder], options });
      return jobs.map(({ id, runs, lastRun, prediction, anomalies }) => ({
        id,
        runs,
        lastRunAgo: at - (lastRun.startedAt ?? NaN),
        risk: prediction?.failureProbability.toFixed(6),
        anomalies: anomalies.length,
      }));
    };
    assert.deepEqual(await tell(later, now + shiftMs), await tell(logs, now));
  } finally {
    rmSync(later, { recursive: true });
  }
});
