import assert from 'node:assert/strict';
import { test } from 'node:test';
import { learnJobs } from '../../../../src/backups/prediction/learnJobs.ts';
import { modelVersion } from '../../../../src/backups/prediction/modelVersion.ts';
import { bursts, nightly } from './invented.ts';

/** What each version said of the same history: of its runs 15, 60, 150 and 350. */
const said: Record<string, number[]> = {
  1: [0.4859176064999105, 0.7369988875709965, 0.13697696748397142, 0.1504389894323909],
};

test('this version says what it has always said: whoever changes a prediction raises modelVersion', () => {
  const letters = `${bursts(200)}${'sspsssf'.repeat(30)}`;
  const history = nightly(letters, (index) => ({
    sizeBytes: 1e9 + 1e7 * index + 2e8 * (index % 5),
    durationMs: 600_000 + 60_000 * (index % 7),
    failureClass: letters[index] === 'f' ? (index % 2 === 0 ? 'network' : 'lock') : null,
  }));
  const predicted = learnJobs([history], { zone: 'UTC' }).get(history.id)!.predicted.from(0);
  const now = [15, 60, 150, 350].map((run) => predicted[run]!);
  const before = said[modelVersion] ?? [];
  assert.ok(
    now.every((probability, i) => Math.abs(probability - before[i]!) < 1e-6),
    `version ${modelVersion} said ${before.join(', ')} and now says ${now.join(', ')}`,
  );
});
