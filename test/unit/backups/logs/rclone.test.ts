/** rclone: what is a backup of what it does, and what only serves or lists a remote. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inShort, parseText } from './parseText.ts';

function runsOf(...lines: string[]): string[] {
  return parseText(`${lines.join('\n')}\n`).runs.map(inShort);
}

const at = (clock: string, text: string): string => `2026/06/01 ${clock} ${text}`;
const version = (clock: string, command: string, word = 'starting'): string =>
  at(clock, `DEBUG : rclone: Version "v1.69.0" ${word} with parameters ["rclone" "-vv" "${command}" "/srv" "nas:srv"]`);
const stats = (clock: string, elapsed: string): string[] => [
  at(clock, 'INFO  : '),
  'Transferred:   \t    3.021 MiB / 3.021 MiB, 100%, 1.5 MiB/s, ETA 0s',
  `Elapsed time:         ${elapsed}`,
];

test('a mounted or served remote is no backup, whatever is copied through it', () => {
  assert.deepEqual(
    runsOf(
      version('01:00:00', 'mount'),
      at('01:00:00', 'DEBUG : Creating backend with remote "nas:srv"'),
      at('01:00:01', 'INFO  : S3 bucket srv: poll-interval is not supported by this remote'),
      version('01:00:01', 'mount', 'finishing'),
      at('01:00:02', 'DEBUG : /: Attr: '),
      at('01:20:00', 'INFO  : a.txt: Copied (new)'),
      at('02:20:00', 'ERROR : /mnt/srv: Failed to unmount: busy'),
    ),
    [],
  );
  assert.deepEqual(
    runsOf(
      at('01:00:00', 'INFO  : Starting bandwidth limiter at 8Mi Byte/s'),
      at('01:00:00', 'INFO  : S3 bucket srv: vfs cache: cleaned: objects 0 (was 0) in use 0, total size 0 (was 0)'),
      at('01:00:00', 'NOTICE: NFS Server running at 127.0.0.1:60495'),
      at('01:01:00', 'INFO  : a.txt: Copied (new)'),
      at('01:20:00', 'INFO  : Signal received: terminated'),
    ),
    [],
  );
  assert.deepEqual(runsOf(version('01:00:00', 'lsjson'), at('01:00:01', 'DEBUG : 4 go routines active')), []);
});

test('a copy after a mount in the same log is a run', () => {
  assert.deepEqual(
    runsOf(
      at('00:10:00', 'INFO  : S3 bucket srv: vfs cache: cleaned: objects 0 (was 0) in use 0, total size 0 (was 0)'),
      at('00:20:00', 'INFO  : Exiting...'),
      version('01:00:00', 'copy'),
      at('01:00:01', 'INFO  : a.txt: Copied (new)'),
      ...stats('01:00:03', '2.6s'),
      version('01:00:03', 'copy', 'finishing'),
      at('01:00:03', 'DEBUG : 6 go routines active'),
    ),
    ['success 2026-06-01T01:00:00.400Z 2.6s lines 3-9'],
  );
});

test('that there was nothing to transfer is a result, also where no statistics follow', () => {
  assert.deepEqual(
    runsOf(
      at('01:00:00', 'INFO  : There was nothing to transfer'),
      '2026/06/02 01:00:00 INFO  : There was nothing to transfer',
    ).map((run) => run.split(' ')[0]),
    ['success', 'success'],
  );
});
