import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectAnomalies } from '../../../../src/backups/anomalies/detectAnomalies.ts';

const baseline = { duration_seconds: { mean: 300, std: 60 }, size_bytes: { mean: 1000, std: 0 } };

test('a value far from its mean is an anomaly, on either side', () => {
  const [long] = detectAnomalies({ duration_seconds: 900 }, baseline);
  assert.deepEqual(long, {
    metricName: 'duration_seconds',
    isAnomaly: true,
    anomalyScore: 10,
    severity: 'critical',
  });
  const [short] = detectAnomalies({ duration_seconds: 90 }, baseline);
  assert.deepEqual([short?.isAnomaly, short?.anomalyScore, short?.severity], [true, -3.5, 'warning']);
});

test('two deviations are worth a note, one is normal', () => {
  assert.deepEqual(
    detectAnomalies({ duration_seconds: 435 }, baseline).map((v) => [v.isAnomaly, v.severity]),
    [[false, 'info']],
  );
  assert.equal(detectAnomalies({ duration_seconds: 350 }, baseline)[0]?.severity, 'normal');
});

test('a baseline without variation has a floor of five percent of the mean', () => {
  assert.equal(detectAnomalies({ size_bytes: 1001 }, baseline)[0]?.isAnomaly, false);
  assert.equal(detectAnomalies({ size_bytes: 500 }, baseline)[0]?.anomalyScore, -10);
});

test('scores are capped, also where the mean is zero', () => {
  assert.equal(detectAnomalies({ size_bytes: 1e15 }, baseline)[0]?.anomalyScore, 50);
  assert.equal(detectAnomalies({ errors: 1 }, { errors: { mean: 0, std: 0 } })[0]?.anomalyScore, 50);
  assert.equal(detectAnomalies({ errors: 0 }, { errors: { mean: 0, std: 0 } })[0]?.anomalyScore, 0);
});

test('what has no baseline or no value is left out', () => {
  assert.deepEqual(detectAnomalies({ toString: 5, other: 1, duration_seconds: NaN }, baseline), []);
  assert.deepEqual(detectAnomalies({}, baseline), []);
});
