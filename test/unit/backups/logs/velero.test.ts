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
