/** What other readers make of a text is what we find, at the same key path. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import dotenv from 'dotenv';
import ini from 'ini';
import { FAILSAFE_SCHEMA, loadAll } from 'js-yaml';
import { parseTree } from 'jsonc-parser';
import type { Node } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { detectFormat } from '../../../../src/configs/formats/detectFormat.ts';
import { findValues } from '../../../../src/configs/formats/findValues.ts';
import type { ConfigFormat, FoundValues, KeyPath } from '../../../../src/configs/formats/scalarValue.ts';
import { seededChance } from '../../../fixtures/make/chance.ts';
import { readConfigFixtures } from '../configFixtures.ts';
import { makeConfig } from '../makeConfig.ts';
import { packed, readScalar } from './readScalar.ts';

const generated = 400;

/** Every value of an oracle, by key path: text where it is text, null for a number, a date or a constant. */
type Leaves = Map<string, string | null>;

const oracles: Partial<Record<ConfigFormat, (text: string) => Leaves>> = {
  dotenv: (text) => new Map(Object.entries(dotenv.parse(text)).map(([key, value]) => [pathId(0, [key]), value])),
  ini: (text) => leavesOf(ini.parse(text)),
  toml: (text) => leavesOf(parseToml(text)),
  yaml: (text) => {
    const leaves: Leaves = new Map();
    loadAll(text, { schema: FAILSAFE_SCHEMA }).forEach((document, index) => leavesOf(document, index, [], leaves));
    return leaves;
  },
  json: (text) => leavesOf(JSON.parse(text)),
};

for (const [format, oracle] of Object.entries(oracles) as [ConfigFormat, (text: string) => Leaves][]) {
  test(`${format}: the values of generated files are those of the oracle`, () => {
    const chance = seededChance(11);
    let compared = 0;
    for (let number = 0; number < generated; number++) {
      const text = makeConfig(format, chance);
      const found = findValues(text, format);
      assert.equal(found.readBy, 'parser', `file ${number}`);
      compared += compare(text, found, oracle(text), `file ${number}`);
    }
    assert.ok(compared > generated * 4, `${compared} values compared`);
  });
}

/** Fixtures that keep to the INI of the oracle: no continued lines, no other kinds of sections, no keys without values. */
const plainIni = new Set([
  'airflow.cfg',
  'credentials',
  'keycloak.conf',
  'manager.conf',
  'odoo.conf',
  'pdns.conf',
  'smb.conf',
  'zabbix_server.conf',
]);
/** Where the oracle reads something else, and why that is no fault of ours. */
const otherwise = new Set([
  'restic.env', // `#` within a value, which we read on for safety
  'docker-compose.yml', // a merged alias, which we read where it is anchored
  'database.yml',
  'powerdns-admin.docker-compose.yml',
]);

test('the values of the fixtures are those of the oracles', () => {
  const read = new Map<ConfigFormat, number>();
  for (const { name, text } of readConfigFixtures()) {
    const format = detectFormat(name, text);
    const found = findValues(text, format);
    const oracle = oracles[format];
    if (oracle === undefined || found.readBy !== 'parser' || otherwise.has(name)) continue;
    if (format === 'ini' && !plainIni.has(name)) continue;
    let leaves: Leaves;
    try {
      leaves = oracle(text);
    } catch {
      continue; // Comments in JSON, tags of applications in YAML: the oracle is the stricter one.
    }
    compare(text, found, leaves, name);
    read.set(format, (read.get(format) ?? 0) + 1);
  }

  for (const [format, files] of Object.entries({ yaml: 20, json: 4, toml: 4, dotenv: 4, ini: 7 })) {
    assert.ok((read.get(format as ConfigFormat) ?? 0) >= files, `${format}: ${read.get(format as ConfigFormat)} files`);
  }
});

test('JSON with comments: offsets, lengths and paths are those of jsonc-parser', () => {
  const chance = seededChance(12);
  const texts = Array.from({ length: generated }, () => withComments(makeConfig('json', chance), chance));
  for (const text of texts) {
    const expected: unknown[] = [];
    visitTree(parseTree(text)!, [], (node, path) => {
      const quote = node.type === 'string' ? 1 : 0;
      expected.push([node.offset + quote, node.offset + node.length - quote, path]);
    });
    const found = findValues(text, 'json');
    assert.equal(found.readBy, 'parser');
    const ours = found.values.filter(({ style }) => style !== 'comment');
    assert.deepEqual(
      ours.map(({ start, end, path }) => [start, end, path]),
      expected,
    );
  }
});

/** Holds our values to the oracle's, both ways. */
function compare(text: string, found: FoundValues, leaves: Leaves, name: string): number {
  const ours = new Map<string, string>();
  let end = 0;
  for (const value of found.values) {
    if (value.style === 'comment' || value.start < end) continue;
    end = value.end;
    // A key that comes again wins, as it does for the oracles.
    ours.set(pathId(value.document, value.path), readScalar(text, value));
  }
  for (const [id, value] of leaves) {
    const own = ours.get(id);
    if (value === '' && own === undefined) continue;
    assert.ok(own !== undefined, `${name}: ${id} is not found`);
    if (value !== null) assert.equal(packed(own), packed(value), `${name}: ${id}`);
  }
  for (const [id, value] of ours) assert.ok(leaves.has(id) || value === '', `${name}: ${id} is not in the oracle`);
  return leaves.size;
}

function leavesOf(node: unknown, document = 0, path: KeyPath = [], into: Leaves = new Map()): Leaves {
  if (Array.isArray(node)) node.forEach((item, index) => leavesOf(item, document, [...path, index], into));
  else if (typeof node === 'object' && node !== null && !(node instanceof Date)) {
    for (const [key, value] of Object.entries(node)) leavesOf(value, document, [...path, key], into);
  } else into.set(pathId(document, path), typeof node === 'string' ? node : null);
  return into;
}

function pathId(document: number, path: KeyPath): string {
  return JSON.stringify([document, ...path]);
}

function visitTree(node: Node, path: KeyPath, visit: (node: Node, path: KeyPath) => void): void {
  if (node.type === 'array') node.children?.forEach((child, index) => visitTree(child, [...path, index], visit));
  else if (node.type === 'object') {
    for (const { children } of node.children ?? [])
      visitTree(children![1]!, [...path, String(children![0]!.value)], visit);
  } else visit(node, path);
}

/** The text with comments and free space between its tokens. */
function withComments(json: string, chance: () => number): string {
  return json
    .split('\n')
    .map((line) => {
      if (chance() < 0.2) return `${line} // x`;
      return chance() < 0.2 ? `/* a "b": 1 */ ${line}` : line;
    })
    .join('\n');
}
