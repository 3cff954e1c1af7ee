import type { TextRange } from '../formats/textLines.ts';
import { isSentence } from './sentence.ts';
import { WordSieve } from './wordSieve.ts';

/** Two texts in quotes that a call is given, a name and perhaps a password. */
const twoTexts = /\([ \t]*(["'])[^"'\r\n]{1,128}\1[ \t]*,[ \t]*(["'])((?:(?!\2)[^\\\r\n]|\\.){1,256})\2/g;
/** A call that takes a name and a password: `Worker("bob", "secret")`, `HTTPBasicAuth('bob', 'secret')`. */
const loginName =
  /(?<![A-Za-z])(?:\w{0,40}(?:Worker|BuildSlave)|\w{0,40}(?:Basic|Digest|Password)Auth(?:entication|orization)?|login|authenticate)$/;
/** Longer than any name that it takes, so that the unit before the name is in sight. */
const maxNameLength = 80;
/** The names and passwords that such a call is given at once: `UserPasswordAuth({"bob": "secret"})`. */
const loginTable = /PasswordAuth\(([^()]{0,4000})\)/g;
const pairInTable = /["'][^"'\r\n]{1,128}["'][ \t]*[:,][ \t]*(["'])([^"'\r\n]{1,256})\1/g;

/** Finds the passwords that calls are given beside a name, in configurations that are programs. In no order. */
export function findLoginCalls(text: string, known = new WordSieve(text)): TextRange[] {
  const ranges: TextRange[] = [];
  twoTexts.lastIndex = 0;
  for (let match = twoTexts.exec(text); match !== null; match = twoTexts.exec(text)) {
    if (loginName.test(text.slice(Math.max(0, match.index - maxNameLength), match.index))) {
      const end = twoTexts.lastIndex - 1;
      if (!isShown(match[3]!)) ranges.push({ start: end - match[3]!.length, end });
    } else twoTexts.lastIndex = match.index + 1;
  }
  if (!known.mayHold('PasswordAuth(')) return ranges;
  for (const table of text.matchAll(loginTable)) {
    const inside = table.index + table[0].length - 1 - table[1]!.length;
    for (const pair of table[1]!.matchAll(pairInTable)) {
      const end = inside + pair.index + pair[0].length - 1;
      ranges.push({ start: end - pair[2]!.length, end });
    }
  }
  return ranges;
}

/** `login('Welcome', 'Please sign in')` shows its texts: three words are enough there when the first has a capital. */
function isShown(text: string): boolean {
  return isSentence(text, /^\p{Lu}\p{Ll}/u.test(text) ? 3 : 4);
}
