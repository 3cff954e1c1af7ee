/** Logs that begin in the middle, and words that another tool said. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inShort, outcomesOf, parseText } from './parseText.ts';

test('vzdump: a guest whose first lines are cut off', () => {
  assert.deepEqual(outcomesOf('INFO: backup mode: snapshot', 'INFO: Finished Backup of VM 101 (00:01:15)'), [
    'success 2-2',
  ]);
  const { runs } = parseText(
    [
      "INFO: creating Proxmox Backup Server archive 'vm/109/2026-06-01T02:00:03Z'",
      'INFO: transferred 20.00 GiB in 23 seconds (890.4 MiB/s)',
      'INFO: Finished Backup of VM 109 (00:00:25)',
      '',
    ].join('\n'),
  );
  assert.deepEqual(runs.map(inShort), ['success 2026-06-01T02:00:03Z 25s lines 1-3']);
});

test('pgbackrest: the times in the catalog of its first years', () => {
  const { runs } = parseText(
    [
      'stanza: tea',
      '    status: ok',
      '',
      '    full backup: 20260601-020110F',
      '        start / stop timestamp: 2026-06-01 02:00:03 / 2026-06-01 02:01:10',
      '        database size: 336.3MB, backup size: 336.3MB',
      '',
    ].join('\n'),
  );
  assert.deepEqual(runs.map(inShort), ['success 2026-06-01T02:00:03Z 67s lines 4-6']);
});

test('rsync: a dry run saves nothing', () => {
  assert.deepEqual(
    outcomesOf(
      'sent 19.71M bytes  received 209.88K bytes  155.03K bytes/sec',
      'total size is 14.89G  speedup is 747.39 (DRY RUN)',
    ),
    ['skipped 1-2'],
  );
});

test('duplicity: what anybody may say is its failure only where it has spoken', () => {
  assert.deepEqual(parseText('Unable to find the cat\n').runs, []);
  assert.deepEqual(outcomesOf('Last full backup date: none', 'Unable to create temp directory'), ['failure 1-2']);
});

test('duplicity: the removal of old backups under a heading of its own is no backup', () => {
  const { runs } = parseText(
    [
      'Local and Remote metadata are synchronized, no sync needed.',
      'Last full backup date: none',
      '--------------[ Backup Statistics ]--------------',
      'StartTime 1780279203.00 (Mon Jun  1 02:00:03 2026)',
      'ElapsedTime 60.00 (1 minute 0 seconds)',
      'Errors 0',
      '-------------------------------------------------',
      '----------------[ Duplicity Cleanup ]----------------',
      'Local and Remote metadata are synchronized, no sync needed.',
      'Last full backup date: Mon Jun  1 02:00:03 2026',
      '-----------[ Source Disk Use Information ]-----------',
      'Local and Remote metadata are synchronized, no sync needed.',
      'Last full backup date: Mon Jun  1 02:00:03 2026',
      'BackendException: no route to host',
      '',
    ].join('\n'),
  );
  assert.deepEqual(
    runs.map(({ outcome, source }) => `${outcome} ${source.line}`),
    ['success 1', 'failure 12'],
  );
});

test('airflow 1: a tool behind the two heads of a subtask', () => {
  const head = '{base_task_runner.py:98} INFO - Job 7: Subtask save [2026-06-01 02:00:05,078] ';
  const { runs } = parseText(
    [
      `[2026-06-01 02:00:05,079] ${head}{bash_operator.py:101} INFO - processed 41 files, 4.874 MiB in 0:02`,
      `[2026-06-01 02:00:07,079] ${head}{bash_operator.py:101} INFO - snapshot 79c92c2c saved`,
      '',
    ].join('\n'),
  );
  assert.deepEqual(
    runs.map(({ tool, outcome }) => [tool, outcome]),
    [['restic', 'success']],
  );
});

test('pgbackrest: words of its first versions', () => {
  const { runs } = parseText(
    [
      '2026-06-01 02:00:03.835 P00   INFO: full backup size = 1.3GB',
      'ERROR [059]: : statement timed out after 1800.044 second(s):',
      '2026-06-01 02:30:03.887 P00   INFO: backup command end: aborted with exception [059]',
      '',
    ].join('\n'),
  );
  assert.deepEqual(
    runs.map(({ outcome, sizeBytes, error }) => [outcome, sizeBytes, error]),
    [['failure', 1395864371, 'statement timed out after 1800.044 second(s):']],
  );
});

test('duplicity: statistics under a heading in another language', () => {
  const { runs } = parseText(
    [
      '--------------[ Statistiche del backup ]--------------',
      'StartTime 1780279203.62 (Mon Jun  1 02:00:03 2026)',
      'ElapsedTime 60.00 (1 minute 0 seconds)',
      'SourceFileSize 1000 (1000 bytes)',
      'Errors 0',
      '',
    ].join('\n'),
  );
  assert.deepEqual(
    runs.map((run) => [run.outcome, run.durationMs, run.sizeBytes]),
    [['success', 60_000, 1000]],
  );
});

test('wal-g: a lost part of a backup in a log that begins there, which no lost segment is', () => {
  const lost = (where: string): string =>
    `ERROR: 2026/06/01 02:00:03.251570 failed to upload 'tea/${where}' to bucket 'tea': connection reset`;
  assert.deepEqual(outcomesOf(lost('basebackups_005/base_1/tar_partitions/part_002.tar.br')), ['failure 1-1']);
  assert.deepEqual(outcomesOf(lost('wal_005/000000010000000000000002.br')), []);
});
