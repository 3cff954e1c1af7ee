import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareLines } from '../../../src/configs/compareLines.ts';

/** Numbers that look random and are the same in every run. */
function createNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Length of the longest common subsequence, by the plain table. */
function commonLength(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const line of a) {
    const next = [0];
    b.forEach((other, j) => next.push(line === other ? row[j]! + 1 : Math.max(row[j + 1]!, next[j]!)));
    row = next;
  }
  return row.at(-1)!;
}

function checkPairs(a: readonly string[], b: readonly string[], pairs: readonly (readonly [number, number])[]): void {
  let [lastA, lastB] = [-1, -1];
  for (const [x, y] of pairs) {
    assert.ok(x > lastA && y > lastB, 'both numbers rise');
    assert.equal(a[x], b[y]);
    [lastA, lastB] = [x, y];
  }
}

test('small texts get the shortest edit', () => {
  const number = createNumbers(11);
  for (let round = 0; round < 2000; round++) {
    const [a, b] = [0, 1].map(() => Array.from({ length: number(12) }, () => 'abcd'[number(4)]!)) as [
      string[],
      string[],
    ];
    const pairs = compareLines(a, b);
    checkPairs(a, b, pairs);
    assert.equal(pairs.length, commonLength(a, b), `${a.join('')} ${b.join('')}`);
  }
});

test('large texts with little in common still pair what they have', () => {
  const number = createNumbers(5);
  const shared = Array.from({ length: 3000 }, (_, i) => `shared ${i}`);
  const mix = (side: string): string[] =>
    shared.flatMap((line) => [line, ...Array.from({ length: number(4) }, () => `${side} ${number(1e9)}`)]);
  const [a, b] = [mix('a'), mix('b')];
  const pairs = compareLines(a, b);
  checkPairs(a, b, pairs);
  assert.equal(pairs.length, shared.length);
  assert.deepEqual(compareLines(Array<string>(5000).fill('x'), Array<string>(5000).fill('y')), []);
});
