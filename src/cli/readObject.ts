import { readFile } from 'node:fs/promises';
import { load } from 'js-yaml';
import { CommandError } from './commandError.ts';
import { describeFileError } from './describeFileError.ts';

/** The object in a JSON or YAML file. */
export async function readObject(file: string): Promise<object> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new CommandError(`${file}: ${describeFileError(error)}`);
  });
  let value: unknown;
  try {
    value = load(text);
  } catch (error) {
    // Only the place: the parser's message repeats a piece of its input, which may be a secret.
    const { line } = (error as { mark?: { line?: number } }).mark ?? {};
    throw new CommandError(`${file}${line === undefined ? '' : `:${line + 1}`}: neither JSON nor YAML`);
  }
  if (typeof value !== 'object' || value === null) throw new CommandError(`${file}: holds no object`);
  return value;
}
