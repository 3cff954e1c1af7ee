/** What every scanner speaks: where one scalar value stands in a text, and under which key. */

/** How a text is read. `opaque`: the file is one secret as a whole (a private key, a password file). */
export type ConfigFormat = 'yaml' | 'json' | 'dotenv' | 'ini' | 'toml' | 'nginx' | 'text' | 'opaque';

/** Every format, for settings and command lines. */
export const configFormats: readonly ConfigFormat[] = [
  'yaml',
  'json',
  'dotenv',
  'ini',
  'toml',
  'nginx',
  'text',
  'opaque',
];

/**
 * How a value is written: it decides how the value reads (escapes, indentation) and is bound to the sealed value.
 * `words` is the rest of a directive line, `line` a line without any key, `comment` an assignment that is commented out.
 */
export type ScalarStyle =
  | 'plain'
  | 'single'
  | 'double'
  | 'backtick'
  | 'multilineSingle'
  | 'multilineDouble'
  | 'block'
  | 'words'
  | 'line'
  | 'comment';

/** Keys and list indexes from the root of the document to a value. */
export type KeyPath = readonly (string | number)[];

/** One scalar value. Quotes, block headers and the indentation before a block are outside `start` and `end`. */
export interface ScalarValue {
  /** UTF-16 offset of the first unit. */
  start: number;
  /** UTF-16 offset after the last unit; equal to `start` for an empty quoted value. */
  end: number;
  path: KeyPath;
  /** Number of the document in the file, from 0. */
  document: number;
  style: ScalarStyle;
  /** The YAML tag as written (`!vault`, `!Ref`). */
  tag?: string;
}

/** A place that repeats an anchored node (YAML `*name`): what is secret there is secret where the node stands. */
export interface AliasUse {
  path: KeyPath;
  document: number;
  /** Where the alias itself stands. */
  at: number;
  /** The range from the first to the last value of the anchored node, aliases in it included. */
  start: number;
  end: number;
}

/** The values of one text. */
export interface FoundValues {
  format: ConfigFormat;
  /**
   * `parser`: by the format's own grammar; `lines`: by line rules, because the format has no grammar or the text breaks
   * it; `whole`: nothing is sure, so that the whole text counts as one secret and `values` is empty.
   */
  readBy: 'parser' | 'lines' | 'whole';
  /** By `start`, outer before inner: a value may lie inside another (a configuration file in a block scalar). */
  values: readonly ScalarValue[];
  aliases: readonly AliasUse[];
}
