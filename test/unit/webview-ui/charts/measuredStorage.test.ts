import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StorageForecast } from '../../../../src/backups/report.ts';
import { measuredStorage } from '../../../../webview-ui/charts/forecastChart.ts';
import { makeSeries } from './makeSeries.ts';

const forecast: StorageForecast = {
  series: 'added',
  trend: 'growing',
  bytesPerDay: 1,
  model: 'theta',
  lastBytes: 1000,
  lastAt: 3,
  times: [],
  point: [],
  lower: [],
  upper: [],
  capacityBytes: null,
  daysToFull: null,
};
const runs = [
  { at: 1, addedBytes: 10, sizeBytes: 500 },
  { at: 2, addedBytes: null, sizeBytes: 510 },
  { at: 3, addedBytes: 30, sizeBytes: 520 },
];

test('added bytes are shown as their running total, which ends where the forecast begins', () => {
  assert.deepEqual(measuredStorage(makeSeries(runs), forecast), {
    points: [
      { x: 1, y: 970 },
      { x: 3, y: 1000 },
    ],
    runs: [0, 2],
  });
});

test('a size is shown as it was measured', () => {
  const { points } = measuredStorage(makeSeries(runs), { ...forecast, series: 'size' });
  assert.deepEqual(
    points.map(({ y }) => y),
    [500, 510, 520],
  );
});
