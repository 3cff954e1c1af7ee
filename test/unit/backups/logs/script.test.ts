/** The lines that scripts put around a tool: what they tell of a run's time and end. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inShort, outcomesOf, parseText } from './parseText.ts';

const summary = (id: string, seconds = 60): string =>
  `{"message_type":"summary","total_files_processed":1,"total_bytes_processed":10,"data_added":5,"total_duration":${seconds},"snapshot_id":"${id.repeat(8)}"}`;

function runsOf(...lines: string[]): string[] {
  return parseText(`${lines.join('\n')}\n`).runs.map(inShort);
}

test('start and end lines give time, length and outcome, in the words of many scripts', () => {
  const pairs: [start: string, end: string, outcome: string][] = [
    ['2026-06-01T02:00:00+00:00 backup begins', '2026-06-01T02:10:00+00:00 exit code 0', 'success'],
    ['[2026-06-01 02:00:00] Starting backup', '[2026-06-01 02:10:00] Backup finished with exit status: 1', 'failure'],
    ['=== Backup started at 2026-06-01 02:00:00 ===', '=== Backup ended at 2026-06-01 02:10:00, rc=3 ===', 'partial'],
    [
      'Mon Jun  1 02:00:00 UTC 2026 Starting restic',
      'Mon Jun  1 02:10:00 UTC 2026 restic exited with code 12',
      'failure',
    ],
    ['2026-06-01 02:00:00 START backup', '2026-06-01 02:10:00 END backup return code: 0', 'success'],
    ['2026-06-01 02:00:00,123 INFO backup job starting', '2026-06-01 02:10:00,123 ERROR backup job failed', 'failure'],
    ['2026-06-01 02:00:00 backup started', '2026-06-01 02:10:00 Backup completed successfully', 'success'],
    ['2026-06-01 02:00:00 backup started', '2026-06-01 02:10:00 Backup finished with warnings', 'partial'],
    ['2026-06-01 02:00:00 backup started', '2026-06-01 02:10:00 (exit 130)', 'cancelled'],
    ['2026-06-01 02:00:00 backup started', '2026-06-01 02:10:00 returned exit code 77', 'failure'],
    ['Start 2026-06-01 02:00:00', 'End 2026-06-01 02:10:00 $?=137', 'failure'],
    [
      'Inicio del backup: lun 01 jun 2026 02:00:00',
      'Fin del backup: lun 01 jun 2026 02:10:00, código de salida 3',
      'partial',
    ],
    ['Backup gestartet: Mo 1. Jun 02:00:00 2026', 'Backup beendet: Mo 1. Jun 02:10:00 2026, Exit-Code: 12', 'failure'],
    ['Backup gestartet: Mo 1. Jun 02:00:00 2026', '01.06.2026 02:10:00 Backup fehlgeschlagen', 'failure'],
    [
      'Début de la sauvegarde (backup) : lun. 01 juin 2026 02:00:00',
      'code de sortie : 1, lun. 01 juin 2026 02:10:00',
      'failure',
    ],
    ['2026-06-01 02:00:00 backup started', '2026-06-01 02:10:00 Backup ended with code 137', 'failure'],
    ['Backup started at 2026-06-01 02:00:00', 'Backup ended at 2026-06-01 02:10:00 with status 137', 'failure'],
    ['Backup started at 2026-06-01 02:00:00', 'Backup ended at 2026-06-01 02:10:00 with status 0', 'success'],
  ];
  for (const [start, end, outcome] of pairs) {
    const [run] = parseText(`${start}\nsnapshot deadbeef saved\n${end}\n`).runs;
    assert.equal(run?.outcome, outcome, end);
    assert.equal(Math.floor(run.startedAt! / 1000), Date.UTC(2026, 5, 1, 2) / 1000, start);
    assert.equal(run.durationMs, 600_000, end);
    assert.deepEqual([run.source.line, run.source.endLine], [1, 3]);
  }
});

test('bare stamps before, after, and around', () => {
  const [one, two] = [summary('a'), summary('b')];
  assert.deepEqual(runsOf('Mon Jun  1 02:00:00 UTC 2026', one, 'Tue Jun  2 02:00:00 UTC 2026', two), [
    'success 2026-06-01T02:00:00Z 60s lines 1-2',
    'success 2026-06-02T02:00:00Z 60s lines 3-4',
  ]);
  assert.deepEqual(runsOf(one, 'Mon Jun  1 02:01:00 UTC 2026', two, 'Tue Jun  2 02:01:00 UTC 2026'), [
    'success 2026-06-01T02:00:00Z 60s lines 1-2',
    'success 2026-06-02T02:00:00Z 60s lines 3-4',
  ]);
  assert.deepEqual(
    runsOf('Mon Jun  1 02:00:00 UTC 2026', one, 'Mon Jun  1 02:01:01 UTC 2026', 'Tue Jun  2 02:00:00 UTC 2026', two),
    ['success 2026-06-01T02:00:00Z 60s lines 1-3', 'success 2026-06-02T02:00:00Z 60s lines 4-5'],
  );
});

test('a mailbox of cron: each mail was sent when its script was over', () => {
  const mail = (day: number, ...said: string[]): string[] => [
    `From root@nas  Mon Jun 0${day} 02:01:00 2026`,
    'Subject: Cron <root@nas> /usr/local/bin/backup.sh',
    `Date: Mon, 0${day} Jun 2026 02:01:00 +0000 (UTC)`,
    '',
    ...said,
    '',
  ];
  assert.deepEqual(
    runsOf(
      ...mail(1, summary('a')),
      ...mail(2, 'Fatal: wrong password or no key found'),
      ...mail(3, 'using parent snapshot d3ffa5c7'),
      ...mail(4, summary('b')),
    ),
    [
      'success 2026-06-01T02:00:00Z 60s lines 5-5',
      'failure 2026-06-02T02:01:00Z lines 11-11',
      'failure 2026-06-03T02:01:00Z lines 17-17',
      'success 2026-06-04T02:00:00Z 60s lines 23-23',
    ],
  );
});

test('a ruled heading with a time is a stamp', () => {
  const [one, two] = [summary('a'), summary('b')];
  for (const rule of [(text: string) => `----- ${text} -----`, (text: string) => `### Nightly backup ${text}`])
    assert.deepEqual(runsOf(rule('2026-06-01 02:00:00 nightly backup'), one, rule('2026-06-02 02:00:00 backup'), two), [
      'success 2026-06-01T02:00:00Z 60s lines 1-2',
      'success 2026-06-02T02:00:00Z 60s lines 3-4',
    ]);
});

test('an exit code may stand before or after the end line', () => {
  for (const end of [
    ['exit code 3', 'Finished at 2026-06-01 02:05:00'],
    ['Finished at 2026-06-01 02:05:00', 'exit code 3'],
  ]) {
    assert.deepEqual(runsOf('2026-06-01 02:00:00 backup started', summary('a', 300), ...end, 'next line'), [
      'partial 2026-06-01T02:00:00Z 300s lines 1-4',
    ]);
  }
});

test('a tool that could not even start fails its run', () => {
  const { runs } = parseText(
    [
      '2026-06-01 02:00:00 backup started',
      summary('a'),
      '2026-06-01 02:01:00 exit code 0',
      '2026-06-02 02:00:00 backup started',
      '/usr/local/bin/backup.sh: line 7: restic: command not found',
      '2026-06-02 02:00:00 exit code 127',
      '',
    ].join('\n'),
  );
  assert.deepEqual(
    runs.map(({ tool, outcome, error }) => [tool, outcome, error]),
    [
      ['restic', 'success', null],
      ['restic', 'failure', '/usr/local/bin/backup.sh: line 7: restic: command not found'],
    ],
  );
});

test('a start without an end: interrupted when another follows, running when nothing does', () => {
  const start = (day: number): string => `2026-06-0${day} 02:00:00 backup started`;
  const runs = parseText(
    [
      start(1),
      '{"message_type":"status","percent_done":0}',
      '{"message_type":"status","percent_done":0.5}',
      start(2),
      start(3),
      '',
    ].join('\n'),
  ).runs;
  assert.deepEqual(
    runs.map((run) => run.outcome),
    ['failure', 'unknown', 'running'],
  );
});

test('what other commands of the script say is not the backup', () => {
  assert.deepEqual(
    runsOf(
      '2026-06-01 02:00:00 backup started',
      summary('a'),
      'Running restic forget',
      'Fatal: unable to create lock',
      '2026-06-01 02:02:00 exit code 1',
    ),
    ['success 2026-06-01T02:00:00Z 60s lines 1-5'],
  );
});

test('several runs after one start line follow one another', () => {
  assert.deepEqual(runsOf('2026-06-01 02:00:00 backups started', summary('a'), summary('b'), summary('c')), [
    'success 2026-06-01T02:00:00Z 60s lines 1-2',
    'success 2026-06-01T02:01:00Z 60s lines 3-3',
    'success 2026-06-01T02:02:00Z 60s lines 4-4',
  ]);
});

test('a script of its own, without any tool that is known', () => {
  const log =
    '2026-06-01 02:00:00 Starting database backup\n2026-06-01 02:05:00 backup done, 5 tables\n2026-06-02 02:00:00 Starting database backup\npg_dump: error: connection refused\n2026-06-02 02:00:03 Backup failed\n';
  const { runs, format } = parseText(log, 'db.log');
  assert.equal(format, 'script');
  assert.deepEqual(runs.map(inShort), [
    'success 2026-06-01T02:00:00Z 300s lines 1-2',
    'failure 2026-06-02T02:00:00Z 3s lines 3-5',
  ]);
  assert.equal(runs[1]!.failureClass, 'network');
  assert.equal(runs[0]!.job, 'script db');
});

test('other programs that start and end are no backups', () => {
  const { runs } = parseText(
    '2026-06-01 02:00:00 server started on port 80\n2026-06-01 02:05:00 server exited with code 0\n2026-06-01 03:00:00 GET /status 200\n',
    'app.log',
  );
  assert.deepEqual(runs, []);
});

test('nothing is read from prose, empty files and other JSON', () => {
  for (const text of [
    '',
    '\n\n\n',
    'The backup of the castle failed the knights.\n',
    '{"name":"x","version":"1.0.0"}\n',
    '[1,2,3]\n',
    '{"status":"ok"}\n',
    '<html></html>',
  ]) {
    const { runs, skippedLines, format } = parseText(text, 'notes.txt');
    assert.deepEqual([runs.length, skippedLines, format], [0, 0, 'unknown'], text);
  }
});

test('a password in an address does not get into the error', () => {
  const [run] = parseText(
    'Fatal: unable to open repository at rest:https://me:hunter2@host/: connection refused\n',
  ).runs;
  assert.ok(run!.error!.includes('me:***@host'));
  assert.ok(!run!.error!.includes('hunter2'));
});

test('a script that tries again tells of one run, which ends as its last try does', () => {
  const locked = 'Failed to create/acquire the lock /mnt/vault/mail/lock.exclusive (timeout).';
  const archive = ['Archive name: mail-2026', 'Chunk index:                      70                   71'];
  const { runs } = parseText(
    [
      '2026-06-01 02:00:00 backup start',
      locked,
      '2026-06-01 02:00:10 attempt 1 failed (exit 2), retrying in 60s',
      ...archive,
      '2026-06-01 02:01:15 backup end rc=0',
      '2026-06-02 02:00:00 backup start',
      locked,
      '2026-06-02 02:00:10 attempt 1 failed (exit 2), retrying in 60s',
      locked,
      '2026-06-02 02:01:20 backup end rc=2',
      '',
    ].join('\n'),
  );
  assert.deepEqual(runs.map(inShort), [
    'success 2026-06-01T02:00:00Z 75s lines 1-6',
    'failure 2026-06-02T02:00:00Z 80s lines 7-11',
  ]);
  assert.equal(runs[1]!.failureClass, 'lock');
});

test('commands that the shell shows tell which is the backup', () => {
  const refused = 'Fatal: wrong password or no key found';
  const lines = ['+ restic -r /r backup /srv', refused, '+ rc=1', '+ restic -r /r forget --prune', refused, '+ exit 1'];
  assert.deepEqual(
    parseText(`${[...lines, ...lines].join('\n')}\n`).runs.map(({ outcome }) => outcome),
    ['failure', 'failure'],
  );
});

test('a command may be run by another', () => {
  const { runs } = parseText(
    '+ timeout -s KILL 1h restic -r /r backup /srv\nusing parent snapshot aaaaaaaa\n+ nice -n 5 restic -r /r backup /srv\nsnapshot bbbbbbbb saved\n',
  );
  assert.deepEqual(
    runs.map(({ outcome, source }) => `${outcome} ${source.line}-${source.endLine}`),
    ['failure 1-2', 'success 3-4'],
  );
});

test('a step that is no backup begins with its own word', () => {
  const { runs } = parseText(
    [
      'Tue Mar 17 02:00:00 UTC 2026 Starting backup',
      'Archive name: mail-2026',
      'Chunk index:                      70                   71',
      'Tue Mar 17 02:00:35 UTC 2026 Pruning repository',
      'passphrase supplied in BORG_PASSPHRASE, by BORG_PASSCOMMAND or via BORG_PASSPHRASE_FD is incorrect.',
      'Tue Mar 17 02:00:36 UTC 2026 Backup, Prune, and/or Compact finished with errors',
      '',
    ].join('\n'),
  );
  assert.deepEqual(
    runs.map(({ outcome }) => outcome),
    ['success'],
  );
});

test('exit codes alone end runs of which the tool says nothing', () => {
  const { runs } = parseText(
    ['snapshot aaaaaaaa saved', 'exit code 0', 'exit code 137', 'snapshot bbbbbbbb saved', 'exit code 0', ''].join(
      '\n',
    ),
  );
  assert.deepEqual(
    runs.map(({ outcome, source }) => `${outcome} ${source.line}-${source.endLine}`),
    ['success 1-2', 'failure 3-3', 'success 4-5'],
  );
});

test('a try after a failed one is the same run, also where the tool says that it begins', () => {
  const begin = 'P00   INFO: backup command begin 2.45: --stanza=main';
  const lines = [
    ...['[2026-06-01 02:00:00] Starting backup', `2026-06-01 02:00:01.000 ${begin}`],
    "2026-06-01 02:00:02.000 P00  ERROR: [064]: unable to write '/repo/a.tmp': [2] No such file or directory",
    '[2026-06-01 02:00:03] Backup failed with exit code 64, retrying in 60 seconds (attempt 1/3)',
    `2026-06-01 02:01:03.000 ${begin}`,
    '2026-06-01 02:01:05.000 P00   INFO: backup command end: completed successfully (2822ms)',
    '[2026-06-01 02:01:05] Backup OK',
  ];
  assert.deepEqual(
    runsOf(...lines).map((run) => run.slice(0, 28)),
    ['success 2026-06-01T02:00:00Z'],
  );
  assert.equal(parseText(`${lines.slice(0, 3).join('\n')}\n`).runs[0]!.failureClass, 'space');
});

const processed = ['processed 4 files, 1.000 MiB in 0:07', 'snapshot 79c92c2c saved'];

test('a heading with a time is a stamp by its ruler or its sign, whatever its words', () => {
  for (const [head, good, bad] of [
    ['###', ': all good', ': something went wrong (1)'],
    ['▶', ' fine', ' backup went wrong'],
  ] as const) {
    const { runs } = parseText(
      [
        `${head} 2026-06-01 02:00:00${head === '▶' ? ' backup' : ': nightly backup'}`,
        ...processed,
        `${head} 2026-06-01 02:00:08${good}`,
        `${head} 2026-06-02 02:00:00${head === '▶' ? ' backup' : ': nightly backup'}`,
        'Fatal: wrong password or no key found',
        `${head} 2026-06-02 02:00:03${bad}`,
      ].join('\n'),
    );
    assert.deepEqual(
      runs.map(inShort),
      ['success 2026-06-01T02:00:00Z 7s lines 1-4', 'failure 2026-06-02T02:00:00Z 3s lines 5-7'],
      head,
    );
  }
});

test('a result at the end of a line is an exit code, and what was not successful failed', () => {
  for (const end of ['Result: 23', 'Backup was NOT successful']) {
    const { runs } = parseText(`2026-06-01 02:00:00 Backup started\n2026-06-01 02:00:08 ${end}\n`);
    assert.deepEqual(runs.map(inShort), ['failure 2026-06-01T02:00:00Z 8s lines 1-2'], end);
  }
});

test('a dump of a database is a backup, and what it says of its error is no tool’s', () => {
  const { runs } = parseText(
    [
      '[2026-06-01 02:00:01] Starting pg_dump of orders',
      'pg_dump: error: connection to server at "db" (10.0.0.4), port 5432 failed: Connection refused',
      '[2026-06-01 02:00:02] pg_dump failed with exit code 1',
      '[2026-06-02 02:00:01] Starting pg_dump of orders',
      '[2026-06-02 02:03:02] pg_dump finished with exit code 0',
      '',
    ].join('\n'),
    'nightly.log',
  );
  assert.deepEqual(
    runs.map((run) => `${run.tool} ${inShort(run)}`),
    ['script failure 2026-06-01T02:00:01Z 1s lines 1-3', 'script success 2026-06-02T02:00:01Z 181s lines 4-5'],
  );
});

test('a backup is successful in small letters too, and what the time command says ends it', () => {
  for (const end of [
    '2026-06-01 02:00:08 Backup successful',
    '0.91user 0.08system 0:08.00elapsed 42%CPU (0avgtext+0avgdata 90112maxresident)k',
  ]) {
    const { runs } = parseText(`2026-06-01 02:00:00 Backup of /srv started\n${end}\n`);
    assert.deepEqual(
      runs.map(({ outcome, source }) => [outcome, source.endLine]),
      [['success', 2]],
      end,
    );
  }
  // Of a tool's step it is no word on the backup, whatever the name that stands in front.
  const step = ['backup - INFO - terminating with success status', 'Fatal: wrong password or no key found'];
  assert.deepEqual(parseText(['2026-06-01 02:00:00 Backup started', ...step, ''].join('\n')).runs.map(inShort), [
    'failure 2026-06-01T02:00:00Z lines 1-3',
  ]);
  const killed = ['Command terminated by signal 9', '0.91user 0.08system 0:08.00elapsed 42%CPU'];
  const { runs } = parseText(`2026-06-01 02:00:00 Backup of /srv started\n${killed.join('\n')}\n`);
  assert.deepEqual(
    runs.map(({ outcome }) => outcome),
    ['failure'],
  );
});

test('a field of a record that was cut is no script’s start', () => {
  const saved = ['snapshot 79c92c2c saved', '2026-06-01 02:00:08 Backup finished with exit code 0'];
  for (const field of [
    '        "start": "2026-06-05T23:30:00.000000",',
    '2026-06-05T03:20:00Z     "start_time": "2026-06-05T23:30:00.000000",',
    'lost "start": "2026-06-05T23:30:00.000000",',
  ])
    assert.deepEqual(
      parseText(['2026-06-01 02:00:00 Backup started', ...saved, field, ''].join('\n')).runs.map(inShort),
      ['success 2026-06-01T02:00:00Z 8s lines 1-3'],
      field,
    );
});

test('scripts that dump databases', () => {
  const { runs } = parseText(
    [
      '2026-06-01.02:00:03 [INFO] Dumping database: tea',
      '2026-06-01.02:01:03 [INFO] Dump of tea done',
      '2026-06-02.02:00:03 [INFO] Dumping database: tea',
      'mysqldump: Got error: 1044: "Access denied for user" when selecting the database',
      '2026-06-02.02:00:04 [INFO] Dump of tea done',
      '',
    ].join('\n'),
    'nightly.log',
  );
  assert.deepEqual(runs.map(inShort), [
    'success 2026-06-01T02:00:03Z 60s lines 1-2',
    'failure 2026-06-02T02:00:03Z 1s lines 3-5',
  ]);
  assert.match(runs[1]!.error!, /Access denied/);
  assert.deepEqual([...new Set(runs.map(({ job }) => job))], ['script tea']);
});

test('a dump within a script that says when it starts is a step of it, beside a tool at most a reason', () => {
  assert.deepEqual(
    outcomesOf(
      '2026-06-01 02:00:00 Starting nightly backup',
      '2026-06-01 02:20:00 Dumping database tea',
      '2026-06-01 02:40:00 backup finished, exit code 0',
    ),
    ['success 1-3'],
  );
  assert.deepEqual(
    outcomesOf(
      'processed 41 files, 4.874 MiB in 0:02',
      'snapshot 79c92c2c saved',
      'pg_dump: error: connection to server failed',
    ),
    ['success 1-2'],
  );
});

test('a script that says without times that the backup starts and that it is completed', () => {
  assert.deepEqual(outcomesOf('Starting backup...', 'Zipping 3 files', 'Backup completed!'), ['success 1-3']);
});

test('dumps of old versions, under a stamp and a number of the process', () => {
  assert.deepEqual(
    runsOf(
      '2026/06/01 02:00:03 14: Creating pg_dumpall of tea database from postgres...',
      '2026/06/01 02:00:05 14: pg_dumpall: could not open the output file "/backups/tea.sql": No such file or directory',
    ),
    ['failure 2026-06-01T02:00:03Z 2s lines 1-2'],
  );
});
