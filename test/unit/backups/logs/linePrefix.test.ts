/** What stands in front of a line, and which words only look like it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findHosts, peelLine } from '../../../../src/backups/logs/linePrefix.ts';
import { StampReader } from '../../../../src/backups/logs/stamps.ts';
import { createZonedTime } from '../../../../src/backups/logs/zonedTime.ts';

const stamps = (): StampReader => new StampReader(createZonedTime('UTC'), Date.UTC(2026, 10, 24));
const at = Date.UTC(2026, 5, 1, 2, 0, 3);

test('prefixes of many writers come off, and the tool’s words stay', () => {
  const rows: [line: string, process: string | null, host: string | null][] = [
    ['2026-06-01T02:00:03Z snapshot 79c92c2c saved', null, null],
    ['[2026-06-01 02:00:03] snapshot 79c92c2c saved', null, null],
    ['Jun 01 02:00:03 snapshot 79c92c2c saved', null, null],
    ['Jun  1 02:00:03 nas restic[811]: snapshot 79c92c2c saved', 'restic', 'nas'],
    ['<30>1 2026-06-01T02:00:03Z nas restic 811 - - snapshot 79c92c2c saved', 'restic', 'nas'],
    ['2026-06-01T02:00:03.000000000Z stdout F snapshot 79c92c2c saved', null, null],
    ['backup-1  | 2026-06-01T02:00:03.000000000Z snapshot 79c92c2c saved', 'backup-1', null],
    ['borgmatic    | 2026-06-01T02:00:03.000000000Z snapshot 79c92c2c saved', 'borgmatic', null],
    ['2026-06-01T02:00:03.000000Z 01O snapshot 79c92c2c saved', null, null],
    ['backup\tRun backup\t2026-06-01T02:00:03.0000000Z snapshot 79c92c2c saved', null, null],
    ['[pod/backup-28123-x7z/backup] 2026-06-01T02:00:03.000000000Z snapshot 79c92c2c saved', null, null],
    ['INFO 2026-06-01 02:00:03 snapshot 79c92c2c saved', null, null],
    ['[INFO ] 2026-06-01 02:00:03,000 snapshot 79c92c2c saved', null, null],
    ['INFO:nightly:2026-06-01 02:00:03 snapshot 79c92c2c saved', null, null],
    ['@400000006a1ce7ad00000000 snapshot 79c92c2c saved', null, null],
    ['1780279203000 snapshot 79c92c2c saved', null, null],
    ['Jun 01 02:00:03 2026/06/01 02:00:03 snapshot 79c92c2c saved', null, null],
  ];
  for (const [line, process, host] of rows)
    assert.deepEqual(peelLine(line, stamps()), { at, host, process, text: 'snapshot 79c92c2c saved' }, line);
});

test('the container that Docker Compose names comes off, with a number or with a name of its own', () => {
  for (const container of ['backup-1 ', 'nas_restic_1', 'borgmatic   '])
    assert.deepEqual(peelLine(`${container} | summary:`, stamps()), {
      at: null,
      host: null,
      process: container.trim(),
      text: 'summary:',
    });
  // A table's row is none of it.
  assert.equal(peelLine('restic | success | 42', stamps()).process, null);
});

test('a tag without a number counts only after a host that the log is known to have', () => {
  const line = 'Jun  1 02:00:03 nas backup-www: Archive name: www-2026';
  const known = peelLine(line, stamps(), new Set(['nas']));
  assert.deepEqual([known.process, known.text], ['backup-www', 'Archive name: www-2026']);
  assert.equal(peelLine(line, stamps()).process, null);
  assert.equal(peelLine('Jun  1 02:00:03 nas backup-www:', stamps(), new Set(['nas'])).text, '');
});

test('hosts are found where they stand in front of every stamped line, and never in the words of a tool', () => {
  const tagged = (host: string): string[] => [1, 2, 3].map((n) => `Jun  1 02:00:0${n} ${host} backup: Files: ${n}\n`);
  assert.deepEqual([...findHosts(tagged('nas').join(''), stamps())], ['nas']);
  const words = ['Archive name: a', 'Archive fingerprint: b', 'Duration: 1 second', 'Number of files: 3'];
  assert.equal(findHosts(words.map((text) => `Jun  1 02:00:03 ${text}\n`).join(''), stamps()).size, 0);
  const levels = [1, 2, 3].map((n) => `2026-06-01 02:00:0${n},000 INFO backup: line ${n}\n`);
  assert.equal(findHosts(levels.join(''), stamps()).size, 0);
  assert.equal(findHosts('', stamps()).size, 0);
});

test('words after a time are no zone and no host', () => {
  assert.equal(peelLine('Jun  1 02:00:03 END rc=0', stamps()).text, 'END rc=0');
  assert.equal(peelLine('Jun  1 02:00:03 START', stamps()).text, 'START');
  assert.equal(peelLine('Jun  1 02:00:03 SSH_ORIGINAL_COMMAND: None', stamps()).text, 'SSH_ORIGINAL_COMMAND: None');
  assert.equal(peelLine('Mon Jun  1 04:00:03 CEST 2026 start', stamps()).at, at);
  const leveled = peelLine('2026-06-01 02:00:03,000 INFO backup: starting www', stamps());
  assert.deepEqual([leveled.host, leveled.text], [null, 'INFO backup: starting www']);
});
