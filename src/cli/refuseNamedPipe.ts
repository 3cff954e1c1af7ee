import { statSync } from 'node:fs';
import { resolve } from 'node:path';

/** A file that is a named pipe. */
export class NamedPipeError extends Error {
  constructor() {
    super('is a pipe, not a file');
    this.name = 'NamedPipeError';
  }
}

/**
 * Refuses a named pipe: opening one waits, perhaps for ever, for somebody who writes to it. What a shell hands over
 * (`/dev/stdin`, `<(command)`) is open already.
 *
 * @throws NamedPipeError, and the file system's errors
 */
export function refuseNamedPipe(file: string): void {
  if (!/^\/(?:dev|proc)\//.test(resolve(file)) && statSync(file).isFIFO()) throw new NamedPipeError();
}
