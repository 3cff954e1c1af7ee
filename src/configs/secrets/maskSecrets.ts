import type { KeyPath } from '../formats/scalarValue.ts';
import { fillIn } from './cutSecrets.ts';

/** Stands for a secret; always as long, whatever it hides. */
export const secretMask = '••••••••';

/** A configuration without its secrets, as a snapshot keeps it. */
export interface CutConfig {
  /** The text without its secrets; null when the whole content is sealed as the only value. */
  text: string | null;
  /** The secrets in the order of the text. */
  values: readonly CutSecret[];
}

/** A secret that was cut out of a text: its place, and nothing of its value. */
export interface CutSecret {
  /** UTF-16 offset in the text at which it belongs. */
  at: number;
  document: number;
  /** Key path with list indexes, as JSON text. */
  path: string;
  /** Why it counts as secret: a code. */
  reason: string;
  /** Keyed: equal for the same value at the same path of the same configuration. */
  fingerprint: string;
}

/** Where a mask stands in a masked text, and for what. */
export interface MaskedRange {
  /** UTF-16 offset of the mask. */
  start: number;
  end: number;
  path: KeyPath;
  document: number;
  /** Why the value is secret: a code. */
  reason: string;
}

/** A configuration that may be shown. */
export interface MaskedText {
  /** Null when the whole content is sealed: no text, or not sure what in it is secret. */
  text: string | null;
  /** One for each secret, in the order of the text; a single one of no width when `text` is null. */
  masks: MaskedRange[];
}

/**
 * The readable text with a mask in the place of each secret, and where the masks are.
 *
 * @throws RangeError when an offset falls or leaves the text
 * @example
 * maskSecrets({ text: 'pin: \n', values: [{ at: 5, document: 0, path: '["pin"]', reason: 'name', fingerprint: '' }] })
 * //=> { text: 'pin: ••••••••\n', masks: [{ start: 5, end: 13, path: ['pin'], document: 0, reason: 'name' }] }
 */
export function maskSecrets({ text, values }: CutConfig, mask = secretMask): MaskedText {
  const width = text === null ? 0 : mask.length;
  return {
    text:
      text === null
        ? null
        : fillIn(
            text,
            values.map(({ at }) => at),
            values.map(() => mask),
          ),
    masks: values.map(({ at, document, path, reason }, index) => ({
      start: at + index * width,
      end: at + (index + 1) * width,
      path: JSON.parse(path) as KeyPath,
      document,
      reason,
    })),
  };
}
