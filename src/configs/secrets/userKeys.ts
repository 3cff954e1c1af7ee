import type { KeyPath } from '../formats/scalarValue.ts';
import { keyWords } from './keyWords.ts';
import type { SecretRules } from './secretRange.ts';

interface Entry {
  words: readonly string[];
  /** The words without anything between them. */
  letters: string;
  isPath: boolean;
}

/** What the lists say of one key: how many letters the longest matching entry has; 0 without one. */
interface Weight {
  sensitive: number;
  safe: number;
}

const maxCached = 10_000;

/**
 * The user's lists of sensitive and safe keys, ready to be asked about paths.
 *
 * An entry with a dot or a slash inside is a path, and must be the last parts of one, list indexes aside
 * (`database.password`). Any other entry is compared with one key. Case and separators never matter. The words of a
 * sensitive entry must stand in the key one after the other (`API_KEY` matches `MY_API_KEY_2`), or its letters must
 * occur in it, from five on (`SECRET` matches `MYSECRETS`). A safe entry must be the whole key, so that it frees
 * nothing that it does not name. What holds for a key holds for everything below it, unless a deeper key says otherwise.
 */
export class UserKeys {
  readonly #sensitive: readonly Entry[];
  readonly #safe: readonly Entry[];
  readonly #hasPaths: boolean;
  readonly #cache = new Map<string, Weight>();

  constructor(rules: SecretRules) {
    this.#sensitive = rules.sensitiveKeys.map(newEntry).filter((entry) => entry.letters !== '');
    this.#safe = rules.safeKeys.map(newEntry).filter((entry) => entry.letters !== '');
    this.#hasPaths = [...this.#sensitive, ...this.#safe].some((entry) => entry.isPath);
  }

  /**
   * The word of the lists on a path. The deepest key that an entry matches decides; there the longest entry does, and
   * of two equal ones the careful one.
   *
   * @example
   * new UserKeys({ sensitiveKeys: ['database'], safeKeys: ['port'] }).judge(['database', 'port']) //=> 'safe'
   */
  judge(path: KeyPath): 'safe' | 'sensitive' | null {
    if (this.#sensitive.length === 0 && this.#safe.length === 0) return null;
    for (let depth = path.length - 1; depth >= 0; depth--) {
      const key = path[depth]!;
      if (typeof key === 'number') continue;
      let { sensitive, safe } = this.#weigh(key);
      if (this.#hasPaths) {
        const words = path.slice(0, depth + 1).flatMap((part) => (typeof part === 'string' ? keyWords(part) : []));
        sensitive = Math.max(sensitive, longestPath(this.#sensitive, words));
        safe = Math.max(safe, longestPath(this.#safe, words));
      }
      if (safe > sensitive) return 'safe';
      if (sensitive > 0) return 'sensitive';
    }
    return null;
  }

  #weigh(key: string): Weight {
    const known = this.#cache.get(key);
    if (known !== undefined) return known;
    const words = keyWords(key).join(' ');
    const letters = words.replaceAll(' ', '');
    const weight = { sensitive: 0, safe: 0 };
    for (const entry of this.#sensitive) {
      const phrase = entry.words.join(' ');
      const isMatch =
        ` ${words} `.includes(` ${phrase} `) || (entry.letters.length >= 5 && letters.includes(entry.letters));
      if (!entry.isPath && isMatch) weight.sensitive = Math.max(weight.sensitive, entry.letters.length);
    }
    for (const entry of this.#safe) {
      if (!entry.isPath && letters === entry.letters) weight.safe = Math.max(weight.safe, entry.letters.length);
    }
    if (this.#cache.size >= maxCached) this.#cache.clear();
    this.#cache.set(key, weight);
    return weight;
  }
}

function newEntry(entry: string): Entry {
  const words = keyWords(entry);
  return { words, letters: words.join(''), isPath: /[^./][./]+[^./]/.test(entry) };
}

function longestPath(entries: readonly Entry[], words: readonly string[]): number {
  let longest = 0;
  for (const entry of entries) {
    const start = words.length - entry.words.length;
    if (entry.isPath && start >= 0 && entry.words.every((word, index) => words[start + index] === word)) {
      longest = Math.max(longest, entry.letters.length);
    }
  }
  return longest;
}
