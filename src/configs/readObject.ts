import { load } from 'js-yaml';
import { parse, type ParseError } from 'jsonc-parser';

/** A text that holds no object. Its message has no piece of the text, which may be a secret. */
export class NotAnObjectError extends Error {
  /** Where the text is neither JSON nor YAML, counted from 1; null when it is, and holds something else. */
  readonly line: number | null;

  constructor(line: number | null) {
    super(line === null ? 'The text holds no object.' : `Line ${line} is neither JSON nor YAML.`);
    this.name = 'NotAnObjectError';
    this.line = line;
  }
}

/**
 * The object that a JSON (also with comments and trailing commas) or YAML text holds.
 *
 * @throws NotAnObjectError
 * @example
 * readObject('host: db1 # the first') //=> { host: 'db1' }
 */
export function readObject(text: string): object {
  const errors: ParseError[] = [];
  let value: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0) value = readYaml(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new NotAnObjectError(null);
  return value;
}

function readYaml(text: string): unknown {
  try {
    return load(text);
  } catch (error) {
    // Only the place: the parser's message repeats a piece of its input.
    const line = (error as { mark?: { line?: number } }).mark?.line;
    throw new NotAnObjectError(line === undefined ? null : line + 1);
  }
}
