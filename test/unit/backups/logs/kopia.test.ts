/** What Kopia prints. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inShort, parseText } from './parseText.ts';

const progress = (counts: string, rest: string): string =>
  ` * 0 hashing, 42 hashed (1.5 GB), 7 cached (500 MB), uploaded 20 MB${counts}, ${rest}`;

test('kopia: a reason behind the progress on its line is a failure', () => {
  const { runs } = parseText(
    [
      '2026-06-01 02:00:03 Snapshotting root@web-01:/srv ...',
      progress('', 'estimating...ERROR flush error: disk is full').trim(),
      '',
    ].join('\n'),
  );
  assert.deepEqual(runs.map(inShort), ['failure 2026-06-01T02:00:03Z 0s lines 1-2']);
  assert.equal(runs[0]!.error, 'flush error: disk is full');
});

test('kopia: the last progress tells the sizes, and files that could not be read', () => {
  const { runs } = parseText(
    [
      '2026-06-01 02:00:03 Snapshotting root@web-01:/srv ...',
      progress(' (2 fatal errors)', 'estimated 2 GB (100.0%) 0s left'),
      '2026-06-01 02:18:28 Created snapshot with root k1f0c and ID 2b2dcf207c8f59608 in 18m25s',
      '',
    ].join('\n'),
  );
  assert.deepEqual(runs.map(inShort), ['partial 2026-06-01T02:00:03Z 1105s lines 1-3']);
  assert.equal(runs[0]!.sizeBytes, 2e9);
  assert.equal(runs[0]!.addedBytes, 2e7);
});

test('kopia: a snapshot whose beginning is cut off', () => {
  const { runs } = parseText('Created snapshot with root k1f0c and ID 2b2dcf207c8f59608 in 40s\n');
  assert.deepEqual(
    runs.map(({ outcome, durationMs }) => [outcome, durationMs]),
    [['success', 40_000]],
  );
});
