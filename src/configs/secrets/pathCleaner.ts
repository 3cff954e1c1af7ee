import type { KeyPath } from '../formats/scalarValue.ts';
import { findPatterns } from './patterns.ts';

/** Stands in a path for a key that is itself a secret. */
export const hiddenPart = '(secret)';

/** Takes out of paths the parts that are, or hold, what is cut elsewhere or would be cut by its form. */
export class PathCleaner {
  readonly #cut: ReadonlySet<string>;
  readonly #known = new Map<string, boolean>();

  /** @param cut every text that is cut out of the configuration */
  constructor(cut: readonly string[]) {
    this.#cut = new Set(cut);
  }

  /** The path, `hiddenPart` in the place of each key that is a secret; the same array when none is. */
  clean(path: KeyPath): KeyPath {
    if (!path.some((part) => this.#isSecret(part))) return path;
    return path.map((part) => (this.#isSecret(part) ? hiddenPart : part));
  }

  #isSecret(part: string | number): boolean {
    if (typeof part === 'number') return false;
    const known = this.#known.get(part);
    if (known !== undefined) return known;
    // A short name has no room for any form that findPatterns knows.
    const isSecret = this.#cut.has(part) || (part.length >= 24 && findPatterns(part).length > 0);
    this.#known.set(part, isSecret);
    return isSecret;
  }
}
