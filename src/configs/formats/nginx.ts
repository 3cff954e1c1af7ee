import type { KeyPath, ScalarStyle } from './scalarValue.ts';
import { maxDepth } from './valueList.ts';
import type { ValueList } from './valueList.ts';

/** Directives whose first argument is the name of what the second one sets. */
const naming =
  /^(?:set|env|default_value|map|(?:fastcgi|uwsgi|scgi)_param|(?:proxy|grpc|more)_set_(?:header|input_headers)|add_(?:header|trailer)|proxy_cookie_flags|perl_set)$/;

const styles: Record<string, ScalarStyle> = { '"': 'double', "'": 'single' };

interface Word {
  start: number;
  end: number;
  style: ScalarStyle;
}

/**
 * Finds the arguments of every directive in a file of the nginx kind: words that end in `;`, or in `{` for a block. The
 * path of an argument is the blocks around it, the directive, and its number when there are several; after a directive
 * that sets something by name (`proxy_set_header`, `set`) the name stands instead of the number.
 *
 * @returns False when the text breaks the grammar or is nested too deep; `into` may then hold some values.
 */
export function findNginxValues(text: string, into: ValueList): boolean {
  const blocks: KeyPath[] = [[]];
  let words: Word[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;

  while (at < text.length) {
    const char = text[at]!;
    if (/\s/.test(char)) at++;
    else if (char === '#') {
      while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++;
    } else if (char === ';') {
      if (words.length === 0) return false;
      addArguments(text, words, blocks.at(-1)!, into);
      words = [];
      at++;
    } else if (char === '{') {
      if (words.length === 0 || blocks.length > maxDepth || into.isUnsure) return false;
      const name = blockName(words.map((word) => text.slice(word.start, word.end)));
      blocks.push([...blocks.at(-1)!, name]);
      words = [];
      at++;
    } else if (char === '}') {
      if (words.length > 0 || blocks.length === 1) return false;
      blocks.pop();
      at++;
    } else {
      const word = readWord(text, at);
      if (word === null) return false;
      words.push(word);
      at = word.style === 'plain' ? word.end : word.end + 1;
    }
  }
  return words.length === 0 && blocks.length === 1;
}

/** A condition may compare with a secret, so it stays out of paths. */
function blockName(words: readonly string[]): string {
  return words[0] === 'if' ? 'if' : words.join(' ');
}

function readWord(text: string, start: number): Word | null {
  const quote = text[start]!;
  const style = styles[quote];
  if (style !== undefined) {
    for (let at = start + 1; at < text.length; at++) {
      if (text[at] === '\\') at++;
      else if (text[at] === quote) return { start: start + 1, end: at, style };
    }
    return null;
  }
  let at = start;
  while (at < text.length && !/[\s;{}]/.test(text[at]!)) {
    if (text[at] === '\\') at++;
    // `${name}` is a variable, its braces no block.
    else if (text.startsWith('${', at)) {
      const close = text.slice(at, at + 200).indexOf('}');
      at += Math.max(close, 1);
    }
    at++;
  }
  return at > text.length ? null : { start, end: at, style: 'plain' };
}

function addArguments(text: string, words: readonly Word[], block: KeyPath, into: ValueList): void {
  const [directive, ...rest] = words;
  const name = text.slice(directive!.start, directive!.end);
  const named =
    rest[0] !== undefined && rest.length > 1 && naming.test(name) ? text.slice(rest[0].start, rest[0].end) : null;
  rest.forEach((word, index) => {
    let path: KeyPath = [...block, name];
    if (named !== null && index > 0) path = [...path, named, ...(index > 1 ? [index] : [])];
    else if (rest.length > 1) path = [...path, index];
    into.add(word.start, word.end, path, word.style);
  });
}
