import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogParser } from '../../../../src/backups/logs/parseLog.ts';
import { parseText } from './parseText.ts';

test('a log is of the tool that told the most runs so far, however it was read', () => {
  const restic =
    '{"message_type":"summary","total_files_processed":3,"total_bytes_processed":100,"data_added":5,"total_duration":60,"snapshot_id":"aaaaaaaa"}\n';
  const generic = '{"backup_id":"x","status":"ok","started_at":"2026-06-01T02:00:00Z","duration":5}\n';
  // Behind the beginning, which is read again each time.
  const pieces = ['\n'.repeat(40_000), restic.repeat(2), generic, generic.repeat(2), restic.repeat(2)];
  const parser = createLogParser({ path: 'backup.log', zone: 'UTC', fileTimeMs: null });
  const formats = pieces.map((piece) => {
    parser.push(Buffer.from(piece));
    parser.snapshot();
    return parser.snapshot().format;
  });
  assert.deepEqual(formats, ['unknown', 'restic', 'restic', 'generic', 'restic']);
  assert.deepEqual(
    pieces.map((_, n) => parseText(pieces.slice(0, n + 1).join('')).format),
    formats,
  );
});

test('of a log with more runs than are kept the newest count, and the others are told', () => {
  const record = (n: number): string =>
    `{"backup_id":"x","status":"ok","started_at":"${new Date(n * 3_600_000).toISOString()}","duration":${n}}\n`;
  const lines = Array.from({ length: 230 }, (_, n) => record(n));
  const readIn = (pieces: readonly string[]): [number, (number | undefined)[], string] => {
    const parser = createLogParser({ path: 'backup.log', zone: 'UTC', fileTimeMs: null, mostRuns: 100 });
    // Behind the beginning, which is read again each time.
    parser.push(Buffer.from('\n'.repeat(40_000)));
    for (const piece of pieces) {
      parser.push(Buffer.from(piece));
      parser.snapshot();
    }
    const { runs, leftOutRuns, format } = parser.snapshot();
    return [leftOutRuns, [runs.length, runs[0]?.durationMs ?? 0, runs.at(-1)?.durationMs ?? 0], format];
  };
  // The first quarter goes each time the hundred are full.
  const expected = [150, [80, 150_000, 229_000], 'generic'];
  assert.deepEqual(readIn([lines.join('')]), expected);
  assert.deepEqual(readIn(lines), expected, 'however it came');
});
