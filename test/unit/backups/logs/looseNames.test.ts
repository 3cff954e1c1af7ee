/** Runs that tell little of their job, and the runs that tell more. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildJobs } from '../../../../src/backups/history/buildJobs.ts';
import { parseText } from './parseText.ts';

function jobsOf(lines: readonly string[], file = 'backup.log'): string[] {
  const now = Date.UTC(2026, 10, 24);
  return buildJobs([parseText(`${lines.join('\n')}\n`, file)], { now }).map(({ id, runs }) => `${id}: ${runs.length}`);
}

const saved = (repository: string, archive: string): string[] => [
  `Repository: ${repository}`,
  `Archive name: ${archive}`,
  'Chunk index:                      70                   71',
];
const locked = (path: string): string => `Failed to create/acquire the lock ${path}/lock.exclusive (timeout).`;

test('a failure that names only its repository joins the job of that repository', () => {
  assert.deepEqual(jobsOf([...saved('/mnt/vault/mail', 'mail-2026-06-01'), locked('/mnt/vault/mail')]), [
    'borg mail → /mnt/vault/mail: 2',
  ]);
  // The lock is told by the host that has the repository.
  assert.deepEqual(
    jobsOf([
      ...saved('ssh://backup@vault.example.net/mnt/vault/mail', 'mail-2026-06-01'),
      locked('/mnt/vault/mail'),
      ...saved('ssh://backup@vault.example.net/mnt/vault/photos', 'photos-2026-06-01'),
      locked('/mnt/vault/photos'),
    ]),
    [
      'borg mail → ssh://backup@vault.example.net/mnt/vault/mail: 2',
      'borg photos → ssh://backup@vault.example.net/mnt/vault/photos: 2',
    ],
  );
});

test('a failure between the lines of a script joins what its other runs are called', () => {
  const session = (day: number, words: readonly string[], code: number): string[] => [
    `2026-06-0${day} 02:00:00 Starting mail backup`,
    ...words,
    `2026-06-0${day} 02:05:00 exit code ${code}`,
  ];
  assert.deepEqual(
    jobsOf([
      ...session(1, saved('/mnt/vault/mail', 'inbox-2026-06-01'), 0),
      ...session(2, [locked('/mnt/vault/mail')], 2),
      ...session(3, ['bash: borg: command not found'], 127),
    ]),
    ['borg inbox → /mnt/vault/mail: 3'],
  );
});
