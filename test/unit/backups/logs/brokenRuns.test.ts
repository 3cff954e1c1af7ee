/** Runs that were killed, and fail without a script around them: each is one run, and none is part of the next. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inShort, parseText } from './parseText.ts';

function outcomesOf(...lines: string[]): string[] {
  return parseText(`${lines.join('\n')}\n`).runs.map(
    ({ outcome, source }) => `${outcome} ${source.line}-${source.endLine}`,
  );
}

test('restic: its first words begin another run', () => {
  const [parent, saved] = ['using parent snapshot aaaaaaaa', 'snapshot bbbbbbbb saved'];
  assert.deepEqual(outcomesOf(parent, '[0:00] 0 files 0 B', parent, saved), ['failure 1-1', 'success 3-4']);
  const verbose = ['open repository', 'lock repository', parent, 'load index files', 'start scan on [/srv]'];
  assert.deepEqual(outcomesOf(...verbose, ...verbose, saved), ['failure 1-5', 'success 6-11']);
  assert.deepEqual(outcomesOf(parent, 'unable to create lock in backend: repository is already locked'), [
    'failure 1-1',
    'failure 2-2',
  ]);
  assert.deepEqual(outcomesOf(parent, 'signal interrupt received, cleaning up', parent, saved), [
    'cancelled 1-2',
    'success 3-4',
  ]);
});

test('restic --json: the first second again', () => {
  const first = '{"message_type":"status","percent_done":0,"total_files":1}';
  const later = '{"message_type":"status","seconds_elapsed":4,"percent_done":0.5}';
  const summary = '{"message_type":"summary","total_bytes_processed":10,"snapshot_id":"aaaaaaaa"}';
  assert.deepEqual(outcomesOf(first, first, later, first, later, summary), ['failure 1-3', 'success 4-6']);
});

test('restic --json: an error that comes after its summary, from the other stream', () => {
  const progress = '{"message_type":"status","percent_done":0}';
  const summary = '{"message_type":"summary","total_bytes_processed":10,"snapshot_id":"aaaaaaaa"}';
  const error = '{"message_type":"error","error":{"Op":"open","Path":"/srv/key","Err":13},"during":"archival"}';
  const warning = 'Warning: at least one source file could not be read';
  const night = (day: number, ...lines: string[]): string[] => [
    `2026-06-0${day} 02:00:00 backup started`,
    ...lines,
    `2026-06-0${day} 02:01:00 backup finished with exit code ${lines.includes(error) ? 3 : 0}`,
  ];
  assert.deepEqual(
    outcomesOf(
      ...night(1, progress, summary, error, warning),
      ...night(2, progress, summary),
      ...night(3, progress, summary, progress, error, summary),
    ),
    ['partial 1-6', 'success 7-10', 'success 11-13', 'partial 14-17'],
  );
});

test('restic: a lock that a backup does not need is that of the command after it', () => {
  const summary = '{"message_type":"summary","total_bytes_processed":10,"snapshot_id":"aaaaaaaa"}';
  const shared =
    'unable to create lock in backend: repository is already locked by PID 28651 on vm by root (UID 0, GID 0)';
  const about = ['lock was created at 2026-06-01 01:03:51 (56m4.372155372s ago)', 'storage ID 11766faf'];
  const exclusive = shared.replace('locked', 'locked exclusively');
  const exitError = (message: string): string =>
    JSON.stringify({ message_type: 'exit_error', code: 11, message: `Fatal: ${[message, ...about].join('\n')}` });
  const night = (day: number, code: number, ...lines: string[]): string[] => [
    `2026-06-0${day} 02:00:00 backup started`,
    ...lines,
    `2026-06-0${day} 02:01:00 backup finished with exit code ${code}`,
  ];
  for (const saved of [summary, 'snapshot aaaaaaaa saved'])
    for (const [of, lines] of [
      [(lock: string) => [lock, ...about], 3],
      [(lock: string) => [`Fatal: ${lock}`, ...about], 3],
      [(lock: string) => [exitError(lock)], 1],
    ] as const)
      for (const code of [0, 1]) {
        const told = outcomesOf(
          ...night(1, code, saved, ...of(shared)),
          ...night(2, 1, ...of(shared)),
          ...night(3, 1, saved, ...of(exclusive)),
          ...night(4, 0, saved),
        );
        assert.equal(told[0], `success 1-${lines + 3}`, `${of(shared)[0]}, exit code ${code}`);
        // Without a snapshot before it, and where the words may be a second backup's, it counts.
        assert.match(told[1]!, /^failure/);
        assert.ok(told.slice(2, -1).some((run) => run.startsWith('failure')));
        assert.match(told.at(-1)!, /^success/);
      }
  // Nor is it a run of its own where nothing stands around the commands.
  assert.deepEqual(outcomesOf('snapshot aaaaaaaa saved', shared, 'snapshot bbbbbbbb saved', shared), [
    'success 1-1',
    'success 3-3',
  ]);
  // Nor does the lock of one command hide that the next backup of the same script fails.
  assert.deepEqual(outcomesOf(...night(1, 1, summary, shared, 'open repository', 'Fatal: wrong password')), [
    'success 1-2',
    'failure 4-6',
  ]);
});

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

test('restic: an error that it has no words for shows its stack', () => {
  const trace = ['main.open', '\tgithub.com/restic/restic/cmd/restic/global.go:760', '\truntime/proc.go:250'];
  const { runs } = parseText(
    ['snapshot bbbbbbbb saved', 'config file has zero size, invalid repository?', ...trace, ''].join('\n'),
  );
  assert.deepEqual(
    runs.map(({ outcome, error }) => [outcome, error]),
    [
      ['success', null],
      ['failure', 'config file has zero size, invalid repository?'],
    ],
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

test('restic: all of a stack trace, and the words at its end, are about one run', () => {
  const trace = [
    'write /mnt/repo/locks/495d97cb-tmp-43: no space left on device',
    'github.com/restic/restic/internal/backend/local.(*Local).Save',
    '\tgithub.com/restic/restic/internal/backend/local/local.go:170',
    'main.main',
    '\tgithub.com/restic/restic/cmd/restic/main.go:98',
    'runtime.main',
    '\truntime/proc.go:250',
    'runtime.goexit',
    '\truntime/asm_amd64.s:1594',
    'unable to create lock in backend',
  ];
  assert.deepEqual(outcomesOf(...trace, 'snapshot bbbbbbbb saved'), ['failure 2-10', 'success 11-11']);
  const stamped = trace.map((line) => `2026-06-01T02:00:00Z ${line.trimStart()}`);
  assert.deepEqual(outcomesOf(...stamped), ['failure 2-10']);
});

test('restic: a backup that stops where the next command begins was cut off', () => {
  const lines = ['using parent snapshot d3ffa5c7', 'Applying Policy: keep 14 daily snapshots', 'done'];
  assert.deepEqual(outcomesOf('Mon Jun  1 02:00:00 UTC 2026', ...lines, 'Mon Jun  1 02:00:09 UTC 2026'), [
    'failure 1-5',
  ]);
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

test('restic: what could not be read makes the run partial, in the words of every version', () => {
  for (const warning of ['at least one source file could not be read', 'failed to read all source data during backup'])
    assert.deepEqual(outcomesOf('snapshot 8ec6f57a saved', `Warning: ${warning}`), ['partial 1-2']);
});

test('restic: a path that is not there makes the run partial; without any path it is a failure', () => {
  const skipped = '/srv/gone does not exist, skipping';
  const [run] = parseText(`${skipped}\nprocessed 1 files, 3 B in 0:00\nsnapshot 2ad0cd27 saved\nexit code 0\n`).runs;
  assert.deepEqual([run?.outcome, run?.failureClass], ['partial', 'sourceMissing']);
  const [none] = parseText(`${skipped}\nFatal: all target directories/files do not exist\n`).runs;
  assert.equal(none?.outcome, 'failure');
  assert.match(none.error!, /^Fatal: .*: \/srv\/gone/);
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

test('velero: what the server says of its backups', () => {
  const said = (time: string, level: string, text: string, rest: string): string =>
    `time="2026-06-0${time}Z" level=${level} msg="${text}" ${rest}`;
  const { runs } = parseText(
    [
      said('1T02:00:10', 'info', 'Setting up backup log', 'backup=velero/daily-20260601020010 controller=backup'),
      said('1T02:01:10', 'info', 'Backed up a total of 51 items', 'backup=velero/daily-20260601020010 progress='),
      said('2T02:00:10', 'info', 'Setting up backup log', 'backup=velero/daily-20260602020010 controller=backup'),
      said('2T02:00:12', 'debug', 'Backup has not expired yet', 'backup=velero/daily-20260601020010 controller=gc'),
      said(
        '2T02:00:20',
        'error',
        'Error backing up item',
        'backup=velero/daily-20260602020010 error="timed out" name=db-0',
      ),
      said('2T02:03:10', 'info', 'Backed up a total of 51 items', 'backup=velero/daily-20260602020010 progress='),
      said('3T02:00:10', 'info', 'Setting up backup log', 'backup=velero/daily-20260603020010 controller=backup'),
      said(
        '3T02:00:20',
        'error',
        'backup failed',
        'controller=backup error="AccessDenied" key=velero/daily-20260603020010',
      ),
      '',
    ].join('\n'),
    'velero.log',
  );
  assert.deepEqual(
    runs.map((run) => [inShort(run), run.error]),
    [
      ['success 2026-06-01T02:00:10Z 60s lines 1-2', null],
      ['partial 2026-06-02T02:00:10Z 180s lines 3-6', 'timed out'],
      ['failure 2026-06-03T02:00:10Z 10s lines 7-8', 'AccessDenied'],
    ],
  );
  assert.deepEqual([...new Set(runs.map(({ job }) => job))], ['velero daily']);
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
