/** What a tool says twice is about one run. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inShort, outcomesOf, parseText } from './parseText.ts';

test('rsnapshot: a detailed log file repeats the last words for the system log, and is one run', () => {
  const at = (text: string, second = '28'): string => `[2020-04-14T13:55:${second}] ${text}`;
  assert.deepEqual(
    outcomesOf(
      at('/usr/bin/rsnapshot -c /etc/rsnapshot.conf daily: started'),
      at('Setting locale to POSIX "C"'),
      at('echo 2335 > /var/run/rsnapshot.pid'),
      at('touch /mnt/usb/daily.0/', '58'),
      at('rm -f /var/run/rsnapshot.pid', '58'),
      at(
        '/usr/bin/logger -p user.info -t rsnapshot[2335] /usr/bin/rsnapshot -c /etc/rsnapshot.conf daily: completed successfully',
        '58',
      ),
      at('/usr/bin/rsnapshot -c /etc/rsnapshot.conf daily: completed successfully', '58'),
    ),
    ['success 1-7'],
  );
});

test('duplicity: statistics that stand in the output and in a log file beside it are those of one run', () => {
  const statistics = [
    '--------------[ Backup Statistics ]--------------',
    'StartTime 1780279200.20 (Mon Jun  1 02:00:00 2026)',
    'EndTime 1780279204.76 (Mon Jun  1 02:00:04 2026)',
    'SourceFileSize 1223592859 (1.14 GB)',
    'Errors 0',
  ];
  assert.deepEqual(outcomesOf(...statistics, '', 'NOTICE 1', ...statistics.map((line) => `. ${line}`)), [
    'success 1-5',
  ]);
});

test('duplicati: what its log said stands in the result once more, and begins no run', () => {
  const said = (kind: string, id: string, text: string): string =>
    `        2026-06-01 02:00:01 +00 - [${kind}-Duplicati.Library.Main.${id}]: ${text},`;
  const { runs } = parseText(
    [
      'DeletedFiles: 0',
      'SizeOfExaminedFiles: 117758373787',
      'MainOperation: Backup',
      'CompactResults:',
      '    Messages: [',
      said('Information', 'Controller-StartingOperation', 'The operation Backup has started'),
      '    ]',
      'ParsedResult: Warning',
      'BeginTime: 6/1/2026 2:00:00 AM (1780279200)',
      'Duration: 00:04:11.0000000',
      'Warnings: [',
      said('Warning', 'FileEntry-PathProcessingFailed', 'Failed to process path: /srv/a'),
      ']',
      '',
    ].join('\n'),
    'duplicati.txt',
  );
  assert.deepEqual(
    runs.map((run) => [inShort(run), run.error]),
    [['partial 2026-06-01T02:00:00Z 251s lines 1-13', 'Failed to process path: /srv/a']],
  );
});
