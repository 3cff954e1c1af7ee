import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redact } from '../../../src/vscode/redact.ts';
import { cpuMs } from '../cpuMs.ts';

const hidden: [string, string][] = [
  ['rest:https://me:hunter2@host/repo is locked', 'rest:https://…@host/repo is locked'],
  ['RESTIC_PASSWORD=hunter2 restic backup /etc', 'RESTIC_PASSWORD=… restic backup /etc'],
  ['{"passphrase": "correct horse", "job": "etc"}', '{"passphrase": …, "job": "etc"}'],
  ["token: 'a b c' end", 'token: … end'],
  ['Authorization: Bearer abcdefghijkl', 'Authorization: Bearer …'],
];

for (const [text, expected] of hidden)
  test(`hides what stands in: ${expected}`, () => assert.equal(redact(text), expected));

test('leaves paths, times and addresses alone', () => {
  const text = '/var/log/restic.log:12: https://example.org/a@b 2026-11-24T02:00 password file missing';
  assert.equal(redact(text), text);
});

test('takes time in proportion to the text', () => {
  const text = 'password'.repeat(20_000) + '://'.repeat(20_000) + '@';
  assert.ok(cpuMs(() => redact(text)) < 1000);
});
