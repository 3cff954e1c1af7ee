/**
 * The words of a key in lower case: split at everything that is neither letter nor digit and at camelCase humps; digits
 * at the end of a word are dropped.
 *
 * @example
 * keyWords('spring.datasource.dbPassword2') //=> ['spring', 'datasource', 'db', 'password']
 * keyWords('AWSSecretKey') //=> ['aws', 'secret', 'key']
 */
export function keyWords(key: string): string[] {
  return key
    .slice(0, maxKeyLength)
    .normalize('NFC')
    .replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.replace(/(?<=\p{L})\p{N}+$/u, ''))
    .filter((word) => word !== '');
}

/** The end of a longer key adds nothing to what it names. */
const maxKeyLength = 500;
