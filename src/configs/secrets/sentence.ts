import { isOrdinary } from './ordinaryValue.ts';

/** Words that hold sentences together, and that nobody takes for a password. */
export const joiningWord =
  /^(?:the|an?|of|to|is|are|be|in|for|and|or|with|that|can|must|from|by|on|as|this|it|not|if|will|used)$/i;

/**
 * True for a sentence: four plain words or more, with one that joins them; three do when the first has a capital.
 *
 * @example
 * isSentence('Please sign in') //=> true
 * isSentence('correct horse battery staple') //=> false
 */
export function isSentence(text: string): boolean {
  const words = text.split(/\s+/);
  const fewest = /^\p{Lu}\p{Ll}/u.test(text) ? 3 : 4;
  return words.length >= fewest && words.some((word) => joiningWord.test(word)) && isOrdinary(text);
}
