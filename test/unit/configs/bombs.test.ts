/** Texts that are made to hang or crash a reader: each is read, or sealed whole, within the patience of a test. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findValues } from '../../../src/configs/formats/findValues.ts';
import type { ConfigFormat } from '../../../src/configs/formats/scalarValue.ts';
import { cutSecrets, fillIn } from '../../../src/configs/secrets/cutSecrets.ts';
import { findSecrets } from '../../../src/configs/secrets/findSecrets.ts';
import { readConfigFixtures } from './configFixtures.ts';

const many = 100_000;

/** Lines of nine aliases each to the line before: 9¹² times one value, if they were followed. */
const laughs = Array.from({ length: 12 }, (_, n) => `k${n + 1}: &k${n + 1} [${Array(9).fill(`*k${n}`).join(', ')}]\n`);

const bombs: [string, ConfigFormat, string][] = [
  ['aliases of aliases', 'yaml', `k0: &k0 hunter2\n${laughs.join('')}password: *k12\n`],
  ['many aliases', 'yaml', `x: &x hunter2\n${'password: *x\n'.repeat(many)}`],
  ['many anchors', 'yaml', Array.from({ length: many / 2 }, (_, n) => `k${n}: &a${n} v\npassword: *a${n}\n`).join('')],
  ['deep YAML in flow style', 'yaml', '['.repeat(many)],
  ['deep YAML in block style', 'yaml', Array.from({ length: 1_000 }, (_, n) => `${' '.repeat(n)}a:\n`).join('')],
  ['deep YAML of dashes', 'yaml', `${'- '.repeat(many)}x`],
  ['many keys in YAML', 'yaml', Array.from({ length: many }, (_, n) => `key${n}: v\n`).join('')],
  ['one key many times', 'yaml', 'password: a\n'.repeat(many)],
  ['many documents', 'yaml', '---\na: b\n'.repeat(many)],
  ['deep JSON', 'json', '{"a":['.repeat(many)],
  ['many keys in JSON', 'json', `{${Array.from({ length: many }, (_, n) => `"key${n}":1`).join()}}`],
  ['JSON that never ends', 'json', `{"password":"${'x'.repeat(5e6)}`],
  ['escaped JSON in JSON', 'json', `{"a":"${'\\"password\\":\\"x\\",'.repeat(many)}"}`],
  ['huge base64', 'json', `{"a":"${'QUJD'.repeat(2.5e6)}"}`],
  ['one line of 10 MB', 'text', 'a'.repeat(1e7)],
  ['one line of 10 MB of words', 'dotenv', `A=${'x y#'.repeat(2.5e6)}`],
  ['a comment of 10 MB', 'yaml', `#${' a #'.repeat(2.5e6)}\na: b`],
  ['deep TOML', 'toml', `a=${'['.repeat(many)}`],
  ['a dotted key of TOML', 'toml', `${'a.'.repeat(many)}a=1`],
  ['many tables', 'toml', '[[a]]\npassword="x"\n'.repeat(many)],
  ['quotes in TOML', 'toml', `a="""${'""x'.repeat(1e6)}`],
  ['deep blocks of nginx', 'nginx', 'a {'.repeat(many)],
  ['variables that never end', 'nginx', `${'${'.repeat(1e6)};`],
  ['open quotes', 'dotenv', "A='\n".repeat(many)],
  ['lines that go on', 'ini', 'a=b\\\n'.repeat(many)],
  ['here-documents that never end', 'text', Array.from({ length: many }, (_, n) => `x <<E${n}\n`).join('')],
  ['private keys that never end', 'text', '-----BEGIN PRIVATE KEY-----\n'.repeat(many)],
  ['certificates that never end', 'text', '-----BEGIN CERTIFICATE-----\n'.repeat(many)],
  ['URLs in URLs', 'yaml', `a: ${'x://a:'.repeat(many)}@b`],
  ['names without values', 'yaml', `a: ${'password='.repeat(1e6)}`],
  ['names that may hold base64', 'yaml', `a: ${'auth='.repeat(1e6)}`],
  ['beginnings of JWTs', 'yaml', `a: ${'eyJ'.repeat(3e6)}`],
  ['beginnings of hashes', 'yaml', `a: ${'$2a$'.repeat(1e6)}`],
  ['a login without end', 'yaml', `a: ${'user=a:'.repeat(5e5)}`],
  ['commands of devices', 'text', 'snmp-server user a b v3 auth sha '.repeat(many)],
  ['devices without keys', 'text', 'radius server a\n address b\n'.repeat(many)],
  ['a device of indented lines', 'text', `radius server a\n${`${' '.repeat(40)}b\n`.repeat(9)}`],
  ['hosts without communities', 'text', `snmp-server host a${' traps'.repeat(1e6)}`],
  ['chats without ends', 'yaml', `a: ${'slack://a/'.repeat(5e5)}`],
  ['hooks of many hosts', 'yaml', `a: ${'https://a/hooks/'.repeat(3e5)}`],
  ['prompts on one line', 'text', `read -p "password${' password: a'.repeat(3e5)}`],
  ['pairs in a comment of JSON', 'json', `{/*${'"password":"'.repeat(3e5)}*/}`],
  ['commands that open', 'text', `password=${'$('.repeat(3e5)}`],
  ['users of databases', 'text', 'create user a identified by '.repeat(many)],
  ['made-up passwords', 'text', '"random_password"\n'.repeat(many)],
  ['links to sign', 'text', 'secure_link_md5 "'.repeat(many)],
  ['elements in elements', 'text', `${'<a>'.repeat(6_000)}\n`],
  ['elements without ends', 'text', '<a>\n'.repeat(many)],
  ['comments of elements', 'yaml', `#a\n${'<!-- <a>'.repeat(2_000)}\n`.repeat(20)],
  ['commands in a row', 'yaml', `a: ${'mysql '.repeat(1e6)}`],
  ['templates in templates', 'yaml', `a: ${'${a:-'.repeat(many)}`],
  ['tags without ends', 'text', '<a b="c\n'.repeat(many)],
  ['brackets without ends', 'text', `${"$a['b'".repeat(2_000)}\n`],
  ['ends of lines', 'yaml', '\n'.repeat(999_999)],
  ['a long key', 'yaml', `${'password_'.repeat(10_000)}: x\n`],
];

for (const [name, format, text] of bombs) {
  test(name, () => {
    const ranges = findSecrets(text, findValues(text, format), { sensitiveKeys: ['user'], safeKeys: ['port'] });
    const { template, offsets, values } = cutSecrets(text, ranges);
    assert.ok(fillIn(template, offsets, values) === text);
  });
}

test('a secret that a bomb repeats is cut', () => {
  const { template } = cut(bombs[0]![2], 'yaml');
  assert.ok(!template.includes('hunter2'));
});

test('what cannot be read for sure is one secret', () => {
  for (const text of ['a: \0b', 'x'.repeat(30_000), 'a <<EOF\nb', '{'.repeat(1_000_001), 'a\x01b']) {
    assert.equal(cut(text, 'text').template, '');
  }
});

test('control characters, half surrogates and foreign line ends come through every reader', () => {
  const odd = [
    '\ud800',
    '\udc00a',
    '\u2028',
    '\u0085',
    '\u000b',
    '\f',
    '\u202e',
    '\ufeff',
    '\u0000',
    '\u001b[31m',
    '\ufffe',
  ];
  for (const { name, text } of readConfigFixtures().slice(0, 40)) {
    for (const format of ['yaml', 'json', 'dotenv', 'ini', 'toml', 'nginx', 'text'] as const) {
      const piece = odd[(name.length + format.length) % odd.length]!;
      const at = Math.floor(text.length / 3);
      cut(text.slice(0, at) + piece + text.slice(at), format);
    }
  }
});

function cut(text: string, format: ConfigFormat): { template: string } {
  const ranges = findSecrets(text, findValues(text, format), { sensitiveKeys: [], safeKeys: [] });
  const { template, offsets, values } = cutSecrets(text, ranges);
  assert.ok(fillIn(template, offsets, values) === text);
  return { template };
}
