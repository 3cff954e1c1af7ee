/** What restic says without a script around it: each run is one, and none is part of the next. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomesOf, parseText } from './parseText.ts';

test('restic: its first words begin another run', () => {
  const [parent, saved] = ['using parent snapshot aaaaaaaa', 'snapshot bbbbbbbb saved'];
  assert.deepEqual(outcomesOf(parent, '[0:00] 0 files 0 B', parent, saved), ['failure 1-1', 'success 3-4']);
  const verbose = ['open repository', 'lock repository', parent, 'load index files', 'start scan on [/srv]'];
  assert.deepEqual(outcomesOf(...verbose, ...verbose, saved), ['failure 1-5', 'success 6-11']);
  assert.deepEqual(outcomesOf(parent, 'unable to create lock in backend: repository is already locked'), [
    'failure 1-1',
    'failure 2-2',
  ]);
  assert.deepEqual(outcomesOf(parent, 'signal interrupt received, cleaning up', parent, saved), [
    'cancelled 1-2',
    'success 3-4',
  ]);
});

test('restic --json: the first second again', () => {
  const first = '{"message_type":"status","percent_done":0,"total_files":1}';
  const later = '{"message_type":"status","seconds_elapsed":4,"percent_done":0.5}';
  const summary = '{"message_type":"summary","total_bytes_processed":10,"snapshot_id":"aaaaaaaa"}';
  assert.deepEqual(outcomesOf(first, first, later, first, later, summary), ['failure 1-3', 'success 4-6']);
});

test('restic --json: an error that comes after its summary, from the other stream', () => {
  const progress = '{"message_type":"status","percent_done":0}';
  const summary = '{"message_type":"summary","total_bytes_processed":10,"snapshot_id":"aaaaaaaa"}';
  const error = '{"message_type":"error","error":{"Op":"open","Path":"/srv/key","Err":13},"during":"archival"}';
  const warning = 'Warning: at least one source file could not be read';
  const night = (day: number, ...lines: string[]): string[] => [
    `2026-06-0${day} 02:00:00 backup started`,
    ...lines,
    `2026-06-0${day} 02:01:00 backup finished with exit code ${lines.includes(error) ? 3 : 0}`,
  ];
  assert.deepEqual(
    outcomesOf(
      ...night(1, progress, summary, error, warning),
      ...night(2, progress, summary),
      ...night(3, progress, summary, progress, error, summary),
    ),
    ['partial 1-6', 'success 7-10', 'success 11-13', 'partial 14-17'],
  );
});

test('restic: a lock that a backup does not need is that of the command after it', () => {
  const summary = '{"message_type":"summary","total_bytes_processed":10,"snapshot_id":"aaaaaaaa"}';
  const shared =
    'unable to create lock in backend: repository is already locked by PID 28651 on vm by root (UID 0, GID 0)';
  const about = ['lock was created at 2026-06-01 01:03:51 (56m4.372155372s ago)', 'storage ID 11766faf'];
  const exclusive = shared.replace('locked', 'locked exclusively');
  const exitError = (message: string): string =>
    JSON.stringify({ message_type: 'exit_error', code: 11, message: `Fatal: ${[message, ...about].join('\n')}` });
  const night = (day: number, code: number, ...lines: string[]): string[] => [
    `2026-06-0${day} 02:00:00 backup started`,
    ...lines,
    `2026-06-0${day} 02:01:00 backup finished with exit code ${code}`,
  ];
  for (const saved of [summary, 'snapshot aaaaaaaa saved'])
    for (const [of, lines] of [
      [(lock: string) => [lock, ...about], 3],
      [(lock: string) => [`Fatal: ${lock}`, ...about], 3],
      [(lock: string) => [exitError(lock)], 1],
    ] as const)
      for (const code of [0, 1]) {
        const told = outcomesOf(
          ...night(1, code, saved, ...of(shared)),
          ...night(2, 1, ...of(shared)),
          ...night(3, 1, saved, ...of(exclusive)),
          ...night(4, 0, saved),
        );
        assert.equal(told[0], `success 1-${lines + 3}`, `${of(shared)[0]}, exit code ${code}`);
        // Without a snapshot before it, and where the words may be a second backup's, it counts.
        assert.match(told[1]!, /^failure/);
        assert.ok(told.slice(2, -1).some((run) => run.startsWith('failure')));
        assert.match(told.at(-1)!, /^success/);
      }
  // Nor is it a run of its own where nothing stands around the commands.
  assert.deepEqual(outcomesOf('snapshot aaaaaaaa saved', shared, 'snapshot bbbbbbbb saved', shared), [
    'success 1-1',
    'success 3-3',
  ]);
  // Nor does the lock of one command hide that the next backup of the same script fails.
  assert.deepEqual(outcomesOf(...night(1, 1, summary, shared, 'open repository', 'Fatal: wrong password')), [
    'success 1-2',
    'failure 4-6',
  ]);
});

test('restic: an error that it has no words for shows its stack', () => {
  const trace = ['main.open', '\tgithub.com/restic/restic/cmd/restic/global.go:760', '\truntime/proc.go:250'];
  const { runs } = parseText(
    ['snapshot bbbbbbbb saved', 'config file has zero size, invalid repository?', ...trace, ''].join('\n'),
  );
  assert.deepEqual(
    runs.map(({ outcome, error }) => [outcome, error]),
    [
      ['success', null],
      ['failure', 'config file has zero size, invalid repository?'],
    ],
  );
});

test('restic: all of a stack trace, and the words at its end, are about one run', () => {
  const trace = [
    'write /mnt/repo/locks/495d97cb-tmp-43: no space left on device',
    'github.com/restic/restic/internal/backend/local.(*Local).Save',
    '\tgithub.com/restic/restic/internal/backend/local/local.go:170',
    'main.main',
    '\tgithub.com/restic/restic/cmd/restic/main.go:98',
    'runtime.main',
    '\truntime/proc.go:250',
    'runtime.goexit',
    '\truntime/asm_amd64.s:1594',
    'unable to create lock in backend',
  ];
  assert.deepEqual(outcomesOf(...trace, 'snapshot bbbbbbbb saved'), ['failure 2-10', 'success 11-11']);
  const stamped = trace.map((line) => `2026-06-01T02:00:00Z ${line.trimStart()}`);
  assert.deepEqual(outcomesOf(...stamped), ['failure 2-10']);
});

test('restic: a backup that stops where the next command begins was cut off', () => {
  const lines = ['using parent snapshot d3ffa5c7', 'Applying Policy: keep 14 daily snapshots', 'done'];
  assert.deepEqual(outcomesOf('Mon Jun  1 02:00:00 UTC 2026', ...lines, 'Mon Jun  1 02:00:09 UTC 2026'), [
    'failure 1-5',
  ]);
});

test('restic: what could not be read makes the run partial, in the words of every version', () => {
  for (const warning of ['at least one source file could not be read', 'failed to read all source data during backup'])
    assert.deepEqual(outcomesOf('snapshot 8ec6f57a saved', `Warning: ${warning}`), ['partial 1-2']);
});

test('restic: a path that is not there makes the run partial; without any path it is a failure', () => {
  const skipped = '/srv/gone does not exist, skipping';
  const [run] = parseText(`${skipped}\nprocessed 1 files, 3 B in 0:00\nsnapshot 2ad0cd27 saved\nexit code 0\n`).runs;
  assert.deepEqual([run?.outcome, run?.failureClass], ['partial', 'sourceMissing']);
  const [none] = parseText(`${skipped}\nFatal: all target directories/files do not exist\n`).runs;
  assert.equal(none?.outcome, 'failure');
  assert.match(none.error!, /^Fatal: .*: \/srv\/gone/);
});
