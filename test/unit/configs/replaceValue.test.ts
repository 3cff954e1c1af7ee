import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConfigFormat, KeyPath } from '../../../src/configs/formats/scalarValue.ts';
import { replaceValue } from '../../../src/configs/replaceValue.ts';

const replace = (source: string, target: string, path: KeyPath, format: ConfigFormat = 'yaml', document = 0): unknown =>
  Object.values(replaceValue(source, target, format, { path, document }))[0];

test('one value is put in, and all else stays to the byte', () => {
  const cases: [ConfigFormat, string, string, KeyPath, string][] = [
    [
      'yaml',
      'a: 1\r\npassword: old',
      '# c\r\npassword: new # x\r\na: 2',
      ['password'],
      '# c\r\npassword: old # x\r\na: 2',
    ],
    ['yaml', 'l: [x, y]', 'l: [1, 2, 3]', ['l', 1], 'l: [1, y, 3]'],
    ['yaml', 'k: |\n  one\n  two\nb: 1\n', 'k: |\n  three\nb: 2\n', ['k'], 'k: |\n  one\n  two\nb: 2\n'],
    ['json', '{"a": {"p": "x\\n"}}', '{ "z": 1, "a": {"p": "y"} }', ['a', 'p'], '{ "z": 1, "a": {"p": "x\\n"} }'],
    ['toml', "[d]\np = 'x'\n", "[d]\nq = 1\np = 'y'\n", ['d', 'p'], "[d]\nq = 1\np = 'x'\n"],
    ['dotenv', 'P="a b"\n', 'Q=1\nexport P="c"\n', ['P'], 'Q=1\nexport P="a b"\n'],
    ['ini', '[d]\np=x\n', '[c]\np=1\n[d]\np=y\n', ['d', 'p'], '[c]\np=1\n[d]\np=x\n'],
  ];
  for (const [format, source, target, path, expected] of cases)
    assert.equal(replace(source, target, path, format), expected, format);
  assert.equal(replace('a: 1\n---\na: 2\n', 'a: 3\n---\na: 4\n', ['a'], 'yaml', 1), 'a: 3\n---\na: 2\n');
});

test('a value that would read as something else is not put in', () => {
  assert.equal(replace('a: 1', 'b: 1', ['a']), 'keyNotThere');
  assert.equal(replace('b: 1', 'a: 1', ['a']), 'keyNotThere');
  assert.equal(replace('a=1\na=2\n', 'a=3\n', ['a'], 'ini'), 'keyRepeats');
  assert.equal(replace('a: "x: \\"y"', 'a: z', ['a']), 'keyWrittenOtherwise');
  assert.equal(replace('k: |\n    one\n    two\nb: 1\n', 'k: |\n  three\nb: 2\n', ['k']), 'keyWrittenOtherwise');
  // Plain text may hold a comma in a block, and ends at it in a list.
  assert.equal(replace('- x, y', '[a]', [0]), 'keyWrittenOtherwise');
  assert.equal(replace('p=a # b\n', '[s]\np=1\n', ['p'], 'ini'), 'keyNotThere');
});
