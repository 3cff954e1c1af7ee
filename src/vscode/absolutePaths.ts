import { homedir } from 'node:os';
import path from 'node:path';

/** A setting that should be a list of texts; undefined when it is none. */
export function texts(value: unknown): string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}

/** A setting that should be a list of absolute paths, `~` being the home folder; undefined when it is none. */
export function absolutePaths(value: unknown): string[] | undefined {
  const given = texts(value)?.map((item) => item.trim().replace(/^~(?=$|[\\/])/, () => homedir()));
  return given?.every((item) => path.isAbsolute(item)) ? given.map((item) => path.normalize(item)) : undefined;
}
