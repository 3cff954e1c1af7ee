/**
 * A snapshot as it stands in the store: two lines. The first holds the wrapped data key and the signature, the second the
 * manifest; signed is the manifest's exact text, so that nothing depends on how JSON is written back.
 */
import type { ConfigFormat, ScalarStyle } from '../formats/scalarValue.ts';
import type { SnapshotType } from '../snapshotSummary.ts';
import { isSealed, type Sealed } from './aead.ts';
import type { StoreKeys } from './keys.ts';
import { VaultError } from './vaultError.ts';

/** Where a configuration came from, as far as restoring it needs. */
export interface Origin {
  /** As the person named it; a proposal for a restore, never blindly its target. */
  path: string;
  /** Permission bits; null where the system has none. */
  mode: number | null;
  uid: number | null;
  gid: number | null;
}

/** A secret value that was cut out of the text. */
export interface CutValue {
  /** UTF-16 offset in the template at which it belongs. */
  at: number;
  document: number;
  /** Key path with list indexes, as JSON text. */
  path: string;
  style: ScalarStyle | 'whole';
  /** Why it counts as secret: a code. */
  reason: string;
  fingerprint: string;
  sealed: Sealed;
}

/** What a snapshot says of itself. Everything in it is signed; only the values are secret. */
export interface Manifest {
  id: string;
  type: SnapshotType;
  /** Which configuration it is of: a path, a prefix, an application's name. */
  name: string;
  /** UTC epoch milliseconds. */
  createdAt: number;
  format: ConfigFormat;
  origin: Origin | null;
  /** The configuration's snapshot before this one. */
  previous: string | null;
  /** How many values differ from that one; null, as in snapshots of versions that did not count, when nobody knows. */
  changedKeys?: number | null;
  /** The text with its secrets cut out; null when the whole content is sealed as the only value. */
  text: string | null;
  values: CutValue[];
  contentFingerprint: string;
  /** What was secret by then: the program's version and its settings, hashed; missing in snapshots of versions that did not say. */
  searchedBy?: string;
}

/** A snapshot’s data key under the store’s key, and which one that is. */
export interface WrappedDataKey {
  keyId: string;
  sealed: Sealed;
}

/** What a snapshot’s file holds. */
export interface SnapshotFile {
  manifest: Manifest;
  dataKey: WrappedDataKey;
}

const formatNumber = 1;

/** The file's text, signed. */
export function writeSnapshotFile({ manifest, dataKey }: SnapshotFile, keys: StoreKeys): string {
  return withHeader(JSON.stringify(manifest), manifest.id, dataKey, keys);
}

/** The same snapshot under another master key: the manifest's line is kept to the byte. */
export function rewrapSnapshotFile(text: string, id: string, dataKey: WrappedDataKey, keys: StoreKeys): string {
  return withHeader(splitLines(text, id)[1], id, dataKey, keys);
}

/** Which master key a snapshot's data key is wrapped by. Not verified: it tells which key to verify with. */
export function readKeyId(text: string, id: string): string {
  return readHeader(splitLines(text, id)[0], id).dataKey.keyId;
}

/**
 * Reads and verifies a snapshot.
 * @throws VaultError snapshotMalformed when it is no snapshot, tampered when it is not what was signed under this id.
 */
export function readSnapshotFile(text: string, id: string, keys: StoreKeys): SnapshotFile {
  const [headerLine, manifestLine] = splitLines(text, id);
  const { dataKey, mac } = readHeader(headerLine, id);
  // The header is not signed as text: it must be the very text that its signed parts give.
  const exact = headerText(dataKey, mac) === headerLine;
  if (!exact || !keys.verify(mac, signedParts(id, dataKey, manifestLine))) throw new VaultError('tampered', id);
  const manifest = parseJson(manifestLine, id) as Manifest;
  if (manifest.id !== id) throw new VaultError('tampered', id);
  return { manifest, dataKey };
}

function withHeader(manifestLine: string, id: string, dataKey: WrappedDataKey, keys: StoreKeys): string {
  const mac = keys.sign(signedParts(id, dataKey, manifestLine));
  return `${headerText(dataKey, mac)}\n${manifestLine}\n`;
}

function headerText({ keyId, sealed: { iv, data, tag } }: WrappedDataKey, mac: unknown): string {
  return JSON.stringify({ format: formatNumber, dataKey: { keyId, sealed: { iv, data, tag } }, mac });
}

function signedParts(id: string, { keyId, sealed }: WrappedDataKey, manifestLine: string): string[] {
  return ['snapshot 1', id, keyId, sealed.iv, sealed.data, sealed.tag, manifestLine];
}

function splitLines(text: string, id: string): [string, string] {
  const lines = text.split('\n');
  if (lines.length !== 3 || lines[2] !== '') throw new VaultError('snapshotMalformed', id);
  return [lines[0]!, lines[1]!];
}

function readHeader(line: string, id: string): { dataKey: WrappedDataKey; mac: unknown } {
  const header = parseJson(line, id) as { format?: unknown; dataKey?: Partial<WrappedDataKey>; mac?: unknown };
  const { format, dataKey, mac } = header;
  if (format !== formatNumber || typeof dataKey?.keyId !== 'string' || !isSealed(dataKey.sealed))
    throw new VaultError('snapshotMalformed', id);
  return { dataKey: { keyId: dataKey.keyId, sealed: dataKey.sealed }, mac };
}

function parseJson(line: string, id: string): object {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // The parser's message repeats a piece of its input.
    throw new VaultError('snapshotMalformed', id);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new VaultError('snapshotMalformed', id);
  return value;
}
