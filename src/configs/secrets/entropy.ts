/**
 * Shannon entropy in bits for each UTF-16 unit, of at most the first 4,096 units; 0 for the empty text.
 *
 * @example
 * entropy('abcd') //=> 2
 * entropy('aaaa') //=> 0
 */
export function entropy(text: string): number {
  const length = Math.min(text.length, 4096);
  const counts = new Map<number, number>();
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  let bits = 0;
  for (const count of counts.values()) bits -= (count / length) * Math.log2(count / length);
  return bits;
}

/**
 * True for a single word with a digit that looks drawn by chance. From 20 units on: hexadecimal with at least 3 bits a
 * unit, or base64 (either alphabet) with at least 4.5 bits a unit and not made of separate words. The limits are those of
 * detect-secrets, which took them from truffleHog. From 14 to 19 units: letters of both cases and digits that take turns.
 *
 * The blob of an SSH public key is random and meant for everybody.
 *
 * @example
 * looksRandom('9f86d081884c7d659a2feaa0c55ad015') //=> true
 * looksRandom('registry-1.docker.io/library') //=> false
 */
export function looksRandom(text: string): boolean {
  if (text.length < 14 || sshPublicKey.test(text)) return false;
  if (text.length < 20) return isScrambled(text);
  if (text.length > 100_000 || !/\d/.test(text)) return false;
  if (/^[0-9a-f]+$/i.test(text)) return /[a-f]/i.test(text) && entropy(text) >= 3;
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text) || isMadeOfWords(text)) return false;
  return entropy(text) >= 4.5;
}

/** Shorter words: letters of both cases and digits that take turns as no name does. */
function isScrambled(text: string): boolean {
  if (!/^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9]+$/.test(text)) return false;
  const turns = text.match(/(?<=[a-z])[A-Z0-9]|(?<=[A-Z])[a-z0-9]|(?<=[0-9])[A-Za-z]/g)?.length ?? 0;
  const digits = text.match(/\d+/g)?.length ?? 0;
  return turns * 2 >= text.length && digits >= 2;
}

/** Slugs and paths: most pieces between separators are short words or numbers. */
function isMadeOfWords(text: string): boolean {
  const pieces = text.split(/[-_/]+/).filter((piece) => piece !== '');
  if (pieces.length < 3) return false;
  const words = pieces.filter((piece) =>
    /^(?:[a-z]{1,12}|[A-Z]{1,12}|[A-Z][a-z]{1,11}|[a-z]{1,8}\d{1,3}|\d{1,8})$/.test(piece),
  );
  return words.length * 2 > pieces.length;
}

/** The length of the key's type, and the first letters of `ssh-`, `ecdsa-` or `sk-`. */
const sshPublicKey = /^AAAA(?:B3NzaC|C3NzaC|E2VjZHNh|GnNrLX|InNrLW)/;
