import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forecastStorage } from '../../../../src/backups/forecast/forecastStorage.ts';
import type { JobHistory } from '../../../../src/backups/history/job.ts';
import { newRun, type BackupRun } from '../../../../src/backups/run.ts';

const dayMs = 86_400_000;
const begin = Date.UTC(2026, 0, 1, 2);
const gb = 1e9;

function nightly(count: number, known: (day: number) => Partial<BackupRun>): JobHistory {
  const runs = Array.from({ length: count }, (_, day) =>
    newRun({
      job: 'etc',
      tool: 'restic',
      outcome: 'success',
      source: { path: 'etc.log', line: day + 1, endLine: day + 1 },
      startedAt: begin + day * dayMs,
      ...known(day),
    }),
  );
  return { id: 'etc', tool: 'restic', host: null, repository: null, runs, completeness: 'complete', cadence: null };
}

const at = (day: number): number => begin + day * dayMs;

test('steady growth reaches the capacity when arithmetic says so', () => {
  const history = nightly(100, (day) => ({ repositoryBytes: (100 + day + (day % 3) * 0.1) * gb }));
  const forecast = forecastStorage(history, { capacityBytes: 260 * gb, now: at(99), days: 30 });
  assert.ok(forecast);
  assert.equal(forecast.series, 'repository');
  assert.equal(forecast.trend, 'growing');
  assert.ok(Math.abs(forecast.bytesPerDay / gb - 1) < 0.02);
  assert.ok(forecast.daysToFull);
  const { earliest, latest } = forecast.daysToFull;
  assert.ok(earliest <= 61 && 50 < earliest, `earliest ${earliest}`);
  assert.ok(latest !== null && latest >= 61 && latest < 75, `latest ${latest}`);
  assert.deepEqual([forecast.times[0], forecast.times.length, forecast.point.length], [at(100), 30, 30]);
});

test('days are counted from now, not from the last run', () => {
  const history = nightly(100, (day) => ({ repositoryBytes: (100 + day + (day % 3) * 0.1) * gb }));
  const soon =
    forecastStorage(history, { capacityBytes: 260 * gb, now: at(99), days: 30 })?.daysToFull?.earliest ?? NaN;
  const later = forecastStorage(history, { capacityBytes: 260 * gb, now: at(109), days: 30 })?.daysToFull?.earliest;
  assert.equal(later, soon - 10);
});

test('a flat or shrinking repository never fills up', () => {
  const flat = nightly(60, (day) => ({ repositoryBytes: (500 + ((day * 7) % 5)) * gb }));
  assert.equal(forecastStorage(flat, { capacityBytes: 600 * gb, now: at(60), days: 30 })?.daysToFull, null);
  const shrinking = nightly(60, (day) => ({ repositoryBytes: (500 - day) * gb }));
  const forecast = forecastStorage(shrinking, { capacityBytes: 600 * gb, now: at(60), days: 30 });
  assert.deepEqual([forecast?.trend, forecast?.daysToFull], ['shrinking', null]);
});

test('a prune is cut off: growth goes on from the level after it', () => {
  const history = nightly(100, (day) => ({ repositoryBytes: (day < 60 ? 400 + day : 200 + day - 60) * gb }));
  const forecast = forecastStorage(history, { capacityBytes: null, now: at(99), days: 10 });
  assert.equal(forecast?.trend, 'growing');
  assert.ok(Math.abs(forecast.bytesPerDay / gb - 1) < 0.01);
  assert.ok(Math.abs(forecast.point[9]! / gb - 249) < 5);
});

test('a weekly prune is the pattern, not a reset: the sawtooth as a whole is flat', () => {
  const history = nightly(120, (day) => ({ repositoryBytes: (300 + (day % 7) * 10) * gb }));
  const forecast = forecastStorage(history, { capacityBytes: 500 * gb, now: at(119), days: 30 });
  assert.deepEqual([forecast?.trend, forecast?.daysToFull], ['flat', null]);
});

test('without the size of the repository what was added counts, and without that the size of the backup', () => {
  const added = nightly(30, () => ({ addedBytes: gb, sizeBytes: 50 * gb }));
  assert.equal(forecastStorage(added, { capacityBytes: null, now: at(30), days: 5 })?.series, 'added');
  const size = nightly(30, () => ({ sizeBytes: 50 * gb }));
  assert.equal(forecastStorage(size, { capacityBytes: null, now: at(30), days: 5 })?.series, 'size');
});

test('too few sizes give no forecast', () => {
  const history = nightly(4, () => ({ sizeBytes: gb }));
  assert.equal(forecastStorage(history, { capacityBytes: null, now: at(4), days: 5 }), null);
});
