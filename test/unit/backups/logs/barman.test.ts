/** What Barman prints on the console. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classifyFailure } from '../../../../src/backups/logs/failureClass.ts';
import { inShort, parseText } from './parseText.ts';

test('barman: a copy that failed is one run, with what rsync said about it', () => {
  const { runs } = parseText(
    [
      '$ barman backup tea',
      'Starting backup using rsync-concurrent method for server tea in /srv/barman/tea/base/20260601T020003',
      'Backup start at xlog location: 0/5D000028 (00000001000000000000005D, 00000028)',
      'Starting backup copy via rsync/SSH for 20260601T020003',
      'ERROR: The backup has failed copying files',
      'Asking PostgreSQL server to finalize the backup.',
      'ERROR: Backup failed copying files.',
      'DETAILS: data transfer failure',
      'rsync error:',
      'rsync: connection unexpectedly closed (0 bytes received so far) [Receiver]',
      'rsync error: error in rsync protocol data stream (code 12) at io.c(235) [Receiver=3.2.7]',
      '$ barman backup tea',
      'Starting backup using rsync-concurrent method for server tea in /srv/barman/tea/base/20260602T020003',
      'Backup completed (start time: 2026-06-02 02:00:03.250000, elapsed time: 2 seconds)',
      '',
    ].join('\n'),
  );
  assert.deepEqual(runs.map(inShort), [
    'failure 2026-06-01T02:00:03Z lines 2-11',
    'success 2026-06-02T02:00:03.250Z 2s lines 13-14',
  ]);
  assert.match(runs[0]!.error!, /^Backup failed copying files\. data transfer failure rsync: connection unexpectedly/);
  assert.equal(classifyFailure('barman', runs[0]!.error!), 'network');
});

test('barman: a failure before the copy, and what it archives behind it', () => {
  const { runs } = parseText(
    [
      'Starting backup using rsync-concurrent method for server tea in /srv/barman/tea/base/20260601T020003',
      'ERROR: The backup has failed starting backup',
      'Asking PostgreSQL server to finalize the backup.',
      'ERROR: Backup failed writing backup label.',
      "DETAILS: [Errno 2] No such file or directory: '/srv/barman/tea/base/20260601T020003/data/backup_label'",
      'DEBUG: Starting archive-wal for server tea',
      '',
    ].join('\n'),
  );
  assert.deepEqual(runs.map(inShort), ['failure 2026-06-01T02:00:03Z lines 1-5']);
});
