/** Python's report of a log line that it could not write: borgmatic prints one for each of its last words. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inShort, parseText } from './parseText.ts';

const command = "Command 'borg create /mnt/repo::nas-{now} /srv' returned non-zero exit status 2.";

/** As Python 3.11 writes it where the socket of the system's log is gone. */
function report(message: string): string[] {
  return [
    '--- Logging error ---',
    'Traceback (most recent call last):',
    '  File "/usr/lib/python3/dist-packages/borgmatic/commands/borgmatic.py", line 506, in log_error_records',
    '    raise error',
    `subprocess.CalledProcessError: ${command}`,
    '',
    'During handling of the above exception, another exception occurred:',
    '',
    'OSError: [Errno 9] Bad file descriptor',
    'Call stack:',
    '  File "/usr/bin/borgmatic", line 33, in <module>',
    `Message: '${message}'`,
    'Arguments: ()',
  ];
}

const night = [
  '/mnt/repo: Creating archive',
  '/mnt/repo: Error running actions for repository',
  ...report('/mnt/repo: Error running actions for repository'),
  command,
  ...report(`CalledProcessError(2, ${command})`),
  'Need some help? https://torsion.org/borgmatic/#issues',
  ...report('Need some help? https://torsion.org/borgmatic/#issues'),
];

test('the report tells of no run, whatever stands in front of its lines', () => {
  const prefixes = ['', '2026-06-01 02:00:03,123 - nightly - INFO - ', 'INFO [main] nightly.Job: '];
  for (const prefix of prefixes) {
    const lines = ['2026-06-01 02:00:00 Starting backup', ...night.map((line) => `${prefix}${line}`)];
    const { runs } = parseText([...lines, '2026-06-01 02:00:09 Backup finished with exit code 1'].join('\n'));
    assert.deepEqual(runs.map(inShort), [`failure 2026-06-01T02:00:00Z 9s lines 1-${lines.length + 1}`], prefix);
  }
});

test('nor does a report whose lines have lost their blanks, or stand in records', () => {
  const at = '2026-06-01T02:00:03Z';
  const passedOn = [
    (line: string) => `${at} ${line}`,
    (line: string) => JSON.stringify({ ts: at, level: 'info', msg: line }),
  ];
  for (const pass of passedOn) {
    const lines = ['2026-06-01T02:00:00Z Starting backup', ...night.map(pass)];
    const { runs } = parseText([...lines, '2026-06-01T02:00:09Z Backup finished with exit code 1'].join('\n'));
    assert.deepEqual(runs.map(inShort), [`failure 2026-06-01T02:00:00Z 9s lines 1-${lines.length + 1}`]);
  }
});

test('what follows a report that was cut off is read', () => {
  const cut = report('x').slice(0, 5);
  const { runs } = parseText([...cut, 'snapshot 79c92c2c saved', ...cut].join('\n'));
  assert.deepEqual(
    runs.map(({ outcome }) => outcome),
    ['success'],
  );
});
