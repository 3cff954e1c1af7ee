/** Numbers in the names of files: those of runs, and those of hosts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildJobs } from '../../../../src/backups/history/buildJobs.ts';
import { parseText } from '../logs/parseText.ts';

const now = Date.UTC(2026, 5, 30);
const night = (day: number): string => {
  const date = `2026-06-${String(day).padStart(2, '0')}`;
  const said = day % 3 === 0 ? 'Killed' : `snapshot ${String(day).repeat(8).slice(0, 8)} saved`;
  return `${date} 02:00:00 backup started\n${said}\n${date} 02:00:09 rc=${day % 3 === 0 ? 137 : 0}\n`;
};

function jobsOf(logs: [path: string, text: string][]): string[] {
  const jobs = buildJobs(
    logs.map(([path, text]) => parseText(text, path)),
    { now },
  );
  return jobs.map(({ id, runs }) => `${id} ${runs.length}`);
}

const files = (name: (n: number) => string, text: (n: number) => string, count = 10): [string, string][] =>
  Array.from({ length: count }, (_, n) => [name(n + 1), text(n + 1)]);

test('a file for each run, with its number, is one job', () => {
  const name = (n: number): string => `/l/run-${String(n).padStart(3, '0')}.log`;
  assert.deepEqual(jobsOf(files(name, night)), ['restic run 10']);
  assert.deepEqual(jobsOf(files(name, night).reverse()), ['restic run 10']);
  assert.deepEqual(jobsOf(files((n) => `/l/${n}.log`, night)), ['restic 10']);
});

test('numbers of hosts, of few files and of files with many runs stay', () => {
  const host = (n: number): string => `/l/web-${n}.log`;
  assert.equal(jobsOf(files(host, (n) => night(n) + night(n + 1) + night(n + 2))).length, 10);
  assert.equal(jobsOf(files(host, (n) => night(1).replace('11111111', `${n}`.repeat(8).slice(0, 8)))).length, 10);
  assert.equal(jobsOf(files(host, night, 7)).length, 7);
  assert.equal(jobsOf(files(host, (n) => night(20 - n))).length, 10);
});
