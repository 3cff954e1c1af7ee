import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomeOfExitCode } from '../../../../src/backups/logs/exitCode.ts';
import { classifyFailure } from '../../../../src/backups/logs/failureClass.ts';

test('failures by the words of the tools', () => {
  const cases: [tool: string, message: string, failureClass: string][] = [
    ['restic', 'Fatal: wrong password or no key found', 'auth'],
    ['restic', 'Fatal: unable to create lock in backend: repository is already locked by PID 5150', 'lock'],
    ['restic', 'Fatal: unable to open config file: stat /r/config: no such file or directory', 'repositoryMissing'],
    [
      'restic',
      'Fatal: unable to open config file: Head "http://h/config": dial tcp 127.0.0.1:9: connect: connection refused',
      'network',
    ],
    ['restic', 'Fatal: unable to save snapshot: write /r/data/x: no space left on device', 'space'],
    ['borg', 'Failed to create/acquire the lock /r/lock.exclusive (timeout).', 'lock'],
    ['borg', 'Repository /r does not exist.', 'repositoryMissing'],
    ['borg', 'Connection closed by remote host. Is borg working on the server?', 'network'],
    ['borg', "/srv/x: open: [Errno 13] Permission denied: 'x'", 'permission'],
    ['borg', 'Data integrity error: Segment entry checksum mismatch', 'integrity'],
    ['generic', 'ssh: connect to host nas port 22: Connection timed out', 'timeout'],
    ['generic', 'rsync: change_dir "/srv/gone" failed: No such file or directory (2)', 'sourceMissing'],
    ['generic', 'AccessDenied: 403 Forbidden', 'auth'],
    ['generic', 'the dog ate it', 'other'],
  ];
  for (const [tool, message, failureClass] of cases)
    assert.equal(classifyFailure(tool, message), failureClass, message);
});

test('exit codes', () => {
  assert.equal(outcomeOfExitCode('restic', 0), 'success');
  assert.equal(outcomeOfExitCode('restic', 3), 'partial');
  assert.equal(outcomeOfExitCode('restic', 130), 'cancelled');
  for (const code of [1, 2, 10, 11, 12, 77, 137, -1]) assert.equal(outcomeOfExitCode('restic', code), 'failure');
  for (const code of [1, 100, 107, 127]) assert.equal(outcomeOfExitCode('borg', code), 'partial');
  for (const code of [2, 13, 73, 99, 128, 143]) assert.equal(outcomeOfExitCode('borg', code), 'failure');
  assert.equal(outcomeOfExitCode('rsync', 24), 'partial');
  assert.equal(outcomeOfExitCode('rsync', 20), 'cancelled');
  assert.equal(outcomeOfExitCode('somethingElse', 3), 'failure');
});
