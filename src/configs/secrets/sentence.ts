import { isOrdinary } from './ordinaryValue.ts';

/** Words that hold sentences together, and that nobody takes for a password. */
export const joiningWord =
  /^(?:the|an?|of|to|is|are|be|in|for|and|or|with|that|can|must|from|by|on|as|this|it|not|if|will|used)$/i;

/**
 * What follows the name of a secret in sentences and in commands, and is none: `create secret generic shop`,
 * `ALTER USER shop PASSWORD EXPIRE`.
 */
export const followsName = new RegExp(
  `${joiningWord.source}|^(?:generic|tls|docker-registry|expire|history|reuse|require)$`,
  'i',
);

/**
 * True for a sentence: plain words, with one that joins them.
 *
 * @param fewestWords three also make a passphrase: fewer than four only where sentences are more common
 * @example
 * isSentence('please enter the code') //=> true
 * isSentence('correct horse battery staple') //=> false
 */
export function isSentence(text: string, fewestWords = 4): boolean {
  const words = text.split(/\s+/);
  return words.length >= fewestWords && words.some((word) => joiningWord.test(word)) && isOrdinary(text);
}
