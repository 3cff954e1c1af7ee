/** A configuration's bytes, split into a readable text and its secrets; every value gets its fingerprint. */
import type { CipherKey } from 'node:crypto';
import { detectFormat } from '../formats/detectFormat.ts';
import { findValues } from '../formats/findValues.ts';
import type { ConfigFormat, ScalarStyle } from '../formats/scalarValue.ts';
import { cutSecrets } from '../secrets/cutSecrets.ts';
import { findSecrets } from '../secrets/findSecrets.ts';
import type { SecretRules } from '../secrets/secretRange.ts';
import { fingerprintContent, fingerprintValue } from './fingerprint.ts';

/** Above this a file is sealed whole: no configuration is so large, and reading it for values would hold everything up. */
export const largestText = 8 * 1024 * 1024;

/** A configuration as it was read. */
export interface ContentToCut {
  /** Which configuration it is of: fingerprints are kept apart by it. */
  name: string;
  content: Uint8Array;
  /** Null to go by the name and the text. */
  format: ConfigFormat | null;
  /** Null leaves every value readable. */
  rules: SecretRules | null;
}

/** A secret that was cut out, not sealed yet. */
export interface PlainCutValue {
  at: number;
  document: number;
  /** Key path with list indexes, as JSON text. */
  path: string;
  style: ScalarStyle | 'whole';
  reason: string;
  fingerprint: string;
  bytes: Uint8Array;
}

/** A configuration without its secrets, and the secrets beside it, not sealed yet. */
export interface CutContent {
  name: string;
  format: ConfigFormat;
  /** Null when the whole content is the only value. */
  text: string | null;
  values: PlainCutValue[];
  contentFingerprint: string;
}

/** Cuts the secrets out. What is no UTF-8 text, or unsure, is one secret as a whole. */
export function cutContent({ name, content, format, rules }: ContentToCut, fingerprintKey: CipherKey): CutContent {
  const contentFingerprint = fingerprintContent(fingerprintKey, name, content);
  const cut = cutText(name, content, format, rules);
  const { values } = cut;
  return {
    ...cut,
    name,
    contentFingerprint,
    values: values.map((value) => ({
      ...value,
      fingerprint: fingerprintValue(fingerprintKey, name, value.path, value.bytes),
    })),
  };
}

type CutTextResult = Pick<CutContent, 'format' | 'text'> & { values: Omit<PlainCutValue, 'fingerprint'>[] };

function cutText(
  name: string,
  content: Uint8Array,
  format: ConfigFormat | null,
  rules: SecretRules | null,
): CutTextResult {
  const whole = (): CutTextResult => ({
    format: 'opaque',
    text: null,
    values: [{ at: 0, document: 0, path: '[]', style: 'whole', reason: 'whole', bytes: Buffer.from(content) }],
  });
  const text = content.length <= largestText ? decodeUtf8(content) : null;
  if (text === null) return whole();
  const chosen = format ?? detectFormat(name, text);
  const found = findValues(text, chosen);
  if (found.readBy === 'whole') return whole();
  const ranges = rules ? findSecrets(text, found, rules) : [];
  const { template, offsets, values } = cutSecrets(text, ranges);
  // Half of a surrogate pair has no UTF-8: it would not come back.
  if (values.some((value) => /\p{Surrogate}/u.test(value))) return whole();
  return {
    format: chosen,
    text: template,
    values: ranges.map(({ document, path, style, reason }, index) => ({
      at: offsets[index]!,
      document,
      path: JSON.stringify(path),
      style,
      reason,
      bytes: Buffer.from(values[index]!, 'utf8'),
    })),
  };
}

/** Null for bytes that are no UTF-8; a byte order mark stays, or it would be lost on the way back. */
function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
