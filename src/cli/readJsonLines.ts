/** Reads a JSONL file object by object, naming the place of whatever is wrong. */
import { createReadStream, type ReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { CommandError } from './commandError.ts';
import { describeFileError } from './describeFileError.ts';
import { refuseNamedPipe } from './refuseNamedPipe.ts';

/**
 * Each line's object, checked by `read`, which throws a LineError with the reason when the object is not what it should
 * be. Damaged lines are left out.
 * @throws CommandError when the file cannot be read; after the last line, when some were damaged: it names the first.
 */
export async function* readJsonLines<T>(path: string, read: (value: Record<string, unknown>) => T): AsyncGenerator<T> {
  const input = openLines(path);
  let lineNumber = 0;
  let skippedLines = 0;
  let firstFault = '';
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      lineNumber++;
      if (line.trim() === '') continue;
      const value = readLine(line, read);
      if (!(value instanceof LineError)) yield value;
      else if (++skippedLines === 1) firstFault = `${path}:${lineNumber}: ${value.message}`;
    }
  } catch (error) {
    throw new CommandError(`${path}: ${describeFileError(error)}`);
  } finally {
    input.destroy();
  }
  if (skippedLines > 0)
    throw new CommandError(
      `${firstFault}; ${skippedLines === 1 ? '1 line was' : `${skippedLines} lines were`} skipped`,
    );
}

function openLines(path: string): ReadStream {
  try {
    refuseNamedPipe(path);
  } catch (error) {
    throw new CommandError(`${path}: ${describeFileError(error)}`);
  }
  return createReadStream(path, 'utf8');
}

function readLine<T>(line: string, read: (value: Record<string, unknown>) => T): T | LineError {
  try {
    return read(parseObject(line));
  } catch (error) {
    if (error instanceof LineError) return error;
    throw error;
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
