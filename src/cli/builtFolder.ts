import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder of a built file: the built CLI's own; for one that runs from source, `dist`. Undefined before the build. */
export function builtFolder(file: string): string | undefined {
  const folders = [import.meta.dirname, path.join(import.meta.dirname, '../../dist')];
  return folders.find((folder) => existsSync(path.join(folder, file)));
}
