/** The journal of a unit: which lines are its run's, and how systemd says it ended. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inShort, parseText } from './parseText.ts';

const line = (day: number, second: number, process: string, text: string): string =>
  `2026-06-0${day}T02:00:${String(second).padStart(2, '0')}+0000 nas ${process}[${process === 'systemd' ? 1 : 811}]: ${text}`;

const night = (day: number, unit: string, words: readonly string[], end: readonly string[]): string[] => [
  line(day, 0, 'systemd', `Starting ${unit}.service - Backup...`),
  ...words.map((text) => line(day, 1, 'backup.sh', text)),
  ...end.map((text) => line(day, 9, 'systemd', text.replaceAll('UNIT', `${unit}.service`))),
];
const good = ['UNIT: Deactivated successfully.', 'Finished UNIT - Backup.'];
const bad = (how: string): string[] => [
  `UNIT: Main process exited, ${how}`,
  "UNIT: Failed with result 'exit-code'.",
  'Failed to start UNIT - Backup.',
];

test('each night of a unit is one run, however it ended', () => {
  const { runs } = parseText(
    [
      ...night(1, 'restic-www', ['using parent snapshot aaaaaaaa', 'snapshot bbbbbbbb saved'], good),
      ...night(2, 'restic-www', ['Fatal: wrong password or no key found'], bad('code=exited, status=1/FAILURE')),
      ...night(3, 'restic-www', ['using parent snapshot bbbbbbbb'], bad('code=killed, status=9/KILL')),
      ...night(4, 'restic-www', [], bad('code=exited, status=127/n/a')),
      '',
    ].join('\n'),
    'journal.txt',
  );
  assert.deepEqual(runs.map(inShort), [
    'success 2026-06-01T02:00:00Z 9s lines 1-4',
    'failure 2026-06-02T02:00:00Z 9s lines 6-8',
    'failure 2026-06-03T02:00:00Z 9s lines 11-13',
    'failure 2026-06-04T02:00:00Z 9s lines 16-17',
  ]);
  assert.deepEqual(new Set(runs.map(({ job }) => job)), new Set(['restic nas:www']));
});

test('two units that run at the same time keep their lines', () => {
  const [one, two] = ['restic-www', 'borg-mail'].map((unit) => ({
    starts: line(1, 0, 'systemd', `Starting ${unit}.service - Backup...`),
    ends: line(1, 9, 'systemd', `${unit}.service: Deactivated successfully.`),
  }));
  const { runs } = parseText(
    [
      one!.starts,
      two!.starts,
      line(1, 1, 'restic', 'using parent snapshot aaaaaaaa'),
      line(1, 2, 'borg', 'Archive name: mail-2026-06-01'),
      line(1, 3, 'borg', 'Chunk index:                      70                   71'),
      line(1, 4, 'restic', 'snapshot bbbbbbbb saved'),
      line(1, 5, 'sshd', 'error: maximum authentication attempts exceeded'),
      two!.ends,
      one!.ends,
      '',
    ].join('\n'),
    'journal.txt',
  );
  assert.deepEqual(runs.map(({ tool, outcome }) => `${tool} ${outcome}`).sort(), ['borg success', 'restic success']);
});

test('units that are no backups make no runs, and daemons speak for no tool', () => {
  const lines = [
    line(1, 0, 'systemd', 'Starting logrotate.service - Rotate log files...'),
    line(1, 1, 'systemd', 'logrotate.service: Deactivated successfully.'),
    line(1, 2, 'systemd', 'Started nginx.service - A web server.'),
    line(1, 3, 'nginx', 'listening'),
    line(1, 4, 'systemd', 'nginx.service: Main process exited, code=exited, status=1/FAILURE'),
    line(1, 5, 'sshd', 'error: maximum authentication attempts exceeded'),
  ];
  assert.deepEqual(parseText(`${lines.join('\n')}\n`, 'journal.txt').runs, []);
});

test('older versions of systemd describe a unit when it starts and name it when it ends', () => {
  const old = (day: number, words: readonly string[], end: readonly string[]): string[] => [
    line(day, 0, 'systemd', 'Starting Backup of the web server...'),
    ...words.map((text) => line(day, 1, 'restic', text)),
    ...end.map((text) => line(day, 9, 'systemd', text)),
  ];
  const { runs } = parseText(
    [
      ...old(1, ['snapshot bbbbbbbb saved'], ['restic-www.service: Succeeded.', 'Started Backup of the web server.']),
      ...old(
        2,
        ['using parent snapshot bbbbbbbb'],
        [
          'restic-www.service: Main process exited, code=killed, status=9/KILL',
          'Failed to start Backup of the web server.',
        ],
      ),
      '',
    ].join('\n'),
    'journal.txt',
  );
  assert.deepEqual(
    runs.map(({ job, outcome }) => `${job} ${outcome}`),
    ['restic nas:www success', 'restic nas:www failure'],
  );
});
