/** The tables in which tools print their catalogs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildJobs } from '../../../../src/backups/history/buildJobs.ts';
import { inShort, parseText } from './parseText.ts';

const id = (digit: string): string => digit.repeat(64);

test('borg list: each archive is a run, and one with the log’s', () => {
  const table = [1, 2].map(
    (n) => `web-2026-06-0${n}T02:00:01${' '.repeat(16)}Mon, 2026-06-0${n} 02:00:01 [${id(String(n))}]\n`,
  );
  const catalog = parseText(table.join(''), 'list.txt');
  assert.deepEqual(catalog.runs.map(inShort), [
    'success 2026-06-01T02:00:01Z lines 1-1',
    'success 2026-06-02T02:00:01Z lines 2-2',
  ]);
  assert.equal(catalog.completeness, 'successes-only');
  assert.equal(catalog.runs[0]!.job, 'borg web');
  const log = parseText(
    `Repository: /mnt/repo\nArchive name: web-2026-06-01T02:00:01\nArchive fingerprint: ${id('1')}\nTime (start): Mon, 2026-06-01 02:00:01\nTime (end):   Mon, 2026-06-01 02:00:09\n`,
  );
  const jobs = buildJobs([log, catalog], { now: Date.UTC(2026, 5, 3) });
  assert.equal(jobs.flatMap(({ runs }) => runs).length, 2);
});

test('barman list-backups: how each backup ended, with its size, also where its kind is told', () => {
  for (const kind of ['', ' - F']) {
    const { runs } = parseText(
      [
        `pg 20260603T021728${kind} - STARTED`,
        `pg 20260602T021728 'before the move'${kind} - FAILED`,
        `pg 20260601T021729${kind} - Mon Jun  1 02:17:33 2026 - Size: 38.8 MiB - WAL Size: 1020.0 KiB`,
        '',
      ].join('\n'),
    );
    assert.deepEqual(runs.map(inShort), [
      'running 2026-06-03T02:17:28Z lines 1-1',
      'failure 2026-06-02T02:17:28Z lines 2-2',
      'success 2026-06-01T02:17:29Z 4s lines 3-3',
    ]);
    assert.deepEqual([runs[2]!.sizeBytes, runs[2]!.job], [Math.round(38.8 * 2 ** 20), 'barman pg']);
  }
});

test('velero backup get: how each backup of a schedule ended; one that is being deleted is none any more', () => {
  const row = (name: string, status: string, errors: number, created: string): string =>
    `${name.padEnd(31)}${status.padEnd(18)}${String(errors).padEnd(9)}0          ${created} UTC   29d       default            <none>\n`;
  const { runs, completeness } = parseText(
    'NAME                           STATUS            ERRORS   WARNINGS   CREATED                         EXPIRES   STORAGE LOCATION   SELECTOR\n' +
      row('nightly-20260603020044', 'Failed', 0, '2026-06-03 02:00:46 +0000') +
      row('nightly-20260602020044', 'PartiallyFailed', 2, '2026-06-02 02:00:44 +0000') +
      row('nightly-20260601020044', 'Completed', 0, '2026-06-01 02:00:44 +0000') +
      row('nightly-20260501020044', 'Deleting', 0, '2026-05-01 02:00:44 +0000'),
    'backups.txt',
  );
  assert.deepEqual(runs.map(inShort), [
    'failure 2026-06-03T02:00:46Z lines 2-2',
    'partial 2026-06-02T02:00:44Z lines 3-3',
    'success 2026-06-01T02:00:44Z lines 4-4',
  ]);
  assert.deepEqual([...new Set(runs.map(({ job }) => job))], ['velero nightly → default']);
  assert.equal(completeness, 'complete');
});

const ruled = '-'.repeat(72);

test('restic snapshots: a row is a run, with each of its paths, and one with the log’s', () => {
  const table = [
    'ID        Time                 Host        Tags        Paths           Size',
    ruled,
    'ee86f4db  2026-06-01 02:00:01  nas         daily,x     /srv/www        1.500 MiB',
    '',
    'b88e5fc0  2026-06-02 02:00:02  web01                   /srv/www        2.000 KiB',
    '                                                       /srv/db',
    '',
    '0840db38  2026-06-03 02:00:03  web01       piped       /dump.sql',
    ruled,
    '3 snapshots',
  ].join('\n');
  const catalog = parseText(table, 'snapshots.txt');
  assert.deepEqual(
    catalog.runs.map((run) => [inShort(run), run.job, run.runId, run.sizeBytes]),
    [
      ['success 2026-06-01T02:00:01Z lines 3-3', 'restic nas:/srv/www', 'ee86f4db', 1.5 * 2 ** 20],
      ['success 2026-06-02T02:00:02Z lines 5-6', 'restic web01:/srv/www /srv/db', 'b88e5fc0', 2048],
      ['success 2026-06-03T02:00:03Z lines 8-8', 'restic web01:/dump.sql #piped', '0840db38', null],
    ],
  );
  assert.equal(catalog.completeness, 'successes-only');
  const log = parseText('processed 4 files, 1.000 MiB in 0:07\nsnapshot b88e5fc0 saved\n');
  const jobs = buildJobs([log, catalog], { now: Date.UTC(2026, 5, 3) });
  assert.equal(jobs.flatMap(({ runs }) => runs).length, 3);
});

test('restic snapshots: grouped, compact, passed on by a journal, and of 2018', () => {
  const grouped = [
    'snapshots for (host [web01]):',
    'ID        Time                 Host   Tags',
    ruled,
    'ee86f4db  2026-06-01 02:00:01  web01  daily',
    '                                      x',
    'b88e5fc0  2026-06-02 02:00:02  web01',
    ruled,
    '2 snapshots',
  ];
  const stamped = grouped.map((line) => `Jun 03 08:00:00 nas run.sh[77]: ${line.trim()}`);
  for (const lines of [grouped, stamped])
    assert.deepEqual(
      parseText(lines.join('\n')).runs.map((run) => [run.runId, run.host, run.onlyInCatalog]),
      [
        ['ee86f4db', 'web01', true],
        ['b88e5fc0', 'web01', true],
      ],
    );
  const old = [
    'ID        Date                 Host        Tags        Directory',
    ruled,
    '08a6ed2b  2018-02-08 15:34:10  foo                 ┌── /etc',
    '                                                   │   /home',
    '                                                   └── /srv',
  ];
  assert.deepEqual(
    parseText(old.join('\n')).runs.map((run) => run.job),
    ['restic foo:/etc /home /srv'],
  );
});

test('restic snapshots: the tags of a path that is on a disk are no part of the job, nor on Windows', () => {
  const rows = [
    'ID        Time                 Host        Tags        Paths',
    ruled,
    'ee86f4db  2026-06-01 02:00:01  pc          daily       C:\\Users',
    ruled,
  ];
  const table = parseText(rows.join('\n'), 'snapshots.txt');
  const entry = { time: '2026-06-01T02:00:01Z', paths: ['C:\\Users'], tags: ['daily'], hostname: 'pc' };
  const json = parseText(JSON.stringify([{ ...entry, id: id('e'), short_id: 'eeeeeeee' }]), 'snapshots.json');
  assert.deepEqual(
    [...table.runs, ...json.runs].map(({ job }) => job),
    ['restic pc:C:\\Users', 'restic pc:C:\\Users'],
  );
});

test('what restic forget keeps and removes is no list of runs', () => {
  const { runs } = parseText(
    [
      'keep 1 snapshots:',
      'ID        Time                 Host   Tags        Reasons        Paths',
      ruled,
      'ee86f4db  2026-06-01 02:00:01  web01              last snapshot  /srv',
      ruled,
      '1 snapshots',
    ].join('\n'),
  );
  assert.deepEqual(runs, []);
});

test('pgbackrest info as text: each backup with its times, sizes, kind and repository', () => {
  const info = [
    'stanza: main',
    '    status: ok',
    '    cipher: none',
    '',
    '    db (current)',
    '        wal archive min/max (15): 000000010000000000000003/00000001000000000000001A',
    '',
    '        full backup: 20260601-020001F',
    '            timestamp start/stop: 2026-06-01 02:00:01+00 / 2026-06-01 02:00:13+00',
    '            wal start/stop: 000000010000000000000003 / 000000010000000000000003',
    '            database size: 22.5MB, database backup size: 22.5MB',
    '            repo1: backup set size: 2.9MB, backup size: 2.9MB',
    '',
    '        incr backup: 20260601-020001F_20260602-020002I',
    '            timestamp start/stop: 2026-06-02 02:00:02 / 2026-06-02 02:00:03',
    '            database size: 23MB, database backup size: 8.1KB',
    '            repo2: backup set size: 3.0MB, backup size: 402B',
    '            backup reference list: 20260601-020001F',
    '            error(s) detected during backup',
    '',
  ].join('\n');
  const { runs, completeness } = parseText(info, 'info.txt');
  assert.deepEqual(
    runs.map((run) => [inShort(run), run.job, run.kind, run.sizeBytes, run.addedBytes]),
    [
      [
        'success 2026-06-01T02:00:01Z 12s lines 8-12',
        'pgbackrest main',
        'full',
        22.5 * 2 ** 20,
        Math.round(2.9 * 2 ** 20),
      ],
      ['partial 2026-06-02T02:00:02Z 1s lines 14-19', 'pgbackrest main (repo2)', 'incremental', 23 * 2 ** 20, 402],
    ],
  );
  assert.equal(completeness, 'successes-only');
});

test('barman show-backup: one backup, with its size, and how it ended', () => {
  const { runs } = parseText(
    [
      'Backup 20260601T020001:',
      '  Server Name            : shop',
      '  Status                 : DONE',
      '',
      '  Base backup information:',
      '    Disk usage           : 22.8 MiB (38.8 MiB with WALs)',
      '    Begin time           : 2026-06-01 02:00:01.849023+00:00',
      '    End time             : 2026-06-01 02:00:05.849023+00:00',
      '',
      '  WAL information:',
      '    Disk usage           : 1020.0 KiB',
      'Backup 20260602T020001:',
      '  Server Name            : shop',
      '  Status                 : FAILED',
      '  Error                  : failure copying files (pg_basebackup)',
    ].join('\n'),
    'show.txt',
  );
  assert.deepEqual(
    runs.map((run) => [inShort(run).replace(/\.\d+Z/, 'Z'), run.job, run.sizeBytes, run.error]),
    [
      ['success 2026-06-01T02:00:01Z 4s lines 1-8', 'barman shop', Math.round(22.8 * 2 ** 20), null],
      ['failure 2026-06-02T02:00:01Z lines 12-15', 'barman shop', null, 'failure copying files (pg_basebackup)'],
    ],
  );
});

test('borg info as text: a catalog, and one with the run that made it', () => {
  const told = [
    `Archive name: web-2026-06-01`,
    `Archive fingerprint: ${id('1')}`,
    'Comment: ',
    'Hostname: nas',
    'Username: backup',
    'Time (start): Mon, 2026-06-01 02:00:01',
    'Time (end): Mon, 2026-06-01 02:00:09',
    'Duration: 8.00 seconds',
    'Number of files: 29',
    "Command line: /usr/bin/borg create '/mnt/repo::web-{now}' /srv",
    'Utilization of maximum supported archive size: 0%',
    '                       Original size      Compressed size    Deduplicated size',
    'This archive:              645.96 kB            647.20 kB             33.60 kB',
    'Chunk index:                     106                  544',
  ];
  const catalog = parseText(told.join('\n'), 'info.txt');
  assert.equal(catalog.completeness, 'successes-only');
  assert.deepEqual(
    catalog.runs.map((run) => [inShort(run), run.job, run.sizeBytes]),
    [['success 2026-06-01T02:00:01Z 8s lines 1-14', 'borg nas:web', 645_960]],
  );
  const log = parseText(told.filter((line) => !/^(?:Comment|Username|Hostname|Command|Util)/.test(line)).join('\n'));
  assert.equal(log.completeness, 'complete');
  assert.equal(buildJobs([log, catalog], { now: Date.UTC(2026, 5, 3) }).flatMap(({ runs }) => runs).length, 1);
});
