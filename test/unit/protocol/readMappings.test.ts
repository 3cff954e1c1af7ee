import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLinearPattern } from '../../../src/protocol/isLinearPattern.ts';
import { readMappings } from '../../../src/protocol/readMappings.ts';

const good = { name: 'dump', glob: '*.log', pattern: '^(?<start>\\S+) (?<status>\\w+)$' };

test('mappings are read, and what is wrong with one is told with its place', () => {
  assert.deepEqual(readMappings([good]).mappings, [{ ...good, fields: {} }]);
  const cases: [unknown, string, string][] = [
    [{ ...good, name: ' ' }, 'noName', ''],
    [{ ...good, glob: 7 }, 'noGlob', ''],
    [{ name: 'a', glob: '*' }, 'noRule', ''],
    [{ ...good, pattern: '(?<status>\\w+' }, 'badPattern', 'Unterminated group'],
    [{ ...good, pattern: '^(?<status>(\\w+)+)$' }, 'slowPattern', ''],
    [{ ...good, pattern: '^(?<start>\\S+)$' }, 'noOutcome', ''],
    [{ ...good, pattern: '(?<status>\\w)(?<volume>\\d)' }, 'unknownFact', 'volume'],
    [{ name: 'a', glob: '*', fields: { start: 's' } }, 'noOutcome', ''],
    [{ name: 'a', glob: '*', fields: { status: 's', __proto: 'x' } }, 'unknownFact', '__proto'],
    [null, 'noName', ''],
  ];
  for (const [given, fault, word] of cases) {
    const { mappings, faults } = readMappings([good, given]);
    assert.deepEqual([mappings.length, faults], [1, [{ at: 1, fault, word }]], JSON.stringify(given));
  }
  assert.equal(readMappings('x').faults[0]!.fault, 'notAList');
});

test('patterns that a line can make slow are told from those that none can', () => {
  const linear = ['^(\\w+) (\\d+)$', 'a{2,4}(?:b|c)', '(?:a|b)?c+', '[+*(]+\\(\\+', '(?:ab){3}', '(?:ab)+', '(a+){2}'];
  for (const pattern of linear) assert.equal(isLinearPattern(pattern), true, pattern);
  const slow = ['(a+)+', '(?:a*b*)*', '(a|a)*', '(a?a)*', '(?<x>\\d{1,9})*', '((a+)b)+', '(x+x+)+y', '(a)\\1+'];
  for (const pattern of slow) assert.equal(isLinearPattern(pattern), false, pattern);
});
