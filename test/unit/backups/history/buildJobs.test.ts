import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildJobs } from '../../../../src/backups/history/buildJobs.ts';
import type { JobHistory } from '../../../../src/backups/history/job.ts';
import { inShort, parseText } from '../logs/parseText.ts';

const now = Date.UTC(2026, 5, 10);
const jobsOf = (...logs: [path: string, text: string][]): JobHistory[] =>
  buildJobs(
    logs.map(([path, text]) => parseText(text, path)),
    { now },
  );

const summary = (id: string): string =>
  `{"message_type":"summary","total_files_processed":3,"total_bytes_processed":100,"data_added":5,"total_duration":60,"snapshot_id":"${id.repeat(8)}"}`;
const snapshot = (id: string, day: number, host = 'web', path = '/srv'): object => ({
  time: `2026-06-0${day}T02:00:00Z`,
  paths: [path],
  hostname: host,
  id: id.repeat(64),
  short_id: id.repeat(8),
});

test('a log and a catalog become one job, its failures with it', () => {
  const jobs = jobsOf(
    ['nightly.log', `${summary('a')}\nFatal: wrong password or no key found\n${summary('c')}\n`],
    ['snapshots.json', JSON.stringify([snapshot('a', 1), snapshot('c', 3), snapshot('d', 4)])],
  );
  assert.deepEqual(
    jobs.map((job) => [job.id, job.host, job.completeness]),
    [['restic web:/srv', 'web', 'complete']],
  );
  const { runs } = jobs[0]!;
  assert.deepEqual(runs.map(inShort), [
    'success 2026-06-01T02:00:00Z 60s lines 1-1',
    'failure no time lines 2-2',
    'success 2026-06-03T02:00:00Z 60s lines 3-3',
    'success 2026-06-04T02:00:00Z lines 1-1',
  ]);
  assert.equal(runs[0]!.startedAtFrom, 'joined');
  assert.deepEqual(runs[0]!.alsoIn, [{ path: 'snapshots.json', line: 1, endLine: 1 }]);
  assert.equal(runs[0]!.sizeBytes, 100);
  assert.deepEqual(
    runs.map((run) => run.onlyInCatalog),
    [false, false, false, true],
  );
});

test('hosts and paths of one catalog are jobs of their own', () => {
  const jobs = jobsOf([
    's.json',
    JSON.stringify([snapshot('a', 1), snapshot('b', 1, 'db'), snapshot('c', 2, 'web', '/home')]),
  ]);
  assert.deepEqual(
    jobs.map((job) => [job.id, job.completeness]),
    [
      ['restic db:/srv', 'successes-only'],
      ['restic web:/home', 'successes-only'],
      ['restic web:/srv', 'successes-only'],
    ],
  );
});

test('in a log of several jobs, a failure belongs to the one whose turn it was', () => {
  const night = (day: number, second: string): string =>
    `2026-06-0${day} 02:00:00 backups started\n${summary(String(day))}\n${second}\n`;
  const log =
    night(1, summary('a')) +
    night(2, summary('b')) +
    night(3, 'Fatal: no space left on device') +
    night(4, summary('d'));
  const catalog = [1, 2, 3, 4]
    .map((n) => snapshot(String(n), n))
    .concat(['a', 'b', 'd'].map((id, n) => snapshot(id, n + 1, 'web', '/home')));
  const jobs = jobsOf(['nightly.log', log], ['snapshots.json', JSON.stringify(catalog)]);
  assert.deepEqual(
    jobs.map((job) => [job.id, job.runs.map((run) => run.outcome).join(' ')]),
    [
      ['restic web:/home', 'success success failure success'],
      ['restic web:/srv', 'success success success success'],
    ],
  );
});

test('rotated parts are one job, files of the same name in other folders are others', () => {
  const jobs = jobsOf(
    ['a/backup.log.1', `${summary('a')}\n`],
    ['a/backup.log', `${summary('b')}\n`],
    ['b/backup.log', `${summary('c')}\n`],
  );
  assert.deepEqual(
    jobs.map((job) => [job.id, job.runs.length]),
    [
      ['restic a/backup', 2],
      ['restic b/backup', 1],
    ],
  );
});

test('files that are named by their days alone are the job of the folder above', () => {
  const jobs = jobsOf(
    ['logs/a/2026/01/05.log', `${summary('a')}\n`],
    ['logs/a/2026/02/01.log', 'Fatal: wrong password or no key found\n'],
    ['logs/b/2026/01/05.log', `${summary('b')}\n`],
  );
  assert.deepEqual(
    jobs.map((job) => [job.id, job.runs.length]),
    [
      ['restic a', 2],
      ['restic b', 1],
    ],
  );
  const named = jobsOf(
    ['logs/a/2026/01/05.log', `repository 1a2b3c4d opened\n${summary('a')}\n`],
    ['logs/b/2026/01/05.log', 'Fatal: wrong password or no key found\n'],
  );
  assert.equal(named.length, 2, 'a failure of another folder is not of the job whose repository is told');
});

test('the same failure in a journal and in the log is one run', () => {
  const record = (file: string): [string, string] => [
    file,
    '{"backup_id":"x","status":"failed","started_at":"2026-06-01T02:00:00Z","duration":5}\n',
  ];
  const [job] = jobsOf(record('a.jsonl'), record('copy/a.jsonl'));
  assert.equal(job!.runs.length, 1);
  assert.equal(job!.runs[0]!.alsoIn.length, 1);
});

test('runs come in time order; those without a time keep their place', () => {
  const line = (status: string, day: number | null): string =>
    JSON.stringify({
      backup_id: 'x',
      status,
      size: 1,
      duration: 1,
      ...(day === null ? {} : { started_at: `2026-06-0${day}T02:00:00Z` }),
    });
  const [job] = jobsOf([
    'r.jsonl',
    [line('ok', 3), line('failed', null), line('ok', 1), line('skipped', null), line('ok', 2)].join('\n'),
  ]);
  assert.deepEqual(
    job!.runs.map((run) => [run.outcome, run.startedAt && new Date(run.startedAt).getUTCDate()]),
    [
      ['success', 1],
      ['skipped', null],
      ['success', 2],
      ['success', 3],
      ['failure', null],
    ],
  );
});

test('a run that is said to be running and cannot be any more has failed', () => {
  const running = (day: number): string =>
    `{"backup_id":"x","status":"running","started_at":"2026-06-0${day}T22:00:00Z","size":1}`;
  const outcomes = (...days: number[]): string[] =>
    jobsOf(['r.jsonl', days.map(running).join('\n')])[0]!.runs.map((run) => run.outcome);
  assert.deepEqual(outcomes(9), ['running']);
  assert.deepEqual(outcomes(8, 9), ['failure', 'running']);
  assert.deepEqual(outcomes(1), ['failure']);
});

test('ids that are all different are those of runs', () => {
  const lines = Array.from(
    { length: 10 },
    (_, n) =>
      `{"backup_id":"backup-${n + 101}","status":"ok","size":1,"duration":2,"started_at":"2026-06-01T0${n}:00:00Z"}`,
  );
  const jobs = jobsOf(['r.jsonl', lines.join('\n')]);
  assert.deepEqual(
    jobs.map((job) => [job.id, job.runs.length, job.runs[0]!.runId]),
    [['backup', 10, 'backup-101']],
  );
});

test('no logs, and logs without runs, give no jobs', () => {
  assert.deepEqual(buildJobs([], { now }), []);
  assert.deepEqual(jobsOf(['x.log', 'nothing\n']), []);
});

test('a catalog that a log holds again and again tells each run once', () => {
  const listed = [1, 2].map((day) => ({
    time: `2026-06-0${day}T02:00:00Z`,
    paths: ['/srv'],
    hostname: 'nas',
    id: `${day}`.repeat(64),
    short_id: `${day}`.repeat(8),
  }));
  const backup = 'processed 4 files, 1.000 MiB in 0:07\nsnapshot 22222222 saved\n';
  const text = `${JSON.stringify(listed.slice(0, 1))}\n${backup}${JSON.stringify(listed)}\n`;
  const jobs = buildJobs([parseText(text)], { now: Date.UTC(2026, 5, 3) });
  assert.deepEqual(
    jobs.map(({ id, runs }) => [id, runs.map(({ startedAt, sizeBytes }) => [startedAt, sizeBytes])]),
    [
      [
        'restic nas:/srv',
        [
          [Date.UTC(2026, 5, 1, 2), null],
          [Date.UTC(2026, 5, 2, 2), 1_048_576],
        ],
      ],
    ],
  );
});

test('databases that are saved at the same moment stay apart', () => {
  const stanza = (name: string): object => ({
    name,
    status: { code: 0 },
    db: [],
    backup: [{ label: '20260601-020000F', type: 'full', timestamp: { start: 1780279200, stop: 1780279202 } }],
  });
  const log = parseText(JSON.stringify([stanza('main'), stanza('archive')]));
  const jobs = buildJobs([log, parseText(JSON.stringify([stanza('main')]), 'again.json')], {
    now: Date.UTC(2026, 5, 3),
  });
  assert.deepEqual(
    jobs.map(({ id, runs }) => [id, runs.length]),
    [
      ['pgbackrest archive', 1],
      ['pgbackrest main', 1],
    ],
  );
});
