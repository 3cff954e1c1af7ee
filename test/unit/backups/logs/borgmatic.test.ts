/** borgmatic at its most talkative, where Borg tells all that it does on its way. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inShort, parseText } from './parseText.ts';

const borgStarts = [
  'using builtin fallback logging configuration',
  '33 self tests completed in 0.08 seconds',
  'Verified integrity of /mnt/repo/index.1',
  "security: read previous location '/mnt/repo'",
];
const pruned = [
  'Ensuring legacy configuration is upgraded',
  '/srv/bm.yaml: No commands to run for pre-prune hook',
  '/mnt/repo: Pruning archives',
  'borg prune --keep-daily 14 --debug --show-rc /mnt/repo',
  ...borgStarts,
  'terminating with success status, rc 0',
  '/srv/bm.yaml: No commands to run for post-prune hook',
];
const creating = [
  '/mnt/repo: Creating archive',
  'BORG_PASSPHRASE=*** BORG_EXIT_CODES=*** borg create /mnt/repo::web-{now} /srv --debug --show-rc',
  ...borgStarts,
  'Creating archive at "/mnt/repo::web-2026-06-01T02:00:01"',
  'Processing files ...',
];
const failed = [
  'Insufficient free space to complete transaction (required: 545.43 MB, available: 100.04 MB).',
  'Traceback (most recent call last):',
  '  File "/usr/lib/python3/dist-packages/borg/archiver.py", line 5213, in main',
  'borg.repository.Repository.InsufficientFreeSpaceError: Insufficient free space to complete transaction (required: 5',
  'Platform: Linux vm 6.1.0',
  "sys.argv: ['/usr/bin/borg', 'create', '/mnt/repo::web-{now}', '/srv']",
  'SSH_ORIGINAL_COMMAND: None',
  'terminating with error status, rc 2',
];
const ended = ["Command 'borg create /mnt/repo::web-{now} /srv' returned non-zero exit status 2."];

test('each night is one run, whatever prune and the summary say before and after', () => {
  const good = [...pruned, ...creating, 'terminating with success status, rc 0'];
  const bad = [
    ...[...pruned, ...creating, ...failed, '/mnt/repo: Error running actions for repository', ...ended],
    ...['/srv/bm.yaml: Error running configuration file', '', 'summary:'],
    ...['/srv/bm.yaml: Error running configuration file', '/mnt/repo: Error running actions for repository'],
    ...['Creating archive at "/mnt/repo::web-2026-06-02T02:00:01"', ...failed.slice(0, -1), ...ended],
    ...['', 'Need some help? https://torsion.org/borgmatic/#issues'],
  ];
  const lines = [
    ...['=== Backup started at Mon Jun  1 02:00:00 UTC 2026 ===', ...good],
    ...['', 'summary:', '/srv/bm.yaml: Successfully ran configuration file'],
    '=== Backup finished at Mon Jun  1 02:00:09 UTC 2026 with exit code 0 ===',
    ...['=== Backup started at Tue Jun  2 02:00:00 UTC 2026 ===', ...bad],
    '=== Backup finished at Tue Jun  2 02:00:09 UTC 2026 with exit code 1 ===',
  ];
  for (const text of [lines, lines.filter((line) => !line.startsWith('=== '))]) {
    const { runs } = parseText(text.map((line) => `${line}\n`).join(''), 'backup.log');
    assert.deepEqual(
      runs.map(({ outcome, failureClass, job }) => [outcome, failureClass, job]),
      [
        ['success', null, 'borgmatic web → /mnt/repo'],
        ['failure', 'space', 'borgmatic web → /mnt/repo'],
      ],
    );
  }
  assert.equal(inShort(parseText(`${lines.join('\n')}\n`).runs[1]!).slice(0, 31), 'failure 2026-06-02T02:00:00Z 9s');
});

test('a command that only reads the repository is no backup, and a hook after a good night begins the next', () => {
  assert.deepEqual(
    parseText(
      [
        'Archive nothing-there does not exist',
        '/mnt/repo: Error running actions for repository',
        "/mnt/repo: Command 'borg list --log-json /mnt/repo::nothing-there' returned non-zero exit status 31.",
        '/srv/bm.yaml: An error occurred',
        '',
        'summary:',
        'An error occurred',
        'Error running actions for repository',
        '',
      ].join('\n'),
      'bm.txt',
    ).runs,
    [],
  );
  const hooks = (when: string): string => `/srv/bm.yaml: Running command for ${when} hook`;
  const night = [hooks('pre-backup'), '/mnt/repo: Creating archive', hooks('post-backup'), 'summary:'];
  assert.deepEqual(
    parseText(
      [...night, '/srv/bm.yaml: Successfully ran configuration file', ...night.slice(0, 1)]
        .concat([
          '/mnt/repo: Error running actions for repository',
          "Command 'true' returned non-zero exit status 1.",
          '',
        ])
        .join('\n'),
      'bm.txt',
    ).runs.map(({ outcome }) => outcome),
    ['success', 'failure'],
  );
});

test("a lock and a repository that is none are told by Borg's words", () => {
  const classOf = (...lines: string[]): unknown => parseText(`${lines.join('\n')}\n`, 'bm.txt').runs[0]?.failureClass;
  const trouble = '/mnt/repo: Error running actions for repository';
  const command = "Command 'borg create /mnt/repo::web' returned non-zero exit status 73.";
  const locked = 'Failed to create/acquire the lock /mnt/repo/lock.exclusive (timeout).';
  assert.equal(classOf('/srv/bm.yaml: An error occurred', trouble, locked, command), 'lock');
  assert.equal(classOf('/mnt/repo is not a valid repository. Check repo config.', trouble), 'repositoryMissing');
});
