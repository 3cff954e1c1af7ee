import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findValues } from '../../../../src/configs/formats/findValues.ts';
import type { ConfigFormat } from '../../../../src/configs/formats/scalarValue.ts';
import { cutSecrets, fillIn } from '../../../../src/configs/secrets/cutSecrets.ts';
import { findSecrets } from '../../../../src/configs/secrets/findSecrets.ts';
import type { SecretRules } from '../../../../src/configs/secrets/secretRange.ts';

/** The text with each secret replaced by its reason. */
function masked(text: string, format: ConfigFormat, rules: Partial<SecretRules> = {}): string {
  const ranges = findSecrets(text, findValues(text, format), { sensitiveKeys: [], safeKeys: [], ...rules });
  const { template, offsets } = cutSecrets(text, ranges);
  return fillIn(
    template,
    offsets,
    ranges.map((range) => `<${range.reason}>`),
  );
}

test('a range tells where, under which key, the how-manieth, and why', () => {
  const text = 'db:\n  password: hunter2\n  password: hunter3\n';
  assert.deepEqual(findSecrets(text, findValues(text, 'yaml'), { sensitiveKeys: [], safeKeys: [] }), [
    { start: 16, end: 23, path: ['db', 'password'], document: 0, occurrence: 0, style: 'plain', reason: 'name' },
    { start: 36, end: 43, path: ['db', 'password'], document: 0, occurrence: 1, style: 'plain', reason: 'name' },
  ]);
});

test('the empty text has no secrets, an unreadable one is one secret', () => {
  assert.equal(masked('', 'yaml'), '');
  assert.equal(masked('a\0b', 'text'), '<whole>');
  assert.equal(masked('hunter2\n', 'opaque'), '<whole>');
});

test('names count by words, and not when they only tell about a secret', () => {
  assert.equal(
    masked('monkey: a1\ndbPassword: a1\npassword_file: a1\nmax_tokens: 4096\nbypass: a1\n', 'yaml'),
    'monkey: a1\ndbPassword: <name>\npassword_file: a1\nmax_tokens: 4096\nbypass: a1\n',
  );
});

test('everything below a secret key is secret, descriptions aside', () => {
  assert.equal(
    masked('credentials:\n  primary: abc\n  list: [x1, y2]\n  enabled: true\n  username: bob\n', 'yaml'),
    'credentials:\n  primary: <below>\n  list: [<below>, <below>]\n  enabled: true\n  username: bob\n',
  );
});

test('a value is secret when its name stands beside it', () => {
  assert.equal(
    masked('- name: DB_PASSWORD\n  value: foo\n- name: LEVEL\n  value: info\n', 'yaml'),
    '- name: DB_PASSWORD\n  value: <pair>\n- name: LEVEL\n  value: info\n',
  );
});

test('the data of a Kubernetes Secret is secret in its own document only', () => {
  assert.equal(
    masked('kind: Secret\ndata:\n  a: YWJj\n---\nkind: ConfigMap\ndata:\n  a: YWJj\n', 'yaml'),
    'kind: Secret\ndata:\n  a: <kubernetes>\n---\nkind: ConfigMap\ndata:\n  a: YWJj\n',
  );
});

test('an anchored value that is repeated under a secret key is cut where it stands', () => {
  assert.equal(masked('base: &x qwerty\npassword: *x\n', 'yaml'), 'base: &x <alias>\npassword: *x\n');
});

test('only the password of a URL is cut, even with a raw #, / or @ in it', () => {
  assert.equal(
    masked('u: postgres://bob:p@ss/w#rd@db:5432/x\nv: https://example.org:8443/@scope\n', 'yaml'),
    'u: postgres://bob:<url>@db:5432/x\nv: https://example.org:8443/@scope\n',
  );
});

test('the user wins over every rule, the deeper and the longer entry over the other', () => {
  const text = 'password: a1\nhobby: chess\ndatabase:\n  port: 1\n  name: x\n';
  assert.equal(
    masked(text, 'yaml', { sensitiveKeys: ['hobby', 'DATABASE'], safeKeys: ['Password', 'database.port'] }),
    'password: a1\nhobby: <user>\ndatabase:\n  port: 1\n  name: <user>\n',
  );
});

test('a key that is itself a secret does not stand in any path', () => {
  const key = 'ghp_' + 'a1B2'.repeat(9);
  const text = `tokens:\n  ${key}: hunter2\n`;
  const ranges = findSecrets(text, findValues(text, 'yaml'), { sensitiveKeys: ['tokens'], safeKeys: [] });
  assert.deepEqual(
    ranges.map((range) => [text.slice(range.start, range.end), range.path]),
    [
      [key, []],
      ['hunter2', ['tokens', '(secret)']],
    ],
  );
});
