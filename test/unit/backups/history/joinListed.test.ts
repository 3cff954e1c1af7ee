/** Runs that tell no id, beside the catalog that lists what they made. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildJobs } from '../../../../src/backups/history/buildJobs.ts';
import { inShort, parseText } from '../logs/parseText.ts';

const now = Date.UTC(2026, 5, 10);

function runsOf(...logs: [path: string, text: string][]): string[] {
  const jobs = buildJobs(
    logs.map(([path, text]) => parseText(text, path)),
    { now },
  );
  return jobs.flatMap(({ id, runs }) => runs.map((run) => `${id}: ${inShort(run)} ${run.alsoIn.length}`));
}

const archive = (name: string, start: string, id: string): object => ({ name, archive: name, start, time: start, id });
const list = (...archives: object[]): string =>
  JSON.stringify({ archives, encryption: { mode: 'none' }, repository: { id: 'f', location: '/mnt/repo' } });

const night = (day: number, ...said: string[]): string =>
  [
    `2026-06-0${day} 02:00:00 Backup started`,
    ...said,
    `2026-06-0${day} 02:00:09 Backup finished with exit code ${said.some((line) => line.includes('Fatal')) ? 2 : 0}`,
    '',
  ].join('\n');

test('borgmatic without statistics and the list of Borg', () => {
  const said = (day: number): string[] => [
    '/mnt/repo: Creating archive',
    `Creating archive at "/mnt/repo::web-2026-06-0${day}T02:00:01"`,
    '/srv/bm.yaml: Successfully ran configuration file',
  ];
  const listed = list(
    archive('web-2026-06-01T02:00:01', '2026-06-01T02:00:02.000000', 'a'.repeat(64)),
    archive('web-2026-06-02T02:00:01', '2026-06-02T02:00:02.000000', 'b'.repeat(64)),
    archive('db-2026-06-02T02:00:01', '2026-06-02T02:00:03.000000', 'c'.repeat(64)),
  );
  assert.deepEqual(runsOf(['nightly.log', night(1, ...said(1)) + night(2, ...said(2))], ['list.json', listed]), [
    'borg db → /mnt/repo: success 2026-06-02T02:00:03Z lines 1-1 0',
    'borg web → /mnt/repo: success 2026-06-01T02:00:00Z 9s lines 1-5 1',
    'borg web → /mnt/repo: success 2026-06-02T02:00:00Z 9s lines 6-10 1',
  ]);
});

test('a quiet restic between the lines of a script, and its snapshots; a failure made none', () => {
  const snapshot = (day: number, host = 'web'): object => ({
    time: `2026-06-0${day}T02:00:03Z`,
    paths: ['/srv'],
    hostname: host,
    id: `${day}`.repeat(64),
    short_id: `${day}`.repeat(8),
  });
  const log = night(1) + night(2, 'Fatal: wrong password or no key found') + night(3);
  assert.deepEqual(runsOf(['nightly.log', log], ['snapshots.json', JSON.stringify([1, 3].map((n) => snapshot(n)))]), [
    'restic web:/srv: success 2026-06-01T02:00:00Z 9s lines 1-2 1',
    'restic web:/srv: failure 2026-06-02T02:00:00Z 9s lines 3-5 0',
    'restic web:/srv: success 2026-06-03T02:00:00Z 9s lines 6-7 1',
  ]);
  // Two hosts at once: nobody knows whose run it was.
  const both = JSON.stringify([snapshot(1), snapshot(1, 'db')]);
  assert.equal(runsOf(['nightly.log', night(1)], ['snapshots.json', both]).length, 3);
});

test('an entry of another day, repository or tool is another run', () => {
  const entry = (day: number, id: string): object =>
    archive(`web-2026-06-0${day}`, `2026-06-0${day}T03:30:00.000000`, id.repeat(64));
  const log = night(1, '/mnt/repo: Creating archive', '/srv/bm.yaml: Successfully ran configuration file');
  assert.equal(runsOf(['nightly.log', log], ['list.json', list(entry(1, 'a'))]).length, 2);
  const elsewhere = list(archive('web', '2026-06-01T02:00:02.000000', 'a'.repeat(64))).replace('/mnt/repo', '/mnt/x');
  assert.equal(runsOf(['nightly.log', log], ['list.json', elsewhere]).length, 2);
  const resticTable = `ID        Time                 Host  Tags  Paths\n${'-'.repeat(60)}\naaaaaaaa  2026-06-01 02:00:02  web         /srv\n`;
  assert.equal(runsOf(['nightly.log', log], ['snapshots.txt', resticTable]).length, 2);
});
