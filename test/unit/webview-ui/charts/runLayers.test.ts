import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Anomaly } from '../../../../src/backups/report.ts';
import { message } from '../../../../src/wording/message.ts';
import { runLayers, type RunMetric } from '../../../../webview-ui/charts/runLayers.ts';
import { makeSeries } from './makeSeries.ts';

const dayMs = 86_400_000;
const duration: RunMetric = {
  name: 'duration',
  unit: 'duration',
  fromZero: true,
  values: ({ durationMs }) => durationMs,
};
const size: RunMetric = { name: 'size', unit: 'bytes', fromZero: false, values: ({ sizeBytes }) => sizeBytes };

function anomalyAt(line: number, more: Partial<Anomaly> = {}): Anomaly {
  return {
    metric: 'duration',
    shape: 'outlier',
    startedAt: null,
    value: 0,
    expected: [0, 0],
    score: 9,
    severity: 'warning',
    isAnomaly: true,
    message: message('report.unknown'),
    source: { path: '/logs/job.log', line, endLine: line },
    ...more,
  };
}

test('finished runs make the line; failed and unfinished ones stand at the foot of the axis', () => {
  const series = makeSeries([
    { at: 0, durationMs: 50_000 },
    { at: dayMs, durationMs: 3_000, outcome: 'failure' },
    { at: 2 * dayMs, durationMs: 60_000, outcome: 'partial' },
    { at: 3 * dayMs, outcome: 'cancelled' },
  ]);
  const { layers } = runLayers(duration, series, [], 'all')!;
  assert.deepEqual(layers.runs.points, [
    { x: 0, y: 50_000 },
    { x: 2 * dayMs, y: 60_000 },
  ]);
  assert.deepEqual(layers.partial.runs, [2]);
  assert.deepEqual(layers.failures, { points: [{ x: dayMs, y: 0 }], runs: [1] });
  assert.deepEqual(layers.unfinished, { points: [{ x: 3 * dayMs, y: 0 }], runs: [3] });
});

test('a finding belongs to the run on its line, and to its own metric', () => {
  const series = makeSeries([0, 1, 2].map((day) => ({ at: day * dayMs, durationMs: 60_000 })));
  const found = [anomalyAt(2), anomalyAt(1, { metric: 'size' }), anomalyAt(3, { isAnomaly: false })];
  const { layers, findingOf } = runLayers(duration, series, found, 'all')!;
  assert.deepEqual(layers.findings.runs, [1]);
  assert.equal(findingOf(1), found[0]);
  assert.equal(findingOf(0), undefined);
});

test('a time range counts back from the newest run', () => {
  const series = makeSeries([0, 50, 100].map((day) => ({ at: day * dayMs, durationMs: 1000 })));
  assert.deepEqual(runLayers(duration, series, [], 'month')!.shown, [2]);
  assert.deepEqual(runLayers(duration, series, [], 'quarter')!.shown, [1, 2]);
  assert.deepEqual(runLayers(duration, series, [], 'all')!.shown, [0, 1, 2]);
});

test('the band has the detector’s own bounds, with gaps where nothing was expected', () => {
  const runs = [0, 1, 2].map((day) => ({ at: day * dayMs, sizeBytes: 100 }));
  const series = makeSeries(runs, { size: { lower: [null, 80, 90], upper: [null, 120, 110] } });
  const { layers, hasBand, expectedOf } = runLayers(size, series, [], 'all')!;
  assert.deepEqual(
    layers.upper.points.map(({ y }) => y),
    [NaN, 120, 110],
  );
  assert.deepEqual(
    layers.lower.points.map(({ y }) => y),
    [NaN, 80, 90],
  );
  assert.ok(hasBand);
  assert.deepEqual([expectedOf(0), expectedOf(1)], [null, [80, 120]]);
});

test('the axis holds every value, and does not let a very wide band flatten them', () => {
  const runs = [100, 110, 120].map((sizeBytes, day) => ({ at: day * dayMs, sizeBytes }));
  const wide = makeSeries(runs, { size: { lower: [0, 0, 0], upper: [9000, 9000, 9000] } });
  const { low, high } = runLayers(size, wide, [], 'all')!;
  assert.ok(low <= 100 && low >= 80 && high >= 120 && high <= 140, `${low} to ${high}`);
});

test('a first run far above all others does not set the axis', () => {
  const runs = [900, 10, 12, 11, 9, 14, 10].map((durationMs, day) => ({ at: day * dayMs, durationMs }));
  const { high, firstAbove, layers } = runLayers(duration, makeSeries(runs), [], 'all')!;
  assert.ok(high >= 14 && high < 30, `the axis ends at ${high}`);
  assert.equal(firstAbove, 0);
  assert.equal(layers.runs.points.length, 7);
  const jumpLater = runLayers(
    duration,
    makeSeries(runs.toReversed().map((run, day) => ({ ...run, at: day * dayMs }))),
    [],
    'all',
  )!;
  assert.ok(jumpLater.high >= 900);
  assert.equal(jumpLater.firstAbove, null);
});

test('there is no chart without a finished run that has a time and a value', () => {
  assert.equal(runLayers(duration, makeSeries([]), [], 'all'), null);
  assert.equal(runLayers(duration, makeSeries([{ at: null, durationMs: 5 }]), [], 'all'), null);
  assert.equal(runLayers(duration, makeSeries([{ at: 0, durationMs: 5, outcome: 'failure' }]), [], 'all'), null);
});

test('100,000 runs are thinned to what can be seen, and all stay in the table', () => {
  const series = makeSeries(
    Array.from({ length: 100_000 }, (_, i) => ({
      at: i * 300_000,
      durationMs: 1000 + (i % 97),
      outcome: i % 50 === 0 ? ('failure' as const) : ('success' as const),
    })),
  );
  const { layers, shown } = runLayers(duration, series, [], 'all')!;
  assert.ok(layers.runs.points.length <= 2004 && layers.failures.points.length <= 2004);
  assert.equal(shown.length, 100_000);
});
