import assert from 'node:assert/strict';
import { test } from 'node:test';
import { messageOf } from '../../../../src/backups/logs/scriptRecord.ts';
import { inShort, parseText } from './parseText.ts';

test('what a record says, under the names that loggers give it', () => {
  assert.deepEqual(messageOf({ ts: 1780884605, level: 'error', msg: 'backup failed', job: 'db', exit_code: 1 }), {
    text: 'backup failed',
    at: 1780884605,
    isError: true,
    job: 'db',
    exitCode: 1,
  });
  assert.equal(messageOf({ '@timestamp': '2026-06-01T02:00:00Z', message: 'hello' })?.text, 'hello');
  // Without a time and a level it is a record of another kind.
  assert.equal(messageOf({ message: 'hello' }), null);
  assert.equal(messageOf({ level: 'info' }), null);
});

const saved = '{"message_type":"summary","total_bytes_processed":10,"total_duration":60,"snapshot_id":"aaaaaaaa"}';

test('a script that speaks JSON: start, the tool’s own lines, end', () => {
  const { runs } = parseText(
    [
      '{"ts":"2026-06-01T02:00:00Z","level":"info","msg":"backup started","job":"db"}',
      saved,
      '{"ts":"2026-06-01T02:01:00Z","level":"info","msg":"backup finished","job":"db","exit_code":0}',
      '{"ts":"2026-06-02T02:00:00Z","level":"info","msg":"backup started","job":"db"}',
      'Fatal: wrong password or no key found',
      '{"ts":"2026-06-02T02:00:02Z","level":"error","msg":"backup failed","job":"db","exit_code":1}',
      '',
    ].join('\n'),
  );
  assert.deepEqual(runs.map(inShort), [
    'success 2026-06-01T02:00:00Z 60s lines 1-3',
    'failure 2026-06-02T02:00:00Z 2s lines 4-6',
  ]);
  assert.deepEqual(new Set(runs.map(({ job }) => job)), new Set(['restic db']));
});

test('a record that tells a whole run stays one, whatever it calls its words', () => {
  const { runs } = parseText(
    '{"ts":"2026-06-01T02:01:00Z","msg":"backup finished","job":"db","exit_code":0,"duration_seconds":60}\n',
  );
  assert.deepEqual([runs.length, runs[0]?.tool, runs[0]?.outcome], [1, 'generic', 'success']);
});

test('a record that passes on the tool’s line is read as that line', () => {
  const { runs } = parseText(
    '{"time":"2026-06-01T02:00:00Z","level":"info","msg":"using parent snapshot 79c92c2c"}\n' +
      '{"time":"2026-06-01T02:00:09Z","level":"info","msg":"snapshot deadbeef saved"}\n',
  );
  assert.deepEqual(runs.map(inShort), ['success 2026-06-01T02:00:00Z 9s lines 1-2']);
});

test('Docker’s records of lines', () => {
  const line = (second: number, log: string): string =>
    JSON.stringify({ log: `${log}\n`, stream: 'stdout', time: `2026-06-01T02:00:0${second}.5Z` });
  const { runs } = parseText(`${line(0, 'no parent snapshot found')}\n${line(4, 'snapshot deadbeef saved')}\n`);
  assert.equal(runs.length, 1);
  assert.equal(runs[0]!.startedAt, Date.UTC(2026, 5, 1, 2, 0, 0, 500));
});

const processed = ['processed 4 files, 1.000 MiB in 0:07', 'snapshot 79c92c2c saved'];

test('names of events are words: backup_start, backup_end', () => {
  const event = (second: number, name: string, more: object): string =>
    JSON.stringify({ ts: `2026-06-01T02:00:0${second}Z`, level: 'info', event: name, job: 'srv', ...more });
  const { runs } = parseText(
    [event(0, 'backup_start', {}), ...processed, event(8, 'backup_end', { exit_code: 0 })].join('\n'),
  );
  assert.deepEqual(runs.map(inShort), ['success 2026-06-01T02:00:00Z 7s lines 1-4']);
  assert.equal(runs[0]!.job, 'restic srv');
  // In a sentence they are names of variables and functions.
  const said = [
    'backup started',
    'run_end: no hook for on_exit_backup',
    '    in backup_end_of(fail_backup)',
    ...processed,
  ];
  const lines = [...said, 'backup finished'].map((msg, n) =>
    JSON.stringify({ ts: `2026-06-01T02:00:0${n}Z`, level: 'info', msg }),
  );
  assert.deepEqual(parseText(lines.join('\n')).runs.map(inShort), ['success 2026-06-01T02:00:00Z 7s lines 1-6']);
});
