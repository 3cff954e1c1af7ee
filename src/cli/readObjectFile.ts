import { readFile } from 'node:fs/promises';
import { NotAnObjectError, readObject } from '../configs/readObject.ts';
import { CommandError } from './commandError.ts';
import { describeFileError } from './describeFileError.ts';

/** The object in a JSON or YAML file. */
export async function readObjectFile(file: string): Promise<object> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new CommandError(`${file}: ${describeFileError(error)}`);
  });
  try {
    return readObject(text);
  } catch (error) {
    if (!(error instanceof NotAnObjectError)) throw error;
    if (error.line === null) throw new CommandError(`${file}: holds no object`);
    throw new CommandError(`${file}:${error.line}: neither JSON nor YAML`);
  }
}
