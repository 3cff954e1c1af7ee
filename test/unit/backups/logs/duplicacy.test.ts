/** What Duplicacy prints. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inShort, outcomesOf, parseText } from './parseText.ts';

const night = (day: number, ...lines: string[]): string[] =>
  [
    'INFO STORAGE_SET Storage set to sftp://tea@nas//backups',
    'INFO BACKUP_START Last backup at revision 7 found',
    'INFO BACKUP_INDEXING Indexing /srv/tea',
    'INFO UPLOAD_PROGRESS Uploaded chunk 1 size 1048576, 1024KB/s 00:00:01 50.0%',
    ...lines,
  ].map((line, n) => `2026-06-0${day} 02:00:0${n}.250 ${line}`);
const statistics = [
  'INFO BACKUP_END Backup for /srv/tea at revision 8 completed',
  'INFO BACKUP_STATS Files: 88,542 total, 35,326M bytes; 706 new, 5,646M bytes',
  'INFO BACKUP_STATS All chunks: 9006 total, 46,085M bytes; 152 new, 919,592K bytes, 538,545K bytes uploaded',
  'INFO BACKUP_STATS Total running time: 00:00:07',
];

test('duplicacy: nights with its log, one after another', () => {
  const { runs } = parseText(
    [
      ...night(1, ...statistics),
      '2026-06-01 03:00:00.250 INFO STORAGE_SET Storage set to sftp://tea@nas//backups',
      '2026-06-01 03:00:01.250 INFO RETENTION_POLICY Keep no snapshots older than 360 days',
      '2026-06-01 03:00:02.250 INFO SNAPSHOT_DELETE Deleting snapshot tea at revision 1',
      ...night(2, ...statistics, 'WARN BACKUP_SKIPPED 24 files were not included due to access errors'),
      ...night(
        3,
        'ERROR UPLOAD_CHUNK Failed to upload the chunk b412: failed to send packet header: EOF',
        'INFO UPLOAD_PROGRESS Skipped chunk 3 size 1048576, 1024KB/s 3 days 03:45:18 0.0%',
        'INFO INCOMPLETE_SAVE Incomplete snapshot saved to /srv/tea/.duplicacy/incomplete',
      ),
      '',
    ].join('\n'),
  );
  assert.deepEqual(
    runs.map((run) => inShort(run).replace(/ lines .*/, '')),
    [
      'success 2026-06-01T02:00:01.250Z 7s',
      'partial 2026-06-02T02:00:01.250Z 7s',
      'failure 2026-06-03T02:00:01.250Z 3s',
    ],
  );
  const [first, , last] = runs;
  assert.deepEqual(
    [first!.sizeBytes, first!.addedBytes, first!.fileCount, first!.changedFileCount],
    [35_326 * 1024 ** 2, 538_545 * 1024, 88_542, 706],
  );
  assert.equal(last!.error, 'Failed to upload the chunk b412: failed to send packet header: EOF');
  assert.deepEqual([...new Set(runs.map(({ job }) => job))], ['duplicacy /srv/tea → sftp://tea@nas//backups']);
});

test('duplicacy: without its log, and a log that begins in the middle', () => {
  assert.deepEqual(
    outcomesOf(
      'Storage set to /mnt/nas',
      'No previous backup found',
      'Indexing /srv/tea',
      'Backup for /srv/tea at revision 1 completed',
    ),
    ['success 2-4'],
  );
  assert.deepEqual(
    outcomesOf('TRACE PACK_START Packing tea.txt', 'ERROR UPLOAD_CHUNK Failed to upload the chunk b412: no space left'),
    ['failure 1-2'],
  );
});

test('duplicacy: chunks that are lost side by side, without its log', () => {
  const chunk = (letter: string): string =>
    `Failed to upload the chunk ${letter.repeat(64)}: write tcp 10.0.0.7:50000: broken pipe`;
  assert.deepEqual(
    outcomesOf(
      'Uploaded chunk 7 size 4476809, 10.07MB/s 20:18:06 70.1%',
      chunk('a'),
      chunk('b'),
      `ERROR ${chunk('b')}`,
    ),
    ['failure 1-4'],
  );
});
