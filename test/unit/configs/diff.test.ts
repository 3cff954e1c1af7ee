import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diffConfigs, readKeys, type ComparableConfig, type DiffLine } from '../../../src/configs/diff.ts';
import type { ConfigFormat } from '../../../src/configs/formats/scalarValue.ts';
import { cutContent } from '../../../src/configs/vault/cutContent.ts';

const fingerprintKey = Buffer.alloc(32, 7);
const rules = { sensitiveKeys: [], safeKeys: [] };

function config(text: string | Uint8Array, format: ConfigFormat = 'yaml', name = 'app'): ComparableConfig {
  const content = typeof text === 'string' ? Buffer.from(text) : text;
  return cutContent({ name, content, format, rules }, fingerprintKey);
}

const shownLines = (lines: readonly DiffLine[]): string[] =>
  lines.map(
    ({ kind, text, before, after, secretChanged }) =>
      `${kind === 'same' ? ' ' : kind === 'added' ? '+' : '-'}${secretChanged ? '*' : ''}${text} ${before ?? '.'}:${after ?? '.'}`,
  );

test('a changed, an added and a removed key show with their values, a secret only as changed', () => {
  const before = config('# app\nhost: a\nport: 80\npassword: hunter2\ntoken: abcdef-1\n');
  const after = config('# app\nhost: b\npassword: hunter3\ntoken: abcdef-1\nuser: bob\n');
  const { isSame, keys, secrets, lines } = diffConfigs(before, after);
  assert.equal(isSame, false);
  assert.deepEqual(
    keys.map(({ path, change, before: was, after: is, secret }) => [path.join('.'), change, was, is, secret]),
    [
      ['host', 'changed', 'a', 'b', null],
      ['password', 'changed', '••••••••', '••••••••', 'changed'],
      ['user', 'added', null, 'bob', null],
      ['port', 'removed', '80', null, null],
    ],
  );
  assert.deepEqual(
    secrets.map(({ path, state }) => [path[0], state]),
    [
      ['password', 'changed'],
      ['token', 'same'],
    ],
  );
  assert.deepEqual(shownLines(lines), [
    ' # app 1:1',
    '-host: a 2:.',
    '-port: 80 3:.',
    '-*password: •••••••• 4:.',
    '+host: b .:2',
    '+*password: •••••••• .:3',
    ' token: •••••••• 5:4',
    '+user: bob .:5',
  ]);
});

test('a changed secret is marked beside other changes of its line; one that is only quoted otherwise is not', () => {
  const before = config('A_PASSWORD="hunter2-x"\nB_TOKEN="abcdef-1"\n', 'dotenv');
  const after = config("A_PASSWORD=hunter3-x\nB_TOKEN='abcdef-1'\n", 'dotenv');
  assert.deepEqual(shownLines(diffConfigs(before, after).lines), [
    '-*A_PASSWORD="••••••••" 1:.',
    '-B_TOKEN="••••••••" 2:.',
    '+*A_PASSWORD=•••••••• .:1',
    "+B_TOKEN='••••••••' .:2",
  ]);
});

test('no secret of either side is anywhere in a comparison, in any format', () => {
  const secrets = ['Tr0ub4dor&3', 'hunter2-new'];
  const texts: [ConfigFormat, (secret: string) => string][] = [
    ['yaml', (secret) => `a: 1\npassword: |\n  ${secret}\n  more\nb: 2\n`],
    ['json', (secret) => `{"password": "${secret}", "b": 2}`],
    ['toml', (secret) => `[db]\npassword = "${secret}"\nport = 1\n`],
    ['dotenv', (secret) => `PASSWORD='${secret}'\nB=2\n`],
    ['ini', (secret) => `[db]\npassword=${secret}\nb=2\n`],
    ['nginx', (secret) => `server {\n  proxy_set_header Authorization "Bearer ${secret}";\n  listen 80;\n}\n`],
    ['yaml', (secret) => `url: postgres://bob:${encodeURIComponent(secret)}@db/x\n`],
  ];
  for (const [format, write] of texts) {
    const [before, after] = secrets.map((secret) => config(write(secret), format)) as [
      ComparableConfig,
      ComparableConfig,
    ];
    const diff = diffConfigs(before, after);
    assert.ok(!diff.isSame, format);
    assert.ok(
      diff.secrets.some(({ state }) => state === 'changed'),
      format,
    );
    assert.ok(
      diff.keys.some(({ secret }) => secret === 'changed'),
      format,
    );
    assert.equal(diff.keys.length, 1, `${format}: ${JSON.stringify(diff.keys)}`);
    for (const secret of secrets) assert.ok(!JSON.stringify(diff).includes(secret.slice(0, 6)), format);
    assert.ok(diffConfigs(before, config(write(secrets[0]!), format)).isSame, format);
  }
});

test('keys are found beside secrets of every style', () => {
  const json = config(
    '{"pin_code": "x", "password": 12345678, "list": [{"token": "abc-def-123"}, 5], "url": "http://u:pw-12345@h/"}',
    'json',
  );
  assert.deepEqual(
    readKeys(json).map(({ path, shown, fingerprints }) => [path.join('.'), shown, fingerprints.length]),
    [
      ['pin_code', 'x', 0],
      ['password', '••••••••', 1],
      ['list.0.token', '••••••••', 1],
      ['list.1', '5', 0],
      ['url', 'http://u:••••••••@h/', 1],
    ],
  );
});

test('a comment, a line end and a final newline make a difference, though no key changed', () => {
  const base = 'a: 1\nb: 2\n';
  for (const other of ['a: 1 # x\nb: 2\n', 'a: 1\r\nb: 2\n', 'a: 1\nb: 2']) {
    const { isSame, keys, lines } = diffConfigs(config(base), config(other));
    assert.equal(isSame, false);
    assert.deepEqual(keys, []);
    assert.ok(lines.some(({ kind }) => kind === 'added'));
  }
  assert.deepEqual(diffConfigs(config(base), config(base)), {
    isSame: true,
    keys: [],
    secrets: [],
    lines: [
      { kind: 'same', text: 'a: 1', before: 1, after: 1, secretChanged: false },
      { kind: 'same', text: 'b: 2', before: 2, after: 2, secretChanged: false },
    ],
  });
});

test('what is sealed whole differs as a whole', () => {
  const binary = config(Buffer.from([0, 1, 2]));
  const { isSame, keys, lines } = diffConfigs(binary, config(Buffer.from([0, 1, 3])));
  assert.equal(isSame, false);
  assert.deepEqual(keys, [
    { path: [], document: 0, change: 'changed', before: '••••••••', after: '••••••••', secret: 'changed' },
  ]);
  assert.deepEqual(lines, []);
  assert.ok(diffConfigs(binary, config(Buffer.from([0, 1, 2]))).isSame);
  assert.equal(diffConfigs(binary, config('a: 1\n')).isSame, false);
});

test('of two configurations with different names no secret is called the same', () => {
  const { secrets, keys } = diffConfigs(config('password: a-b-c-1\n'), config('password: a-b-c-1\n', 'yaml', 'other'));
  assert.deepEqual(
    secrets.map(({ state }) => state),
    ['unknown'],
  );
  assert.deepEqual(keys, []);
});

test('keys that repeat, several documents and names of objects’ own are told apart', () => {
  const before = config('__proto__: 1\nconstructor: 2\n---\nconstructor: 3\n"": 4\n');
  const after = config('__proto__: 5\nconstructor: 2\n---\nconstructor: 6\n"": 7\n');
  assert.deepEqual(
    diffConfigs(before, after).keys.map(({ path, document, after: is }) => [path, document, is]),
    [
      [['__proto__'], 0, '5'],
      [['constructor'], 1, '6'],
      [[''], 1, '7'],
    ],
  );
  const ini = diffConfigs(config('a=1\na=2\n', 'ini'), config('a=1\na=3\n', 'ini')).keys;
  assert.deepEqual(
    ini.map(({ before: was, after: is }) => [was, is]),
    [['2', '3']],
  );
});
