/** On which lines of a pretty-printed object the elements of one of its lists stand. */

const quote = 34;
const backslash = 92;

/**
 * First and last line of each element of the list under a key of the outermost object, counted from 0 at the object's own
 * first line. Empty when there is no such list. The text must be valid JSON, or its beginning; it is gone through once.
 *
 * @example linesOfElements('{\n"runs": [\n{},\n{}\n]}', 'runs') //=> [{ first: 2, last: 2 }, { first: 3, last: 3 }]
 */
export function linesOfElements(text: string, key: string): { first: number; last: number }[] {
  const found: { first: number; last: number }[] = [];
  let line = 0;
  let depth = 0;
  /** The list begins at depth 2, its elements at depth 3. */
  let inList = false;
  let lastString = '';
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '\n':
        line++;
        break;
      case '"': {
        const end = stringEnd(text, at);
        if (depth === 1) lastString = text.slice(at + 1, end);
        at = end;
        break;
      }
      case '[':
      case '{':
        depth++;
        if (depth === 2) {
          inList = text[at] === '[' && lastString === key;
          // Of a key that is there twice, JSON.parse keeps the last.
          if (inList) found.length = 0;
        } else if (depth === 3 && inList) found.push({ first: line, last: line });
        break;
      case ']':
      case '}':
        if (depth === 3 && inList) found.at(-1)!.last = line;
        if (depth === 2) inList = false;
        depth--;
        break;
      default:
    }
  }
  // The text is still being written: so is its last element.
  if (inList && depth > 2) found.at(-1)!.last = line;
  return found;
}

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === backslash) at++;
    else if (code === quote) return at;
  }
  return text.length;
}
