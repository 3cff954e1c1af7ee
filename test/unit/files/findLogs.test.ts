import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { findLogs } from '../../../src/files/findLogs.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'findLogs-'));
after(() => fs.rmSync(folder, { recursive: true }));

function make(...names: string[]): void {
  for (const name of names) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), '');
  }
}

make(
  'backup.log',
  'backup.log.1',
  'journal.export',
  'backup.log.2.gz',
  'backup.log-20260105',
  'runs.jsonl',
  'runs.csv',
  'deep/er/borg.out',
  'deep/snapshots.json',
  'mail/root.mbox',
  'var/syslog',
  'var/syslog.1',
  'var/syslog.2.gz',
);
make('photo.jpg', 'script.sh', 'package.json', 'node_modules/x/y.log', '.git/logs/z.log', 'notes.md', 'daemon.conf');

const inFolder = (paths: readonly string[]): string[] =>
  paths.map((file) => path.relative(folder, file).replaceAll('\\', '/'));

test('a folder is searched for logs, rotated and packed ones too', async () => {
  const { paths, errors } = await findLogs([folder]);
  assert.deepEqual(inFolder(paths), [
    'backup.log',
    'backup.log-20260105',
    'backup.log.1',
    'backup.log.2.gz',
    'deep/er/borg.out',
    'deep/snapshots.json',
    'journal.export',
    'mail/root.mbox',
    'runs.csv',
    'runs.jsonl',
    'var/syslog',
    'var/syslog.1',
    'var/syslog.2.gz',
  ]);
  assert.deepEqual(errors, []);
});

test('a file that is named is taken whatever its name, and once', async () => {
  const file = path.join(folder, 'notes.md');
  const { paths } = await findLogs([file, file, path.join(folder, 'deep'), path.join(folder, 'deep/er')]);
  assert.deepEqual(inFolder(paths), ['notes.md', 'deep/er/borg.out', 'deep/snapshots.json']);
});

test('what does not exist gives one error, and the rest is found', async () => {
  const { paths, errors } = await findLogs([path.join(folder, 'none'), path.join(folder, 'runs.csv')]);
  assert.deepEqual(inFolder(paths), ['runs.csv']);
  assert.deepEqual(
    errors.map((error) => error.about.code),
    ['source.notFound'],
  );
});

test('links are followed, loops end', { skip: process.platform === 'win32' && 'links need rights there' }, async () => {
  const linked = path.join(folder, 'linked');
  fs.mkdirSync(linked);
  fs.symlinkSync(linked, path.join(linked, 'again'));
  fs.symlinkSync(path.join(folder, 'deep'), path.join(linked, 'elsewhere'));
  fs.symlinkSync(path.join(linked, 'nowhere'), path.join(linked, 'broken.log'));
  fs.symlinkSync(path.join(linked, 'self.log'), path.join(linked, 'self.log'));
  const { paths, errors } = await findLogs([linked]);
  assert.deepEqual(inFolder(paths), ['linked/elsewhere/er/borg.out', 'linked/elsewhere/snapshots.json']);
  assert.deepEqual(
    errors.map((error) => error.about.code),
    ['source.linkLoop'],
  );
});

test(
  'a link of any name may lead to a folder, but to a file only with the name of a log',
  { skip: process.platform === 'win32' && 'links need rights there' },
  async () => {
    const hosts = path.join(folder, 'hosts');
    make('hosts/current.log');
    fs.symlinkSync(path.join(hosts, 'current.log'), path.join(hosts, 'a'));
    fs.symlinkSync(process.execPath, path.join(hosts, 'b'));
    fs.symlinkSync(path.join(hosts, 'circle'), path.join(hosts, 'circle'));
    fs.symlinkSync(path.join(folder, 'deep'), path.join(hosts, 'web.example.net'));
    fs.symlinkSync(path.join(folder, 'runs.csv'), path.join(hosts, 'z.csv'));
    const { paths, errors } = await findLogs([hosts]);
    assert.deepEqual(inFolder(paths), [
      'hosts/current.log',
      'hosts/web.example.net/er/borg.out',
      'hosts/web.example.net/snapshots.json',
      'hosts/z.csv',
    ]);
    assert.deepEqual(errors, []);
  },
);

test('an abort ends the search', async () => {
  await assert.rejects(findLogs([folder], AbortSignal.abort(new Error('enough'))), /enough/);
});
