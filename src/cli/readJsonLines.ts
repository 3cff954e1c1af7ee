/** Reads a JSONL file object by object, naming the place of whatever is wrong. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { CommandError } from './commandError.ts';

/**
 * Each line's object, checked by `read`, which throws with the reason when the object is not what it should be.
 * @throws CommandError with file and line.
 */
export async function* readJsonLines<T>(path: string, read: (value: Record<string, unknown>) => T): AsyncGenerator<T> {
  const input = createReadStream(path, 'utf8');
  let lineNumber = 0;
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      lineNumber++;
      if (line.trim() === '') continue;
      yield read(parseObject(line));
    }
  } catch (error) {
    if (error instanceof LineError) throw new CommandError(`${path}:${lineNumber}: ${error.message}`);
    throw new CommandError(`${path}: ${describeFileError(error)}`);
  } finally {
    input.destroy();
  }
}

/** What is wrong with one line; the reader adds the place. */
export class LineError extends Error {}

function parseObject(line: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new LineError('no JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new LineError('no JSON object');
  return value as Record<string, unknown>;
}

/** The field as text. */
export function textField(value: Record<string, unknown>, name: string): string {
  const field = value[name];
  if (typeof field !== 'string') throw new LineError(`'${name}' is no text`);
  return field;
}

/** The field as a list of finite numbers. */
export function numbersField(value: Record<string, unknown>, name: string): number[] {
  const field = value[name];
  if (!Array.isArray(field) || !field.every((item) => typeof item === 'number' && Number.isFinite(item)))
    throw new LineError(`'${name}' is no list of numbers`);
  return field as number[];
}

function describeFileError(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'no such file';
  if (code === 'EACCES') return 'permission denied';
  if (code === 'EISDIR') return 'is a folder';
  return error instanceof Error ? error.message : String(error);
}
