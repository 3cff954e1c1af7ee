/** Whatever stands in a file, what was sealed opens to the same bytes. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { findValues } from '../../../src/configs/formats/findValues.ts';
import { configFormats } from '../../../src/configs/formats/scalarValue.ts';
import type { ConfigFormat } from '../../../src/configs/formats/scalarValue.ts';
import { cutSecrets, fillIn } from '../../../src/configs/secrets/cutSecrets.ts';
import { findSecrets } from '../../../src/configs/secrets/findSecrets.ts';
import { cutContent } from '../../../src/configs/vault/cutContent.ts';
import { openContent, sealContent } from '../../../src/configs/vault/sealContent.ts';
import type { Manifest } from '../../../src/configs/vault/snapshotFile.ts';
import { pick, seededChance } from '../../fixtures/make/chance.ts';
import { readConfigFixtures } from './configFixtures.ts';
import { makeConfig } from './makeConfig.ts';

const grammars = configFormats.filter((format) => format !== 'opaque' && format !== 'text');
const rules = { sensitiveKeys: ['user'], safeKeys: ['port'] };
const fingerprintKey = randomBytes(32);
const dataKey = randomBytes(32);

/** What editors and other systems do to files. */
const changes: Record<string, (text: string) => string | Buffer> = {
  'as it is': (text) => text,
  'CR LF': (text) => text.replaceAll('\n', '\r\n'),
  'mixed ends': (text) => text.replace(/\n/g, (_, at: number) => ['\n', '\r\n', '\r'][at % 3]!),
  'a byte order mark': (text) => `\uFEFF${text}`,
  'no final newline': (text) => text.trimEnd(),
  tabs: (text) => text.replace(/^( {2})+/gm, (blanks) => '\t'.repeat(blanks.length / 2)),
  emoji: (text) => text.replace(/a/g, '👩‍🚀').replace(/e/g, 'é\u0301'),
  'marks of other tools': (text) => `# ENC[AES256_GCM,data:x,iv:y]\n${text.replace(/: /g, ': ENC[0] ')}`,
  'UTF-16': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  NUL: (text) => `${text.slice(0, text.length / 2)}\0${text.slice(text.length / 2)}`,
  'cut off': (text) => text.slice(0, Math.ceil(text.length * 0.6)),
};

test('every fixture in every state, and files of every grammar, come back to the byte', () => {
  const chance = seededChance(21);
  const files = readConfigFixtures();
  for (const format of grammars)
    for (let n = 0; n < 10; n++) files.push({ name: `made.${format}`, text: makeConfig(format, chance) });
  let count = 0;
  const formats = new Set<ConfigFormat>();
  for (const { name, text } of files) {
    for (const [change, apply] of Object.entries(changes)) {
      const content = Buffer.from(apply(text));
      formats.add(assertRoundTrip(name, content, `${name}, ${change}`));
      count++;
    }
  }
  assert.ok(count >= 1_500, `${count} files`);
  assert.deepEqual([...formats].sort(), [...configFormats].sort());
});

test('empty files, blanks and odd bytes come back to the byte', () => {
  const contents = [
    '',
    '\n',
    '\r',
    '\uFEFF',
    ' ',
    '\t\r\n',
    '\0',
    'password:',
    'password: ',
    '=',
    '"',
    '- ',
    '{',
    '\u2028',
    '\u0085',
  ];
  for (const name of ['a.yaml', 'a.json', '.env', 'a.ini', 'a.toml', 'nginx.conf', 'a.txt', 'a.key'])
    for (const content of contents) assertRoundTrip(name, Buffer.from(content), `${name} ${JSON.stringify(content)}`);
  for (const bytes of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xef, 0xbb], [0xf4, 0x90, 0x80, 0x80]])
    assertRoundTrip('a.yaml', Buffer.from([...Buffer.from('password: x'), ...bytes]), bytes.join());
});

test('5 MB come back to the byte', () => {
  const part = `# ${'a comment '.repeat(60)}\nservice: {password: "correct horse", url: "https://bob:hunter2@example.org/"}\n`;
  assertRoundTrip('big.yaml', Buffer.from(part.repeat(Math.ceil(5e6 / part.length))), 'big.yaml');
});

test('thousands of made files, damaged here and there, are cut and joined without a slip', () => {
  const chance = seededChance(22);
  for (let n = 0; n < 4_000; n++) {
    const format = grammars[n % grammars.length]!;
    const text = n % 3 === 0 ? makeConfig(format, chance) : damage(makeConfig(format, chance), chance);
    const found = findValues(text, n % 5 === 0 ? 'text' : format);
    const ranges = findSecrets(text, found, rules);
    let last = -1;
    for (const { start, end } of ranges) {
      assert.ok(start > last && end > start && end <= text.length, `file ${n}`);
      last = end;
    }
    const { template, offsets, values } = cutSecrets(text, ranges);
    assert.equal(fillIn(template, offsets, values), text, `file ${n}`);
  }
});

/** Seals, writes the manifest as JSON, reads it and opens it. */
function assertRoundTrip(name: string, content: Buffer, message: string): ConfigFormat {
  const cut = cutContent({ name, content, format: null, rules }, fingerprintKey);
  const sealed = sealContent(cut, 'id', dataKey);
  const read = { id: 'id', ...(JSON.parse(JSON.stringify(sealed)) as typeof sealed) } as Manifest;
  assert.ok(openContent(read, dataKey).equals(content), message);
  return sealed.format;
}

/** Puts in, takes out and doubles pieces. */
function damage(text: string, chance: () => number): string {
  const pieces = [
    '"',
    "'",
    '\\',
    '\n',
    '\r',
    '\t',
    '{',
    ']',
    '#',
    ' = ',
    ': ',
    '\uFEFF',
    '😀',
    '\0',
    '|\n',
    '<<EOF\n',
    '-----BEGIN PRIVATE KEY-----',
  ];
  let damaged = text;
  for (let count = pick(chance, 1, 4); count > 0; count--) {
    const at = pick(chance, 0, damaged.length);
    const taken = pick(chance, 0, 1) * pick(chance, 0, 20);
    damaged = damaged.slice(0, at) + pieces[pick(chance, 0, pieces.length - 1)]! + damaged.slice(at + taken);
  }
  return damaged;
}
