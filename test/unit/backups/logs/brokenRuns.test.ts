/** Runs that were killed, and fail without a script around them: each is one run, and none is part of the next. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inShort, outcomesOf, parseText } from './parseText.ts';

test('rsnapshot: a warning is all that it prints of a run that left something out', () => {
  const warning = 'WARNING: Some files and/or directories in /srv/ only transferred partially during rsync operation';
  assert.deepEqual(
    outcomesOf(
      '2026-06-01 02:00:00 backup started',
      warning,
      '2026-06-01 02:01:00 backup finished with exit code 2',
      '2026-06-02 02:00:00 backup started',
      '2026-06-02 02:01:00 backup finished with exit code 0',
    ),
    ['partial 1-3', 'success 4-5'],
  );
});

test('rclone: its first words, and statistics that stop short of the whole', () => {
  const config = (day: number): string =>
    `2026/06/0${day} 01:00:00 NOTICE: Config file "/root/.config/rclone/rclone.conf" not found - using defaults`;
  const copied = (day: number): string => `2026/06/0${day} 01:00:01 INFO  : a.bin: Copied (new)`;
  const stats = (day: number, done: string): string =>
    `2026/06/0${day} 01:00:02 INFO  :   514.839 KiB / 2.868 MiB, ${done}, 0 B/s, ETA -`;
  assert.deepEqual(outcomesOf(config(1), copied(1), config(2), copied(2), stats(2, '100%')), [
    'failure 1-2',
    'success 3-5',
  ]);
  assert.deepEqual(outcomesOf(copied(1), stats(1, '18%'), copied(2), stats(2, '100%')), ['failure 1-2', 'success 3-4']);
});

test('rsync: a list that begins again, and errors after totals that went well', () => {
  const totals = ['sent 300 bytes  received 20 bytes  640.00 bytes/sec', 'total size is 1,000  speedup is 3.1'];
  const list = 'sending incremental file list';
  assert.deepEqual(outcomesOf(list, 'a.bin', list, ...totals), ['failure 1-1', 'success 3-5']);
  assert.deepEqual(
    outcomesOf(
      list,
      ...totals,
      'rsync error: received SIGINT, SIGTERM, or SIGHUP (code 20) at rsync.c(874) [sender=3.2.7]',
    ),
    ['success 1-3', 'cancelled 4-4'],
  );
  assert.deepEqual(
    outcomesOf(
      'rsync: [receiver] write failed on "/mnt/a": No space left on device (28)',
      'rsync error: error in file IO (code 11) at receiver.c(380) [receiver=3.2.7]',
      'rsync: [sender] write error: Broken pipe (32)',
      list,
      ...totals,
    ),
    ['failure 1-3', 'success 4-6'],
  );
});

test('rsync: each process of a log file is a run', () => {
  const of = (process: number, text: string): string => `2026/06/01 01:00:00 [${process}] ${text}`;
  assert.deepEqual(
    outcomesOf(
      of(7, 'building file list'),
      of(8, 'building file list'),
      of(8, 'sent 300 bytes  received 20 bytes  total size 1000'),
      of(9, 'rsync: [sender] failed to connect to nas (10.0.0.9): Connection refused (111)'),
      of(9, 'sent 0 bytes  received 0 bytes  total size 0'),
      of(9, 'rsync error: error in socket IO (code 10) at clientserver.c(137) [sender=3.2.7]'),
    ),
    ['failure 1-1', 'success 2-3', 'failure 4-6'],
  );
});

test('rsnapshot: each process number it writes is a run', () => {
  const pid = (n: number): string => `echo ${n} > /var/run/rsnapshot.pid`;
  assert.deepEqual(
    outcomesOf(
      pid(1),
      'mv /mnt/s/daily.0/ /mnt/s/daily.1/',
      pid(2),
      'touch /mnt/s/daily.0/',
      'rm -f /var/run/rsnapshot.pid',
      pid(3),
    ),
    ['failure 1-2', 'success 3-5', 'running 6-6'],
  );
});

test('duplicity: a trace of its own ends with the reason', () => {
  const { runs } = parseText(
    [
      'Errors 0',
      'Traceback (innermost last):',
      '  File "/usr/bin/duplicity", line 92, in <module>',
      '    with_tempdir(main)',
      " PermissionError: [Errno 13] Permission denied: b'/mnt/usb'",
      '',
    ].join('\n'),
  );
  assert.deepEqual(
    runs.map(({ outcome, error, failureClass }) => [outcome, error, failureClass]),
    [['failure', "PermissionError: [Errno 13] Permission denied: b'/mnt/usb'", 'permission']],
  );
});

test('Borg: what it creates it says once, and a signal is its last word', () => {
  const creating = (day: number): string => `Creating archive at "/mnt/vault/mail::mail-2026-06-0${day}"`;
  const end = 'Chunk index:                      70                   71';
  assert.deepEqual(outcomesOf(creating(1), creating(2), 'Archive name: mail-2026-06-02', end), [
    'failure 1-1',
    'success 2-4',
  ]);
  assert.deepEqual(
    outcomesOf(
      creating(1),
      '/srv/mail/big: read: [Errno 4] Interrupted system call',
      'checkpoint requested: finished checkpoint creation!',
      'Got Ctrl-C / SIGINT.',
      'terminating with error status, rc 2',
      creating(2),
      end,
      'Received SIGTERM',
    ),
    ['cancelled 1-5', 'success 6-7', 'failure 8-8'],
  );
});

test('borgmatic: the same repository once more, and a trace of its own', () => {
  const creating = (repository: string): string => `${repository}: Creating archive`;
  const good = 'bm.yaml: Successfully ran configuration file';
  assert.deepEqual(outcomesOf(creating('/mnt/a'), creating('/mnt/a'), good), ['failure 1-1', 'success 2-2']);
  // Two repositories of one configuration follow one another.
  assert.deepEqual(outcomesOf(creating('/mnt/a'), creating('/mnt/b'), good), ['success 1-1', 'success 2-2']);
  assert.deepEqual(
    outcomesOf(
      creating('/mnt/a'),
      good,
      'Traceback (most recent call last):',
      '  File "/usr/bin/borgmatic", line 33, in <module>',
      "    sys.exit(load_entry_point('borgmatic==1.7.7', 'console_scripts', 'borgmatic')())",
      'KeyboardInterrupt',
    ),
    ['success 1-1', 'cancelled 4-6'],
  );
});

test('what is said after a run, and by another command, does not move its start', () => {
  const { runs } = parseText(
    [
      '2026-06-01T02:00:01Z using parent snapshot d3ffa5c7',
      '2026-06-01T02:00:02Z processed 26 files, 335.582 KiB in 0:00',
      '2026-06-01T02:00:02Z snapshot bbbbbbbb saved',
      '2026-06-01T02:00:03Z Applying Policy: keep 14 daily snapshots',
      '2026-06-01T02:09:00Z done',
      '',
    ].join('\n'),
  );
  assert.deepEqual(
    runs.map(({ startedAt }) => startedAt),
    [Date.UTC(2026, 5, 1, 2, 0, 1)],
  );
});

test('rsnapshot: the lock that a broken run left is taken away by the next one, with a warning', () => {
  const commands = [
    "WARNING: About to remove lockfile /run/rs.pid which belongs to a different process: 28231 (this is OK if it's a stale lock)",
    'rm -f /run/rs.pid',
    'echo 28377 > /run/rs.pid',
    'touch /mnt/rs/daily.0/',
    'rm -f /run/rs.pid',
  ];
  const [start, end] = ['=== Backup started at 2026-01-09 02:17:42 ===', '=== Backup ended at 2026-01-09 02:17:43 ==='];
  assert.deepEqual(outcomesOf(start, 'WARNING: Removing stale lockfile /run/rs.pid', ...commands, end), [
    'partial 1-8',
  ]);
  const own = ['rsnapshot daily: started', ...commands, 'WARNING: rsnapshot daily: completed, but with some warnings'];
  assert.deepEqual(outcomesOf(...own, ...own), ['partial 1-7', 'partial 8-14']);
});

test('rclone: its first words come in one run, though the journal hears them some thousandths apart', () => {
  const entry = (ms: number, message: string): string =>
    JSON.stringify({
      __REALTIME_TIMESTAMP: `${Date.UTC(2026, 0, 13, 2, 17, 43, ms)}000`,
      SYSLOG_IDENTIFIER: 'rclone',
      _SYSTEMD_UNIT: 'rclone.service',
      MESSAGE: `2026/01/13 02:17:43 ${message}`,
    });
  assert.deepEqual(
    outcomesOf(
      entry(201, 'INFO  : Starting bandwidth limiter at 4Mi Byte/s'),
      entry(206, 'NOTICE: Config file "/root/rc.conf" not found - using defaults'),
      entry(359, 'INFO  : a: Copied (new)'),
      entry(800, 'ERROR : Attempt 3/3 failed with 1 errors and: no space left on device'),
    ),
    ['failure 1-4'],
  );
});

test("a script's words of a failed backup are not Barman's", () => {
  const start = '[2026-06-01 02:00:00] Starting backup';
  const again = '[2026-06-01 02:00:10] Backup failed with exit code 1, retrying in 60 seconds (attempt 1/3)';
  const { runs } = parseText(
    [start, 'Fatal: wrong password', again, 'snapshot bbbbbbbb saved', '[2026-06-01 02:02:00] Backup OK', ''].join(
      '\n',
    ),
  );
  assert.deepEqual(
    runs.map(({ tool, outcome }) => `${tool} ${outcome}`),
    ['restic success'],
  );
});

test('duplicity: removing old backups is no backup, and what its rsync said is about its run', () => {
  const backup = [
    'Local and Remote metadata are synchronized, no sync needed.',
    'Last full backup date: Sat Jan 24 02:17:29 2026',
    '--------------[ Backup Statistics ]--------------',
    'StartTime 1769217449.00 (Sat Jan 24 02:17:29 2026)',
    'EndTime 1769217449.50 (Sat Jan 24 02:17:29 2026)',
    'SourceFileSize 409267 (400 KB)',
    'Errors 0',
    '-------------------------------------------------',
  ];
  const removal = [
    'Last full backup date: Sat Jan 24 02:17:29 2026',
    'Deleting backup chain at time:',
    'Deleting complete backup chain Thu Jan 22 02:17:42 2026',
  ];
  assert.deepEqual(outcomesOf(...backup, ...removal, ...backup), ['success 1-11', 'success 12-18']);
  const restarted = [
    'RESTART: The first volume failed to upload before termination.',
    '         Restart is impossible...starting backup from beginning.',
    'Synchronizing remote metadata to local cache...',
  ];
  const [start, end] = ['2026-01-24 02:17:29 Backup started', '2026-01-24 02:18:00 Backup ended with exit code 0'];
  assert.deepEqual(outcomesOf(start, ...backup, ...removal, end), ['success 1-13']);
  const [synchronized, ...rest] = backup as [string, ...string[]];
  assert.deepEqual(outcomesOf(start, synchronized, ...restarted, ...rest, end), ['success 1-13']);
  assert.deepEqual(outcomesOf(synchronized, ...backup), ['failure 1-1', 'success 2-8']);
  assert.deepEqual(
    outcomesOf(
      "Giving up after 1 attempts. BackendException: Error running 'rsync': returned 255, with output:",
      'ssh: connect to host 127.0.0.1 port 9: Connection refused',
      'rsync: connection unexpectedly closed (0 bytes received so far) [Receiver]',
      'rsync error: unexplained error (code 255) at io.c(285) [Receiver=3.5.0]',
    ),
    ['failure 1-4'],
  );
});

test('rsnapshot: one that finds the lock taken fails, and the one that holds it goes on', () => {
  const at = (time: string, text: string): string => `[10/Dec/2018:${time}] /usr/bin/rsnapshot ${text}`;
  const taken = 'ERROR: Lockfile /var/run/rsnapshot.pid exists and so does its process, can not continue';
  const { runs } = parseText(
    [
      at('04:00:06', 'weekly: started'),
      at('04:30:06', 'sync: started'),
      at('04:30:07', `sync: ${taken}`),
      at('05:15:38', 'weekly: completed successfully'),
      // Broken off: the next one was not held up.
      at('06:00:00', 'daily: started'),
      at('07:00:00', 'daily: started'),
      at('07:10:00', 'daily: completed successfully'),
      at('08:00:00', 'daily: started'),
      at('09:00:00', 'hourly: started'),
      '',
    ].join('\n'),
  );
  assert.deepEqual(
    runs.map((run) => `${run.job.split(' ')[1]} ${inShort(run)}`),
    [
      'sync failure 2018-12-10T04:30:06Z 1s lines 2-3',
      'weekly success 2018-12-10T04:00:06Z 4532s lines 1-4',
      'daily failure 2018-12-10T06:00:00Z lines 5-5',
      'daily success 2018-12-10T07:00:00Z 600s lines 6-7',
      'daily failure 2018-12-10T08:00:00Z lines 8-8',
      'hourly running 2018-12-10T09:00:00Z lines 9-9',
    ],
  );
});

test('pgBackRest: the end of a backup whose beginning was cut off, and one error after another', () => {
  const ended = [
    'P00   INFO: new backup label = 20260601-020001F',
    'P00   INFO: full backup size = 22.5MB, file total = 964',
    'P00   INFO: backup command end: completed successfully (8871ms)',
  ];
  const refused = "ERROR: [032]: key '2' is not valid for 'repo' option";
  assert.deepEqual(outcomesOf(...ended, refused, refused, ...ended), [
    'success 1-3',
    'failure 4-4',
    'failure 5-5',
    'success 6-8',
  ]);
  assert.deepEqual(outcomesOf(ended[2]!, ended[2]!), ['success 1-1', 'success 2-2']);
  const failed = [
    'P00  ERROR: [056]: unable to find primary cluster',
    'P00   INFO: backup command end: aborted with exception [056]',
  ];
  assert.deepEqual(outcomesOf(...failed, ...failed), ['failure 1-2', 'failure 3-4']);
});
