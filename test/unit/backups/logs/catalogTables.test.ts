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
