import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inShort, parseText } from './parseText.ts';

const start = Date.UTC(2026, 5, 1, 2) * 1000;

/** An entry, seconds after two in the night. */
function entry(second: number, fields: Record<string, unknown>): string {
  return JSON.stringify({ __REALTIME_TIMESTAMP: String(start + second * 1e6), _HOSTNAME: 'web', ...fields });
}

function systemd(second: number, unit: string, MESSAGE: string, more: Record<string, string> = {}): string {
  return entry(second, { UNIT: unit, _SYSTEMD_UNIT: 'init.scope', SYSLOG_IDENTIFIER: 'systemd', MESSAGE, ...more });
}

function line(second: number, unit: string, MESSAGE: unknown): string {
  return entry(second, { _SYSTEMD_UNIT: unit, SYSLOG_IDENTIFIER: 'run.sh', MESSAGE });
}

const saved = ['processed 4 files, 1.000 MiB in 0:07', 'snapshot 79c92c2c saved'];

test('a unit of an older systemd says Started when it has finished', () => {
  const { runs } = parseText(
    [
      systemd(0, 'nightly.service', 'Starting Nightly...'),
      ...saved.map((text) => line(5, 'nightly.service', text)),
      systemd(8, 'nightly.service', 'nightly.service: Succeeded.'),
      systemd(8, 'nightly.service', 'Started Nightly.'),
      systemd(3600, 'nightly.service', 'Starting Nightly...'),
      ...saved.map((text) => line(3605, 'nightly.service', text)),
      systemd(3609, 'nightly.service', 'Started Nightly.'),
    ].join('\n'),
  );
  assert.deepEqual(runs.map(inShort), [
    'success 2026-06-01T02:00:00Z 7s lines 1-4',
    'success 2026-06-01T03:00:00Z 7s lines 6-9',
  ]);
  assert.deepEqual(new Set(runs.map((run) => run.job)), new Set(['restic web:nightly']));
});

test('a unit that systemd stopped at a person’s word was cancelled', () => {
  const { runs } = parseText(
    [
      systemd(0, 'backup.service', 'Started Backup.'),
      line(1, 'backup.service', 'using parent snapshot 5fcafd92'),
      systemd(9, 'backup.service', 'Stopping Backup...'),
      systemd(9, 'backup.service', 'backup.service: Main process exited, code=killed, status=15/TERM'),
      systemd(9, 'backup.service', "backup.service: Failed with result 'signal'."),
    ].join('\n'),
  );
  assert.deepEqual(
    runs.map(({ outcome }) => outcome),
    ['cancelled'],
  );
});

test('a quiet script is known by what systemd says of it', () => {
  const { runs } = parseText(
    [
      systemd(0, 'db-backup.service', 'Starting Dump of the database...'),
      systemd(60, 'db-backup.service', 'Finished Dump of the database.'),
      systemd(86_400, 'db-backup.service', 'Starting Dump of the database...'),
      systemd(
        86_460,
        'db-backup.service',
        'db-backup.service: Main process exited, code=exited, status=2/INVALIDARGUMENT',
      ),
      systemd(86_460, 'db-backup.service', "db-backup.service: Failed with result 'exit-code'."),
    ].join('\n'),
  );
  assert.deepEqual(runs.map(inShort), [
    'success 2026-06-01T02:00:00Z 60s lines 1-2',
    'failure 2026-06-02T02:00:00Z 60s lines 3-4',
  ]);
});

test('other services make no runs, whatever they say', () => {
  const { runs } = parseText(
    [
      systemd(0, 'nginx.service', 'Starting Web server...'),
      systemd(1, 'nginx.service', 'Started Web server.'),
      line(2, 'nginx.service', 'error: upstream failed, exit code 1'),
      line(3, 'nginx.service', 'Fatal: unable to bind'),
      systemd(4, 'nginx.service', "nginx.service: Failed with result 'exit-code'."),
    ].join('\n'),
    'backup-server.json',
  );
  assert.deepEqual(runs, []);
});

test('messages as bytes, of several lines, or too long to be exported', () => {
  const { runs, skippedLines } = parseText(
    [
      systemd(0, 'backup.service', 'Starting Backup...'),
      line(1, 'backup.service', [...new TextEncoder().encode(saved[0])]),
      line(2, 'backup.service', null),
      line(3, 'backup.service', [255, 254]),
      line(4, 'backup.service', `\u001b[1m${saved[1]}\u001b[0m\n`),
      systemd(5, 'backup.service', 'Finished Backup.'),
    ].join('\n'),
  );
  assert.deepEqual(runs.map(inShort), ['success 2026-06-01T02:00:00Z 7s lines 1-6']);
  assert.equal(runs[0]!.runId, '79c92c2c');
  assert.equal(skippedLines, 0);
});
