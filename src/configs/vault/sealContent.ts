/** A configuration's secrets sealed, and the configuration put together again to the byte. */
import { createSecretKey, type CipherKey } from 'node:crypto';
import { fillIn } from '../secrets/cutSecrets.ts';
import type { CutContent } from './cutContent.ts';
import { fingerprintContent, fingerprintValue } from './fingerprint.ts';
import { openValue, sealValue, type ValuePlace } from './sealValue.ts';
import type { CutValue, Manifest } from './snapshotFile.ts';
import { VaultError } from './vaultError.ts';

/** What sealing adds to a manifest. */
export type SealedContent = Pick<Manifest, 'format' | 'text' | 'values' | 'contentFingerprint'>;

/** Seals what was cut out, each value bound to its place in the snapshot. */
export function sealContent(cut: Omit<CutContent, 'name'>, snapshotId: string, dataKey: Uint8Array): SealedContent {
  const { format, text, contentFingerprint } = cut;
  // Node makes one of each raw key it is given, which costs more than sealing a short value.
  const key = createSecretKey(dataKey);
  const values = cut.values.map(({ bytes, ...value }, index) => ({
    ...value,
    sealed: sealValue(key, bytes, placeOf(snapshotId, value, index)),
  }));
  return { format, text, contentFingerprint, values };
}

/** The configuration's bytes again. @throws VaultError tampered when a value does not open */
export function openContent(manifest: Manifest, dataKey: Uint8Array): Buffer {
  const key = createSecretKey(dataKey);
  const values = manifest.values.map((_, index) => openCutValue(manifest, index, key));
  if (manifest.text === null) return values[0] ?? Buffer.alloc(0);
  const offsets = manifest.values.map(({ at }) => at);
  const texts = values.map((value) => value.toString('utf8'));
  return Buffer.from(fillIn(manifest.text, offsets, texts), 'utf8');
}

/**
 * The same snapshot with its values sealed under another data key and its fingerprints made with another key; null when the
 * fingerprints are that key's already.
 *
 * @throws VaultError tampered when a value does not open
 */
export function resealManifest(
  manifest: Manifest,
  oldKey: Uint8Array,
  newKey: Uint8Array,
  fingerprintKey: CipherKey,
): Manifest | null {
  const { id, name } = manifest;
  const contentFingerprint = fingerprintContent(fingerprintKey, name, openContent(manifest, oldKey));
  if (contentFingerprint === manifest.contentFingerprint) return null;
  const [from, to] = [createSecretKey(oldKey), createSecretKey(newKey)];
  const values = manifest.values.map((value, index) => {
    const bytes = openCutValue(manifest, index, from);
    const fingerprint = fingerprintValue(fingerprintKey, name, value.path, bytes);
    return { ...value, fingerprint, sealed: sealValue(to, bytes, placeOf(id, value, index)) };
  });
  return { ...manifest, contentFingerprint, values };
}

/** One value's bytes. @throws VaultError valueMissing, tampered */
export function openCutValue(manifest: Manifest, index: number, dataKey: CipherKey): Buffer {
  const value = manifest.values[index];
  if (!value) throw new VaultError('valueMissing', manifest.id);
  const bytes = openValue(dataKey, value.sealed, placeOf(manifest.id, value, index));
  if (!bytes) throw new VaultError('tampered', manifest.id);
  return bytes;
}

function placeOf(
  snapshotId: string,
  { document, path, style }: Pick<CutValue, 'document' | 'path' | 'style'>,
  index: number,
): ValuePlace {
  return { snapshotId, index, document, path, style };
}
