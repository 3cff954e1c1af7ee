/** What is wrong with a passphrase: it falls to guessing whatever the key derivation costs. Null when nothing is. */
export type PassphraseFault = 'short' | 'repetitive' | 'digits';

const shortest = 12;
/** Digits alone need this many to be as hard to guess as twelve characters of any kind. */
const shortestDigits = 20;
const fewestKinds = 6;

/**
 * Judges a passphrase by what can be said without a list of bad ones.
 *
 * @example
 * judgePassphrase('aaaaaaaaaaaaaaaa') //=> 'repetitive'
 * judgePassphrase('correct horse battery') //=> null
 */
export function judgePassphrase(passphrase: string): PassphraseFault | null {
  const characters = Array.from(passphrase.normalize('NFKC'));
  if (characters.length < shortest) return 'short';
  if (new Set(characters).size < fewestKinds) return 'repetitive';
  if (/^[\d\s.-]+$/.test(passphrase) && characters.length < shortestDigits) return 'digits';
  return null;
}
