import { createScanner } from 'jsonc-parser';
import type { KeyPath } from './scalarValue.ts';
import { maxDepth } from './valueList.ts';
import type { ValueList } from './valueList.ts';

/** The tokens of jsonc-parser's scanner; its enum is declared `const`, which type stripping cannot read. */
const token: Record<
  | 'openBrace'
  | 'closeBrace'
  | 'openBracket'
  | 'closeBracket'
  | 'comma'
  | 'colon'
  | 'null'
  | 'true'
  | 'false'
  | 'string'
  | 'number'
  | 'end',
  number
> = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  number: 11,
  end: 17,
};

interface Frame {
  isObject: boolean;
  path: KeyPath;
  index: number;
  key: string | null;
  /** True when a comma or the end must come next. */
  isAfterValue: boolean;
}

/**
 * Finds every scalar value of a JSON text, with comments, trailing commas and several values in a row (JSON lines)
 * allowed. It keeps its own stack, so that depth cannot exhaust the one of the machine.
 *
 * @returns False when the text is not JSON or is nested too deep; `into` may then hold some values.
 */
export function findJsonValues(text: string, into: ValueList): boolean {
  const bom = text.startsWith('\uFEFF') ? 1 : 0;
  const scanner = createScanner(bom === 1 ? text.slice(1) : text, true);
  const frames: Frame[] = [];
  let document = -1;

  for (;;) {
    const kind: number = scanner.scan();
    const error: number = scanner.getTokenError();
    if (error !== 0) return false;
    const frame = frames.at(-1);
    if (kind === token.end) return frame === undefined && document >= 0;

    if (kind === token.comma) {
      if (frame?.isAfterValue !== true) return false;
      frame.isAfterValue = false;
      continue;
    }
    if (kind === token.closeBrace || kind === token.closeBracket) {
      if (frame === undefined || frame.isObject !== (kind === token.closeBrace) || frame.key !== null) return false;
      frames.pop();
      continue;
    }
    if (frame?.isAfterValue === true) return false;
    if (frame?.isObject === true && frame.key === null) {
      if (kind !== token.string) return false;
      frame.key = scanner.getTokenValue();
      const next: number = scanner.scan();
      if (next !== token.colon) return false;
      continue;
    }

    const path = pathOfNext(frame);
    if (frame === undefined) document++;
    const start = scanner.getTokenOffset() + bom;
    const end = start + scanner.getTokenLength();
    switch (kind) {
      case token.openBrace:
      case token.openBracket:
        if (frames.length >= maxDepth) return false;
        frames.push({ isObject: kind === token.openBrace, path, index: 0, key: null, isAfterValue: false });
        break;
      case token.string:
        into.add(start + 1, end - 1, path, 'double', document);
        break;
      case token.number:
      case token.true:
      case token.false:
      case token.null:
        into.add(start, end, path, 'plain', document);
        break;
      default:
        return false;
    }
  }
}

/** The path of the value that comes next in `frame`, which is then taken. */
function pathOfNext(frame: Frame | undefined): KeyPath {
  if (frame === undefined) return [];
  frame.isAfterValue = true;
  if (!frame.isObject) return [...frame.path, frame.index++];
  const path = [...frame.path, frame.key ?? ''];
  frame.key = null;
  return path;
}

/**
 * Finds the pairs of a key and a scalar in a text that is no JSON as a whole: cut off, with a comma too many, with code
 * around it. Pairs between the same braces have the same path up to their key.
 */
export function findJsonPairs(text: string, into: ValueList): void {
  const scanner = createScanner(text, true);
  let braces = 0;
  const open: number[] = [];
  let key: string | null = null;
  let isValueNext = false;

  for (let kind: number = scanner.scan(); kind !== token.end && !into.isUnsure; kind = scanner.scan()) {
    const start = scanner.getTokenOffset();
    const end = start + scanner.getTokenLength();
    const isString = kind === token.string;
    if (kind === token.openBrace) open.push(braces++);
    else if (kind === token.closeBrace) open.pop();
    if (isValueNext && key !== null && (isString || kind === token.number)) {
      const isClosed = isString && text[end - 1] === '"';
      const path = [open.at(-1) ?? 0, key];
      into.add(start + (isString ? 1 : 0), end - (isClosed ? 1 : 0), path, isString ? 'double' : 'plain');
    }
    isValueNext = kind === token.colon && key !== null;
    if (!isValueNext) key = isString ? scanner.getTokenValue() : null;
  }
}
