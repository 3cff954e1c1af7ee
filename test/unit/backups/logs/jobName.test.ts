import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileLabel, jobId, nameOfProcess, withoutDate } from '../../../../src/backups/logs/jobName.ts';

test('names lose the date that changes every night, and nothing else', () => {
  assert.equal(withoutDate('web-01-2026-01-05T03:00:01.123'), 'web-01');
  assert.equal(withoutDate('web-01-2026-01-05'), 'web-01');
  assert.equal(withoutDate('db_20260105_030001'), 'db');
  assert.equal(withoutDate('20260105-db'), 'db');
  assert.equal(withoutDate('photos-1767582001'), 'photos');
  assert.equal(withoutDate('2026-01-05'), '');
  assert.equal(withoutDate('node-12'), 'node-12');
  assert.equal(withoutDate('releases-2026'), 'releases-2026');
});

test('a file keeps its name through rotation', () => {
  for (const name of [
    'backup.log',
    'backup.log.1',
    'backup.log.12.gz',
    'backup-2026-01-05.log',
    'backup.log-20260105.gz',
    '/var/log/x/backup.jsonl',
    'C:\\logs\\backup.txt',
  ]) {
    assert.equal(fileLabel(name), 'backup', name);
  }
  assert.equal(fileLabel('/var/log/web\u202e01\u200b.log'), 'web01');
  for (const name of ['2026-01-05.log', '20260105-021703.stdout.log', '2026-01-05.err', 'stdout.log', 'stderr.txt'])
    assert.equal(fileLabel(`/var/log/${name}`), '', name);
  for (const name of [
    'backup.err',
    'backup.stderr.log',
    'backup-error.log',
    'backup_errors.txt',
    'backup.out.log.3.gz',
  ])
    assert.equal(fileLabel(`/var/log/${name}`), 'backup', name);
  assert.equal(fileLabel('/var/log/.log'), '.log');
  for (const name of [
    '2026/01/backup-05.log',
    '2026-01/backup_05.log',
    '202601/backup.05.txt',
    '2026\\01\\backup-05.log',
  ])
    assert.equal(fileLabel(`/var/log/${name}`), 'backup', name);
  assert.equal(fileLabel('/var/log/2026/01/05.log'), '');
  assert.equal(fileLabel('/var/log/web/backup-05.log'), 'backup-05');
  // No days: hosts, and what has its day in a folder.
  assert.equal(fileLabel('/var/log/2026/01/web05.log'), 'web05');
  for (const folder of ['2026/01/17', '2026-01/17', '2026\\01\\17'])
    assert.equal(fileLabel(`/var/log/${folder}/web-05.log`), 'web-05', folder);
  assert.equal(fileLabel('/var/log/2026/01/17/2026-01-17.log'), '');
});

test('job ids tell host, name and repository apart', () => {
  const file = 'nightly';
  assert.equal(jobId('restic', { host: 'a', label: '/srv', repository: null }, file), 'restic a:/srv');
  assert.equal(jobId('borg', { host: null, label: 'mail', repository: '/r' }, file), 'borg mail → /r');
  assert.equal(jobId('borg', { host: null, label: null, repository: '/r' }, file), 'borg → /r');
  assert.equal(jobId('borg', { host: 'mail', label: 'mail', repository: null }, file), 'borg mail');
  assert.equal(jobId('restic', { host: null, label: null, repository: null }, file), 'restic nightly');
});

test('a label that turns the text around it, or breaks the line, does not do so in the name of a job', () => {
  const parts = { host: 'web\u202e01', label: 'srv\u200b\nhome', repository: '/mnt/\u2066repo' };
  assert.equal(jobId('borg', parts, 'backup'), 'borg web01:srv home → /mnt/repo');
});

test('a password in the address of a repository is not in the name of a job', () => {
  const parts = { host: null, label: 'web', repository: 'ssh://me:hunter2@host/./repo' };
  assert.equal(jobId('borg', parts, 'backup'), 'borg web → ssh://me:***@host/./repo');
});

test('a process, unit or container names a job where its name says more than that it makes a backup', () => {
  assert.deepEqual(['backup-www.service', 'db-backup-1', 'backup-1', 'restic', '3'].map(nameOfProcess), [
    'www',
    'db-1',
    null,
    null,
    null,
  ]);
});
