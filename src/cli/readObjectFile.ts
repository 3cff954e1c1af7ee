import { NotAnObjectError, readObject } from '../configs/readObject.ts';
import { CommandError } from './commandError.ts';
import { describeFileError } from './describeFileError.ts';
import { readSmallFile } from './readSmallFile.ts';

/** Far more than any application's configuration; parsing takes many times as much memory. */
const maxBytes = 16 * 1024 * 1024;

/** The object in a JSON or YAML file. */
export function readObjectFile(file: string): object {
  let text: string;
  try {
    text = readSmallFile(file, maxBytes);
  } catch (error) {
    throw new CommandError(`${file}: ${describeFileError(error)}`);
  }
  try {
    return readObject(text);
  } catch (error) {
    if (!(error instanceof NotAnObjectError)) throw error;
    if (error.line === null) throw new CommandError(`${file}: holds no object`);
    throw new CommandError(`${file}:${error.line}: neither JSON nor YAML`);
  }
}
