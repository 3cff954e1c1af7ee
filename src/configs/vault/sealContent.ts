/** A configuration's bytes: split into a readable text and sealed secrets, and put together again to the byte. */
import { detectFormat } from '../formats/detectFormat.ts';
import { findValues } from '../formats/findValues.ts';
import type { ConfigFormat } from '../formats/scalarValue.ts';
import { cutSecrets, fillIn } from '../secrets/cutSecrets.ts';
import { findSecrets } from '../secrets/findSecrets.ts';
import type { SecretRules } from '../secrets/secretRange.ts';
import { fingerprintContent, fingerprintValue } from './fingerprint.ts';
import { openValue, sealValue, type ValuePlace } from './sealValue.ts';
import type { CutValue, Manifest } from './snapshotFile.ts';
import { VaultError } from './vaultError.ts';

/** Above this a file is sealed whole: no configuration is so large, and reading it for values would hold everything up. */
export const largestText = 8 * 1024 * 1024;

export interface ContentToSeal {
  /** Which configuration it is of: fingerprints are kept apart by it. */
  name: string;
  content: Uint8Array;
  /** Null to go by the name and the text. */
  format: ConfigFormat | null;
  /** Null leaves every value readable. */
  rules: SecretRules | null;
}

export interface SnapshotKeys {
  snapshotId: string;
  dataKey: Uint8Array;
  fingerprintKey: Uint8Array;
}

/** What sealing adds to a manifest. */
export type SealedContent = Pick<Manifest, 'format' | 'text' | 'values' | 'contentFingerprint'>;

/** Seals a configuration. What is no UTF-8 text, or unsure, is sealed whole. */
export function sealContent({ name, content, format, rules }: ContentToSeal, keys: SnapshotKeys): SealedContent {
  const contentFingerprint = fingerprintContent(keys.fingerprintKey, name, content);
  const text = content.length <= largestText ? decodeUtf8(content) : null;
  if (text === null) return { ...sealWhole(name, content, keys), contentFingerprint };
  const chosen = format ?? detectFormat(name, text);
  const found = findValues(text, chosen);
  if (found.readBy === 'whole') return { ...sealWhole(name, content, keys), contentFingerprint };
  const ranges = rules ? findSecrets(text, found, rules) : [];
  const { template, offsets, values } = cutSecrets(text, ranges);
  return {
    format: chosen,
    text: template,
    contentFingerprint,
    values: ranges.map(({ document, path, style, reason }, index) => {
      const keyPath = JSON.stringify(path);
      const place = { snapshotId: keys.snapshotId, index, document, path: keyPath, style };
      const bytes = Buffer.from(values[index]!, 'utf8');
      return {
        at: offsets[index]!,
        document,
        path: keyPath,
        style,
        reason,
        fingerprint: fingerprintValue(keys.fingerprintKey, name, keyPath, bytes),
        sealed: sealValue(keys.dataKey, bytes, place),
      };
    }),
  };
}

/** The configuration's bytes again. @throws VaultError tampered when a value does not open */
export function openContent(manifest: Manifest, dataKey: Uint8Array): Buffer {
  const values = manifest.values.map((_, index) => openCutValue(manifest, index, dataKey));
  if (manifest.text === null) return values[0] ?? Buffer.alloc(0);
  const offsets = manifest.values.map(({ at }) => at);
  const texts = values.map((value) => value.toString('utf8'));
  return Buffer.from(fillIn(manifest.text, offsets, texts), 'utf8');
}

/** One value's bytes. @throws VaultError valueMissing, tampered */
export function openCutValue(manifest: Manifest, index: number, dataKey: Uint8Array): Buffer {
  const value = manifest.values[index];
  if (!value) throw new VaultError('valueMissing', manifest.id);
  const bytes = openValue(dataKey, value.sealed, placeOf(manifest.id, value, index));
  if (!bytes) throw new VaultError('tampered', manifest.id);
  return bytes;
}

const wholePlace = { document: 0, path: '[]', style: 'whole' } as const;

function sealWhole(
  name: string,
  content: Uint8Array,
  keys: SnapshotKeys,
): Pick<Manifest, 'format' | 'text' | 'values'> {
  const sealed = sealValue(keys.dataKey, content, { snapshotId: keys.snapshotId, index: 0, ...wholePlace });
  const fingerprint = fingerprintValue(keys.fingerprintKey, name, wholePlace.path, content);
  return { format: 'opaque', text: null, values: [{ at: 0, ...wholePlace, reason: 'whole', fingerprint, sealed }] };
}

function placeOf(snapshotId: string, { document, path, style }: CutValue, index: number): ValuePlace {
  return { snapshotId, index, document, path, style };
}

/** Null for bytes that are no UTF-8; a byte order mark stays, or it would be lost on the way back. */
function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
