/** The file calls that must never leave half a thing behind, as one object, so that a test can fail any of them. */
import * as fs from 'node:fs/promises';

export interface FileLayer extends Pick<
  typeof fs,
  'chmod' | 'chown' | 'link' | 'lstat' | 'mkdir' | 'readdir' | 'readFile' | 'realpath' | 'rename' | 'stat' | 'unlink'
> {
  open: (file: string, flags: string | number, mode?: number) => Promise<OpenFile>;
}

/** What is done with an open file. */
export type OpenFile = Pick<fs.FileHandle, 'chmod' | 'chown' | 'close' | 'fd' | 'sync' | 'writeFile'>;

/** The real file system. */
export const nodeFiles: FileLayer = fs;
