import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WordSieve } from '../../../../src/configs/secrets/wordSieve.ts';

const text = '# Wo der Schlüssel liegt 🔑\r\nsnmp-server community "geheim" @TCP(db) {SSHA}x\n';

test('a word that a text holds is never ruled out, in either case', () => {
  const words = new WordSieve(text);
  for (let from = 0; from < text.length; from++) {
    for (let to = from + 1; to <= text.length; to++) {
      const word = text.slice(from, to);
      assert.ok(words.mayHold(word), word);
      if (word.length > 2) assert.ok(words.mayHold(word.replace(/[a-z]/g, (letter) => letter.toUpperCase())), word);
    }
  }
});

test('a word with three letters in a row that a text has nowhere is ruled out', () => {
  const words = new WordSieve(text);
  for (const word of ['bearer', 'snmp-servant', '@udp(', 'community  ', '=>']) {
    assert.equal(words.mayHold(word), false, word);
  }
  assert.ok(words.mayHoldAny(['bearer', 'Community']));
  assert.equal(words.mayHoldAny(['bearer', 'token']), false);
  assert.equal(new WordSieve('').mayHold('key'), false);
});
