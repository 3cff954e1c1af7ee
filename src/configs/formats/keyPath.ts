/** Key paths as people write them. */
import type { KeyPath } from './scalarValue.ts';

const plainName = /^[\p{L}_$@/-][\p{L}\p{N}_$@/-]*$/u;

/**
 * A key path as one text: names joined by dots, list indexes in brackets, and names that hold anything else in quotes, so
 * that no two paths read the same. The root is the empty text.
 *
 * @example
 * formatKeyPath(['hosts', 0, 'db.password']) //=> 'hosts[0]."db.password"'
 */
export function formatKeyPath(path: KeyPath): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      return `${index === 0 ? '' : '.'}${plainName.test(part) ? part : JSON.stringify(part)}`;
    })
    .join('');
}

const pathPart = /\[(\d{1,9})\]|("(?:[^"\\]|\\.)*")|([^.[\]"]+)/y;

/**
 * The path that a text names: what `formatKeyPath` writes; also names with characters that it would quote, as long as they
 * are no dots, brackets or quotes.
 *
 * @returns Null when the text is no path.
 * @example
 * parseKeyPath('hosts[0].port') //=> ['hosts', 0, 'port']
 * parseKeyPath('a..b') //=> null
 */
export function parseKeyPath(text: string): KeyPath | null {
  const path: (string | number)[] = [];
  let at = 0;
  while (at < text.length) {
    const isDotted = path.length > 0 && text[at] === '.';
    pathPart.lastIndex = isDotted ? at + 1 : at;
    const [whole, index, quoted, bare] = pathPart.exec(text) ?? [];
    // Every name but the first stands behind a dot, and no index does.
    if (whole === undefined || (path.length > 0 && isDotted === (index !== undefined))) return null;
    const part = index === undefined ? (bare ?? unquote(quoted!)) : Number(index);
    if (part === null) return null;
    path.push(part);
    at = pathPart.lastIndex;
  }
  return path;
}

function unquote(text: string): string | null {
  try {
    return JSON.parse(text) as string;
  } catch {
    return null;
  }
}
