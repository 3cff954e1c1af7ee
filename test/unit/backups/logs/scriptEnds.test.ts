/** Whose end a script's last line tells: that of the tool's run, of one that said nothing, or of one that never ended. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inShort, outcomesOf, parseText } from './parseText.ts';

test('a start without an end is a failure where the script tells its ends', () => {
  const night = (day: number, ...rest: string[]): string[] => [`2026-06-0${day} 02:00:00 Backup started`, ...rest];
  const end = (day: number): string => `2026-06-0${day} 02:00:09 Backup finished with exit code 0`;
  const { runs } = parseText(
    [...night(1, end(1)), ...night(2), ...night(3), ...night(4, end(4)), ...night(5), ''].join('\n'),
  );
  assert.deepEqual(runs.map(inShort), [
    'success 2026-06-01T02:00:00Z 9s lines 1-2',
    'failure 2026-06-02T02:00:00Z lines 3-3',
    'failure 2026-06-03T02:00:00Z lines 4-4',
    'success 2026-06-04T02:00:00Z 9s lines 5-6',
    'running 2026-06-05T02:00:00Z lines 7-7',
  ]);
  // Of another script in the same log nothing is known.
  const other = ['2026-06-01 03:00:00 Starting backup of photos', '2026-06-02 03:00:00 Starting backup of photos'];
  assert.deepEqual(outcomesOf(...night(1, end(1)), ...other), ['success 1-2', 'unknown 3-3', 'running 4-4']);
});

test('the code of a night of which the tool said nothing is not that of the night before', () => {
  const saved = 'snapshot deadbeef saved';
  assert.deepEqual(
    outcomesOf(
      '▶ 2026-06-01 02:00:00 backup',
      saved,
      '✔ 2026-06-01 02:00:09 backup',
      '▶ 2026-06-02 02:00:00 backup',
      '✘ 2026-06-02 02:00:09 backup (exit 137)',
      '▶ 2026-06-03 02:00:00 backup',
      saved,
      '✔ 2026-06-03 02:00:09 backup',
    ),
    ['success 1-3', 'failure 4-5', 'success 6-8'],
  );
  assert.deepEqual(
    outcomesOf(
      '### 2026-06-01 02:00:00: nightly backup',
      saved,
      '### 2026-06-01 02:00:09: all good',
      '### 2026-06-02 02:00:00: nightly backup',
      '### 2026-06-02 02:00:09: something went wrong',
    ),
    ['success 1-3', 'failure 4-5'],
  );
  // An older stamp, of a list that another command prints, begins no night.
  assert.deepEqual(
    outcomesOf(
      '=== Backup started at Tue Feb  3 02:17:09 CET 2026 ===',
      '--------------[ Backup Statistics ]--------------',
      'StartTime 1770081429.27 (Tue Feb  3 02:17:09 2026)',
      'EndTime 1770081429.29 (Tue Feb  3 02:17:09 2026)',
      'SourceFileSize 517351 (505 KB)',
      'Errors 0',
      '-------------------------------------------------',
      '',
      'Deleting backup chain at time:',
      'Thu Jan 22 02:17:42 2026',
      'Deleting complete signature chain Wed Jan 21 02:17:19 2026',
      '=== Backup finished at Tue Feb  3 02:17:09 CET 2026 with exit code 0 ===',
    ),
    ['success 1-12'],
  );
});

test('the code behind the end is that of a backup which never began, where the step before it failed', () => {
  const repository = '/mnt/repo';
  assert.deepEqual(
    outcomesOf(
      'Backup started: 2026-06-01 02:00:00',
      `${repository}: Pruning archives`,
      'passphrase supplied in BORG_PASSPHRASE, by BORG_PASSCOMMAND or via BORG_PASSPHRASE_FD is incorrect.',
      `${repository}: Error running actions for repository`,
      `Command 'borg prune ${repository}' returned non-zero exit status 2.`,
      'Backup ended: 2026-06-01 02:00:02',
      'Exit code: 1',
    ),
    ['failure 1-7'],
  );
});

test('rsnapshot says nothing of a night that went well; the shell shows that it ran', () => {
  const night = (day: number, interval: string): string[] => [
    '+ date',
    `Mon Jun  ${day} 02:00:00 UTC 2026`,
    `+ /usr/bin/rsnapshot ${interval}`,
    '+ rc=0',
    '+ date',
    `Mon Jun  ${day} 02:00:09 UTC 2026`,
  ];
  assert.deepEqual(outcomesOf(...night(1, 'daily'), ...night(2, '-c /etc/rs.conf alpha')), [
    'success 2-6',
    'success 8-12',
  ]);
  assert.deepEqual(outcomesOf(...night(1, 'configtest')), []);
});
