/** Logs of errors beside the log of what else a tool said. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildJobs } from '../../../../src/backups/history/buildJobs.ts';
import { pairedLogs } from '../../../../src/backups/history/pairedLogs.ts';
import { createLogParser } from '../../../../src/backups/logs/parseLog.ts';
import { inShort, parseText } from '../logs/parseText.ts';

const now = Date.UTC(2026, 5, 10);

function runsOf(...logs: [path: string, text: string][]): string[] {
  const jobs = buildJobs(
    logs.map(([path, text]) => parseText(text, path)),
    { now },
  );
  return jobs.flatMap(({ id, runs }) => runs.map((run) => `${id}: ${inShort(run)} | ${run.error}`));
}

const night = (day: number, code: number, ...said: string[]): string =>
  [`2026-06-0${day} 02:00:00 Backup started`, ...said, `2026-06-0${day} 02:00:09 Backup ended, rc=${code}`, ''].join(
    '\n',
  );
const saved = 'snapshot deadbeef saved';
const password = 'Fatal: wrong password or no key found\n';
const noSource = 'Fatal: all target directories/files do not exist\n';

test('files whose names differ in the word for the output are two outputs of one tool', () => {
  const pairsOf = (...paths: string[]): string[] =>
    [...pairedLogs(paths.map((path) => ({ path })))].map(([errors, beside]) => `${errors.path} ${beside.path}`);
  for (const [errors, beside] of [
    ['/l/backup.err', '/l/backup.log'],
    ['/l/backup.stderr.log', '/l/backup.stdout.log'],
    ['/l/stderr.log', '/l/stdout.log'],
    ['/l/backup-error.log', '/l/backup.log'],
    ['/l/2026-01-05.err', '/l/2026-01-05.out'],
    ['/l/backup.err.log.2.gz', '/l/backup.out.log.2.gz'],
    ['C:\\l\\backup_errors.txt', 'C:\\l\\backup.txt'],
  ] as const) {
    assert.deepEqual(pairsOf(errors, beside), [`${errors} ${beside}`]);
    assert.deepEqual(pairsOf(beside, errors, '/l/other.log'), [`${errors} ${beside}`]);
  }
  for (const apart of [
    ['/l/a/backup.err', '/l/b/backup.log'],
    ['/l/2026-01-05.err', '/l/2026-01-06.out'],
    ['/l/terror.log', '/l/t.log'],
    ['/l/backup.err', '/l/backup.log', '/l/backup.out'],
  ])
    assert.deepEqual(pairsOf(...apart), []);
});

test('a failure whose words have no time is that of the night that failed', () => {
  const log = night(1, 0, saved) + night(2, 1) + night(3, 0, saved) + night(4, 1);
  const told = [
    'restic backup: success 2026-06-01T02:00:00Z 9s lines 1-3 | null',
    'restic backup: failure 2026-06-02T02:00:00Z 9s lines 4-5 | Fatal: wrong password or no key found',
    'restic backup: success 2026-06-03T02:00:00Z 9s lines 6-8 | null',
    'restic backup: failure 2026-06-04T02:00:00Z 9s lines 9-10 | Fatal: all target directories/files do not exist',
  ];
  assert.deepEqual(runsOf(['/l/backup.log', log], ['/l/backup.err', password + noSource]), told);
  assert.deepEqual(runsOf(['/l/backup.err', password + noSource], ['/l/backup.log', log]), told);
  // Whose words these are nobody knows; a run of their own they are not.
  assert.deepEqual(
    runsOf(['/l/backup.log', log], ['/l/backup.err', password]),
    told.map((run) => run.replace(/Fatal.*/, 'null')),
  );
});

test('where the log beside it tells no failure, the failures stay', () => {
  const runs = runsOf(['/l/backup.log', night(1, 0, saved)], ['/l/backup.err', password + noSource]);
  assert.equal(runs.filter((run) => run.includes('failure')).length, 2);
});

test('stamped errors belong to the run that went on then, and make it partial where a backup was made', () => {
  const stamped = (day: number, text: string): string => `2026-06-0${day} 02:00:04 ${text}\n`;
  const errors =
    stamped(2, password.trim()) +
    stamped(3, 'error: open /srv/key: permission denied') +
    stamped(3, 'Warning: at least one source file could not be read');
  const log = [1, 3, 4]
    .map((day) => stamped(day, 'processed 3 files, 4.000 KiB in 0:01') + stamped(day, saved))
    .join('');
  assert.deepEqual(
    runsOf(['/l/stdout.log', log], ['/l/stderr.log', errors]).map((run) => run.replace(/Z.*\|/, 'Z |')),
    [
      'restic: success 2026-06-01T02:00:03Z | null',
      'restic: failure 2026-06-02T02:00:04Z | Fatal: wrong password or no key found',
      'restic: partial 2026-06-03T02:00:03Z | error: open /srv/key: permission denied',
      'restic: success 2026-06-04T02:00:03Z | null',
    ],
  );
});

test('two files for each night, with the time at which they were written', () => {
  const parse = (day: number, ending: string, text: string): ReturnType<typeof parseText> => {
    const fileTimeMs = Date.UTC(2026, 5, day, 2, 0, 9);
    const parser = createLogParser({ path: `/l/2026-06-0${day}.${ending}`, zone: 'UTC', fileTimeMs });
    parser.push(Buffer.from(text));
    return parser.snapshot();
  };
  const made = `${saved}\n`;
  const logs = [
    parse(1, 'err', ''),
    parse(1, 'out', made),
    parse(2, 'err', password),
    parse(2, 'out', ''),
    parse(3, 'err', 'Warning: at least one source file could not be read\n'),
    parse(3, 'out', made),
  ];
  const jobs = buildJobs(logs, { now });
  assert.deepEqual(
    jobs.map(({ id, runs }) => [id, ...runs.map(({ outcome }) => outcome)]),
    [['restic', 'success', 'failure', 'partial']],
  );
});
