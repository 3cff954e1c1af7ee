import type { KeyPath, ScalarStyle } from '../formats/scalarValue.ts';

/**
 * Why a range is secret, from the surest to the weakest:
 * `user` a key of the user's list; `name` a key that names a secret; `below` everything under such a key; `alias` a node
 * that is repeated under such a key; `pair` the value beside `name: DB_PASSWORD`; `kubernetes` the data of a Kubernetes
 * Secret; `inline` an assignment, option or query parameter inside a value; `url` the password of a URL; `privateKey`,
 * `jwt`, `authorization`, `token`, `hash` by their form; `encoded` base64 of one of these; `entropy` looks random;
 * `whole` the text could not be read for sure.
 */
export type SecretReason =
  | 'user'
  | 'name'
  | 'below'
  | 'alias'
  | 'pair'
  | 'kubernetes'
  | 'inline'
  | 'url'
  | 'privateKey'
  | 'jwt'
  | 'authorization'
  | 'token'
  | 'hash'
  | 'encoded'
  | 'entropy'
  | 'whole';

/** A range to cut out of a text. Ranges come sorted, do not overlap or touch, and are never empty. */
export interface SecretRange {
  /** UTF-16 offset of the first unit. */
  start: number;
  /** UTF-16 offset after the last unit. */
  end: number;
  /** The key path; parts that are secret themselves are replaced, so that a path may be stored in clear. */
  path: KeyPath;
  document: number;
  /** Counts the ranges with the same document and path, from 0 in the order of the text. */
  occurrence: number;
  style: ScalarStyle;
  reason: SecretReason;
}

/** The user's word on keys; it wins over every rule. See UserKeys for how an entry is compared. */
export interface SecretRules {
  sensitiveKeys: readonly string[];
  safeKeys: readonly string[];
}
