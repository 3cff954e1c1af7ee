/** Keys that trip programs up: each is found, kept in the path, and cut or left by the rules like any other. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findValues } from '../../../../src/configs/formats/findValues.ts';
import type { ConfigFormat } from '../../../../src/configs/formats/scalarValue.ts';
import { findSecrets } from '../../../../src/configs/secrets/findSecrets.ts';
import { judgeName } from '../../../../src/configs/secrets/judgeName.ts';
import { passwordPositions } from '../../../../src/configs/secrets/passwordPositions.ts';

const rules = { sensitiveKeys: [], safeKeys: [] };
const names = [
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  'then',
  '',
  ' ',
  '.',
  'a.b.c',
  'a:b',
  'a=b',
  '[0]',
  '0',
  '-1',
  'null',
  'true',
  'سر',
  '\u202egnp.exe',
  'é',
  'e\u0301',
  '👩‍🚀',
  '🔑'.repeat(100),
  'k'.repeat(10_240),
  "it's",
  'say "hi"',
  'back\\slash',
  'two\nlines',
  '${HOME}',
  '*',
  '&',
  '<<',
];

const writers: Partial<Record<ConfigFormat, (name: string, value: string) => string>> = {
  json: (name, value) => JSON.stringify({ [name]: { password: value }, list: [{ [name]: value }] }),
  yaml: (name, value) =>
    `${JSON.stringify(name)}:\n  password: ${value}\nlist:\n  - ${JSON.stringify(name)}: ${value}\n`,
  toml: (name, value) =>
    `[${JSON.stringify(name)}]\npassword = "${value}"\n[[list]]\n${JSON.stringify(name)} = "${value}"\n`,
};

for (const [format, write] of Object.entries(writers) as [ConfigFormat, (name: string, value: string) => string][]) {
  test(`${format}: odd keys stand in paths as they are, and a password below them is cut`, () => {
    for (const name of names) {
      const text = write(name, 'hunter2');
      const found = findValues(text, format);
      assert.equal(found.readBy, 'parser', JSON.stringify(name));
      assert.deepEqual(
        found.values.filter(({ style }) => style !== 'comment').map(({ path }) => path),
        [
          [name, 'password'],
          ['list', 0, name],
        ],
      );
      const [range, ...others] = findSecrets(text, found, rules);
      assert.equal(text.slice(range!.start, range!.end), 'hunter2');
      assert.deepEqual(range!.path, [name, 'password']);
      assert.deepEqual(others, []);
    }
  });
}

test('lines of other formats take odd keys', () => {
  for (const name of ['__proto__', 'constructor', 'a.b.c', 'été', 'ключ', '密码', 'k'.repeat(9_000)]) {
    for (const [format, text] of [
      ['ini', `[${name.slice(0, 100)}]\n${name} = v\npassword = hunter2\n`],
      ['dotenv', `${name}=v\nPASSWORD=hunter2\n`],
      ['nginx', `${name} v;\npassword hunter2;\n`],
      ['text', `${name} = v\npassword = hunter2\n`],
    ] as const) {
      const cut = findSecrets(text, findValues(text, format), rules).map(({ start, end }) => text.slice(start, end));
      assert.ok(cut.includes('hunter2'), `${format} ${name.slice(0, 20)}`);
    }
  }
});

test('no name of an object is taken for a rule', () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    assert.equal(judgeName(name), 'none');
    assert.deepEqual(passwordPositions(name), []);
  }
});
