import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgePassphrase } from '../../../../src/vscode/snapshots/judgePassphrase.ts';

test('a passphrase must be long, varied, and more than digits', () => {
  assert.equal(judgePassphrase('elevenchars'), 'short');
  assert.equal(judgePassphrase('abababababababab'), 'repetitive');
  assert.equal(judgePassphrase('1984-05-17 2010'), 'digits');
  assert.equal(judgePassphrase('71828182845904523536'), null);
  assert.equal(judgePassphrase('twelve chars'), null);
  assert.equal(judgePassphrase('contraseña más'), null);
});
