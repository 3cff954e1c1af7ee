/** autorestic: its words around restic's, and the commands it shows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inShort, parseText } from './parseText.ts';

const saved = ['processed 12 files, 2.000 GiB in 0:05', 'snapshot aaaaaaaa saved'];
const location = (name: string): string[] => ['', `    Backing up location "${name}"    `, '', 'Backend: nas'];

test('the location is the job, and what fails after a good backup is not the backup', () => {
  const { runs } = parseText(
    [
      'Mon Jun  1 02:00:00 UTC 2026',
      'Using config: \t /root/.autorestic.yml',
      ...location('home'),
      '> Executing: /usr/bin/restic backup --tag ar:location:home /home',
      ...saved,
      '  Forgetting for location "home"  ',
      'For backend "nas"',
      '> Executing: /usr/bin/restic forget --tag ar:location:home --prune --keep-last 5',
      'repo already locked, waiting up to 0s for the lock',
      'exit status 11',
      'Error: 1 errors were found',
      '',
    ].join('\n'),
    'autorestic.log',
  );
  assert.deepEqual(runs.map(inShort), ['success 2026-06-01T02:00:00Z 5s lines 1-9']);
  assert.match(runs[0]!.job, /home/);
});

test('a location that is not there is a failure with its reason, and one that is not due is no run', () => {
  const { runs } = parseText(
    [
      ...location('etc'),
      'stat /etcd: no such file or directory',
      '',
      'Error: 1 errors were found',
      'Skipping "home", not due yet.',
      '',
    ].join('\n'),
    'autorestic.log',
  );
  assert.deepEqual(
    runs.map(({ outcome, error }) => [outcome, error]),
    [['failure', 'stat /etcd: no such file or directory']],
  );
});

test('a command behind a prompt is one that the shell was given', () => {
  const { runs } = parseText(
    [
      'root@nas:~# restic backup /srv',
      ...saved,
      'root@nas:~# restic check',
      'Load indexes',
      'error: error loading index 3f40ed2a: read /mnt/index/3f40: invalid argument',
      'Fatal: LoadIndex returned errors',
      '~ ❯ restic prune',
      'Fatal: unable to create lock in backend: repository is already locked by PID 7',
      '',
    ].join('\n'),
    'terminal.txt',
  );
  assert.deepEqual(
    runs.map(({ outcome }) => outcome),
    ['success'],
  );
});
