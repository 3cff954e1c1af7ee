import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JobReport } from '../../../../../src/backups/report.ts';
import { jobMatcher } from '../../../../../src/vscode/findings/definitions/jobMatcher.ts';
import { newJobReport } from '../../newJobReport.ts';

const job = (id: string, tool: string, log: string, repository: string | null = null): JobReport => {
  const lastRun = { ...newJobReport().lastRun, source: { path: log, line: 1, endLine: 2 } };
  return newJobReport({ id, tool, repository, lastRun, recentRuns: [lastRun] });
};

const jobs = [
  job('restic web-01', 'restic', '/var/log/restic.log'),
  job('restic web-011', 'restic', '/var/log/restic.log'),
  job('restic nas:/srv/home', 'restic', '/var/log/nas/restic-home.log'),
  job('borg mail → ssh://b@vault/mnt/mail', 'borg', '/var/log/borg.log', 'ssh://b@vault/mnt/mail'),
  job('etl-warehouse', 'generic', '/var/log/etl.jsonl'),
];

const idsOf = (text: string, name: string | null = null): string[] =>
  jobMatcher(jobs)({ line: 0, name, text }).map(({ id }) => id);

test('by its log', () => {
  assert.deepEqual(idsOf('0 2 * * * /usr/local/bin/run >> /var/log/nas/restic-home.log'), ['restic nas:/srv/home']);
  assert.deepEqual(idsOf('0 2 * * * cd /var/log; backup > restic-home.log'), ['restic nas:/srv/home']);
});

test('by its repository', () => {
  assert.deepEqual(idsOf('borgmatic\n - path: ssh://b@vault/mnt/mail'), ['borg mail → ssh://b@vault/mnt/mail']);
});

test('by tool and name, which is no part of another name', () => {
  assert.deepEqual(idsOf('0 2 * * * restic backup --host web-01 /srv'), ['restic web-01']);
  assert.deepEqual(idsOf('ExecStart=/opt/backup', 'restic-web-011'), ['restic web-011']);
});

test('by tool and the folder that the job is named after', () => {
  assert.deepEqual(idsOf('0 2 * * * restic backup /srv/home'), ['restic nas:/srv/home']);
  assert.deepEqual(idsOf('0 2 * * * restic backup /srv/homework'), []);
});

test('by its own name', () => {
  assert.deepEqual(idsOf('with DAG("etl_warehouse")', 'etl_warehouse'), ['etl-warehouse']);
});

test('a name without its tool is too little, and so is a tool without a name', () => {
  assert.deepEqual(idsOf('0 2 * * * ping web-01'), []);
  assert.deepEqual(idsOf('0 2 * * * restic backup /elsewhere'), []);
  assert.deepEqual(idsOf('0 2 * * * restic check >> restic.log'), []);
});

test('a line that calls another tool is about another job', () => {
  assert.deepEqual(idsOf('0 2 * * * borg create ::web-01 /srv >> /var/log/restic.log'), []);
});
