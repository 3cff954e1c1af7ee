/** The file calls that must never leave half a thing behind, as one object, so that a test can fail any of them. */
import * as fs from 'node:fs/promises';

export type FileLayer = Pick<
  typeof fs,
  | 'chmod'
  | 'chown'
  | 'link'
  | 'lstat'
  | 'mkdir'
  | 'open'
  | 'readdir'
  | 'readFile'
  | 'realpath'
  | 'rename'
  | 'stat'
  | 'unlink'
>;

/** The real file system. */
export const nodeFiles: FileLayer = fs;
