/** Reads the beginning of a JSON object whose end has not been written yet. */
import { objectOf, type JsonObject } from './jsonValue.ts';

/**
 * The object as far as its members are whole; null when not even that can be read. A member that is cut is left out.
 *
 * @example closeJson('{"a": 1, "b": {"c": 2, "d": "x') //=> { a: 1, b: { c: 2 } }
 */
export function closeJson(text: string): JsonObject | null {
  const open: string[] = [];
  /** Where the last whole member ended, and which brackets were open there. */
  let wholeTo = 0;
  let openThere = '';
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (inString) {
      if (char === '\\') at++;
      else if (char === '"') inString = false;
      continue;
    }
    if (char === '"') inString = true;
    else if (char === '{' || char === '[') {
      open.push(char === '{' ? '}' : ']');
      wholeTo = at + 1;
      openThere = open.toReversed().join('');
    } else if (char === '}' || char === ']') {
      open.pop();
      wholeTo = at + 1;
      openThere = open.toReversed().join('');
    } else if (char === ',') {
      wholeTo = at;
      openThere = open.toReversed().join('');
    }
    if (open.length > deepest) return null;
  }
  try {
    return objectOf(JSON.parse(text.slice(0, wholeTo) + openThere));
  } catch {
    return null;
  }
}

const deepest = 50;
