import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findKnownTokens } from '../../../../src/configs/secrets/knownTokens.ts';

/** The tokens that are found, in the order of the text. */
function found(text: string): string[] {
  return findKnownTokens(text).map(({ start, end }) => text.slice(start, end));
}

// Put together here, so that no scanner of this file takes them for leaked ones.
const tokens = [
  `xoxb-${'a'.repeat(10)}`,
  `AKIA${'Z'.repeat(16)}`,
  `sk_live_${'a1'.repeat(10)}`,
  `123456789:AA${'x_-'.repeat(11)}`,
  `SCRAM-SHA-256$4096:${'a/+='.repeat(3)}$${'b'.repeat(9)}:${'c'.repeat(9)}`,
];

test('a token is found wherever it stands among other words, however long they are', () => {
  for (const token of tokens) {
    for (const [before, after] of [
      ['', ''],
      ['a ', ' b'],
      ['long-words-of-prose '.repeat(4), '\n'],
      ['TOKEN=', ''],
      ['"', '"'],
      ['ключ «', '»'],
      ['x'.repeat(13), ` ${'y'.repeat(13)}`],
    ] as const) {
      const text = before + token + after;
      assert.deepEqual(found(text), /x$/.test(before) ? [] : [token], text);
    }
  }
});

test('two tokens in one word are two, and one in the middle of a word is none', () => {
  const [slack, amazon] = tokens as [string, string];
  assert.deepEqual(found(`${slack}=${amazon}`), [slack, amazon]);
  assert.deepEqual(found(`a${amazon}`), []);
});

test('words of any length before and after a token change nothing', () => {
  const token = tokens[1]!;
  for (let length = 0; length < 40; length++) {
    const text = `${'w'.repeat(length)} ${token} ${'w'.repeat(length)}`;
    assert.deepEqual(found(text), [token], String(length));
  }
});
