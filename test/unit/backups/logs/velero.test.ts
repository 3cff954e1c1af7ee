/** The log of Velero. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inShort, parseText } from './parseText.ts';

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

const describe = (name: string, phase: string, start: string, end: string): string[] => [
  `Name:         ${name}`,
  'Namespace:    velero',
  'Labels:       velero.io/schedule-name=daily',
  '              velero.io/storage-location=default',
  '',
  `Phase:  ${phase}`,
  '',
  'Errors:    2',
  'Warnings:  0',
  '',
  'Storage Location:  tea',
  '',
  'TTL:  720h0m0s',
  '',
  'Hooks:  <none>',
  '',
  `Started:    ${start}`,
  `Completed:  ${end}`,
  '',
];

test('velero: what describe prints of one backup after another', () => {
  const { runs } = parseText(
    [
      ...describe(
        'daily-20260601020010',
        'PartiallyFailed (run `velero backup logs daily-20260601020010` for more information)',
        '2026-06-01 02:00:12 +0000 UTC',
        '2026-06-01 02:01:12 +0000 UTC',
      ),
      ...describe(
        'daily-20260602020010',
        'Completed',
        '2026-06-01 20:00:12 -0600 MDT',
        '2026-06-01 20:00:52 -0600 MDT',
      ),
    ].join('\n'),
  );
  assert.deepEqual(runs.map(inShort), [
    'partial 2026-06-01T02:00:12Z 60s lines 1-18',
    'success 2026-06-02T02:00:12Z 40s lines 20-37',
  ]);
  assert.deepEqual(
    runs.map(({ job, runId, error }) => [job, runId, error]),
    [
      ['velero daily → tea', 'daily-20260601020010', '2 of its items could not be saved'],
      ['velero daily → tea', 'daily-20260602020010', null],
    ],
  );
});

test('velero: a description from before its phase stood on top, and one of a restore', () => {
  const { runs } = parseText(
    [
      'Name:         tea-001',
      'Namespace:    heptio-ark',
      'TTL:  720h0m0s',
      '',
      'Phase:  Failed',
      '',
      'Name:         tea-001-20260601030000',
      'Phase:  Completed',
      'Started:    2026-06-01 03:00:00 +0000 UTC',
      'Backup:  tea-001',
      '',
    ].join('\n'),
  );
  assert.deepEqual(
    runs.map(({ outcome, runId }) => [outcome, runId]),
    [['failure', 'tea-001']],
  );
});

test('velero: its log as JSON, and the table of old versions', () => {
  const said = (time: string, level: string, msg: string, rest: object): string =>
    JSON.stringify({
      level,
      logSource: 'pkg/controller/backup_controller.go:1',
      msg,
      time: `2026-06-0${time}Z`,
      ...rest,
    });
  const log = parseText(
    [
      said('1T02:00:10', 'info', 'Setting up backup log', { backup: 'velero/daily-20260601020010' }),
      said('1T02:00:20', 'error', 'Error backing up item', {
        backup: 'velero/daily-20260601020010',
        error: 'timed out',
      }),
      said('1T02:01:10', 'info', 'Backed up a total of 51 items', { backup: 'velero/daily-20260601020010' }),
      said('2T02:00:20', 'error', 'backup failed', { key: 'velero/daily-20260602020010', error: 'AccessDenied' }),
      '',
    ].join('\n'),
  );
  assert.deepEqual(
    log.runs.map((run) => [inShort(run), run.error]),
    [
      ['partial 2026-06-01T02:00:10Z 60s lines 1-3', 'timed out'],
      ['failure 2026-06-02T02:00:20Z 0s lines 4-4', 'AccessDenied'],
    ],
  );
  const table = parseText(
    'NAME   STATUS   CREATED   EXPIRES   STORAGE LOCATION   SELECTOR\n' +
      'tea-1  PartiallyFailed   2026-06-01 02:00:10 +0000 UTC   29d   default   <none>\n',
  );
  assert.deepEqual(table.runs.map(inShort), ['partial 2026-06-01T02:00:10Z lines 2-2']);
});
