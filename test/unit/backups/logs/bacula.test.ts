/** The reports of Bacula and Bareos. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inShort, parseText } from './parseText.ts';

const report = (id: number, end: string, level = 'Full'): string[] => [
  `01-Jun 02:03 nas-dir JobId ${id}: Bareos nas-dir 22.0.4 (14Apr23):`,
  '  Build OS:               Debian GNU/Linux 12 (bookworm)',
  `  JobId:                  ${id}`,
  `  Job:                    tea.2026-06-0${id}_02.00.00_03`,
  `  Backup Level:           ${level}`,
  '  Client:                 "web-fd" 22.0.4 (14Apr23) Debian',
  `  Scheduled time:         0${id}-Jun-2026 02:00:00`,
  `  Start time:             0${id}-Jun-2026 02:00:03`,
  `  End time:               0${id}-Jun-2026 02:03:03`,
  '  Elapsed time:           3 mins',
  '  FD Files Written:       9,992',
  '  FD Bytes Written:       372,477,791 (372.4 MB)',
  '  SD Bytes Written:       373,698,260 (373.6 MB)',
  '  FD termination status:  OK',
  `  Termination:            ${end}`,
  '',
];

test('bacula: each report of a backup is a run', () => {
  const { runs } = parseText(
    [
      '01-Jun 02:00 nas-dir JobId 1: Start Backup JobId 1, Job=tea.2026-06-01_02.00.00_03',
      ...report(1, 'Backup OK'),
      ...report(2, 'Backup OK -- with warnings', 'Incremental, since=2026-06-01 02:00:03'),
      '03-Jun 02:02 web-fd JobId 3: Fatal error: Network error with FD during Backup: ERR=Connection reset by peer',
      ...report(3, '*** Backup Error ***'),
      ...report(4, 'Restore OK'),
      ...report(5, 'Backup Canceled'),
    ].join('\n'),
    'bareos.log',
  );
  assert.deepEqual(runs.map(inShort), [
    'success 2026-06-01T02:00:03Z 180s lines 4-16',
    'partial 2026-06-02T02:00:03Z 180s lines 20-32',
    'failure 2026-06-03T02:00:03Z 180s lines 37-49',
    'cancelled 2026-06-05T02:00:03Z 180s lines 69-81',
  ]);
  assert.deepEqual(
    runs.map(({ sizeBytes, fileCount, kind, error }) => [sizeBytes, fileCount, kind, error]),
    [
      [372477791, 9992, 'full', null],
      [372477791, 9992, 'incremental', null],
      [372477791, 9992, 'full', 'Network error with FD during Backup: ERR=Connection reset by peer'],
      [372477791, 9992, 'full', null],
    ],
  );
  assert.deepEqual([...new Set(runs.map(({ job }) => job))], ['bacula tea']);
});

test('bacula: fields that a script says as well are none of a report', () => {
  assert.deepEqual(
    parseText(
      'Start time: 2026-06-01 02:00:03\nbackup finished, exit code 0\nEnd time: 2026-06-01 02:03:03\n',
    ).runs.map(({ tool, outcome }) => [tool, outcome]),
    [['script', 'success']],
  );
});

test('a table as consoles print it, with rulers and bars', () => {
  const { runs, skippedLines } = parseText(
    [
      '*list jobs',
      '+-------+------+---------------------+----------+----------+-----------+',
      '| jobid | name | starttime           | duration | jobbytes | jobstatus |',
      '+-------+------+---------------------+----------+----------+-----------+',
      '|     1 | tea  | 2026-06-01 02:00:03 | 00:03:00 |     1000 | T         |',
      '|     2 | tea  | 2026-06-02 02:00:03 | 00:00:01 |        0 | f         |',
      '+-------+------+---------------------+----------+----------+-----------+',
      '',
    ].join('\n'),
  );
  assert.deepEqual(runs.map(inShort), [
    'success 2026-06-01T02:00:03Z 180s lines 5-5',
    'failure 2026-06-02T02:00:03Z 1s lines 6-6',
  ]);
  assert.equal(runs[0]!.sizeBytes, 1000);
  assert.equal(skippedLines, 0);
});
