import type { AliasUse, KeyPath, ScalarStyle, ScalarValue } from './scalarValue.ts';

/** Nested deeper than this, a text is not read by its grammar: no real configuration is, and paths would fill the memory. */
export const maxDepth = 100;

const maxValues = 500_000;
const maxPathParts = 8_000_000;

/** Collects what a scanner finds, within a bound: a text that exceeds it is sealed whole. */
export class ValueList {
  readonly values: ScalarValue[] = [];
  readonly aliases: AliasUse[] = [];
  #pathParts = 0;
  #isUnsure = false;

  /** True when no one can tell what the values are, or when there are more than a configuration ever holds. */
  get isUnsure(): boolean {
    return this.#isUnsure || this.values.length + this.aliases.length >= maxValues || this.#pathParts >= maxPathParts;
  }

  /** Says that the text cannot be read for sure; nothing more is kept. */
  giveUp(): void {
    this.#isUnsure = true;
  }

  add(start: number, end: number, path: KeyPath, style: ScalarStyle, document = 0, tag?: string): void {
    if (this.isUnsure) return;
    this.#pathParts += path.length;
    this.values.push(
      tag === undefined ? { start, end, path, document, style } : { start, end, path, document, style, tag },
    );
  }

  addAlias(at: number, start: number, end: number, path: KeyPath, document: number): void {
    if (this.isUnsure) return;
    this.#pathParts += path.length;
    this.aliases.push({ path, document, at, start, end });
  }
}
