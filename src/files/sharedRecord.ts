/** What several processes remember together, in a small JSON file. */
import path from 'node:path';
import { nodeFiles, type FileLayer } from './fileLayer.ts';
import { patienceMs, withFolderLock } from './withFolderLock.ts';
import { writeAtomically } from './writeAtomically.ts';

/**
 * A value in a file, which its processes change one after the other. What cannot be read counts as not there.
 *
 * @example
 * const seen = new SharedRecord<string[]>('/var/lib/seen.json', []);
 * await seen.change((names) => ({ value: [...names, 'web-01'], result: names.length })) //=> 0
 */
export class SharedRecord<T> {
  readonly #file: string;
  readonly #empty: T;
  readonly #files: FileLayer;

  /** @param empty the value before anything was remembered */
  constructor(file: string, empty: T, files = nodeFiles) {
    this.#file = file;
    this.#empty = empty;
    this.#files = files;
  }

  /**
   * Puts another value in the place of the one that `work` is handed, and gives `work`'s result; nobody else changes it
   * meanwhile. The same value as was handed over is not written.
   *
   * @throws FolderBusyError when another process does not let go, and the file system's errors
   */
  async change<R>(work: (value: T) => { value: T; result: R }): Promise<R> {
    const folder = path.dirname(this.#file);
    await this.#files.mkdir(folder, { recursive: true });
    return withFolderLock(folder, patienceMs, async (stillHeld) => {
      const before = await this.read();
      const { value, result } = work(before);
      if (value !== before) {
        stillHeld();
        await writeAtomically(this.#file, `${JSON.stringify(value)}\n`, { mode: 0o600, files: this.#files });
      }
      return result;
    });
  }

  /** The value as it is now; the empty one where the file holds something of another kind. */
  async read(): Promise<T> {
    try {
      const value: unknown = JSON.parse(await this.#files.readFile(this.#file, 'utf8'));
      return isLike(value, this.#empty) ? value : this.#empty;
    } catch {
      return this.#empty;
    }
  }
}

/** Whether both are lists, both objects, or both of one simple type. */
function isLike<T>(value: unknown, example: T): value is T {
  return value !== null && typeof value === typeof example && Array.isArray(value) === Array.isArray(example);
}
