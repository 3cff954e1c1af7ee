/**
 * The index of a store: what lists need of each snapshot, so that listing does not read them all. A cache: what it says
 * of a snapshot never changes, so that any index that was signed is right; what it lacks is read from the snapshots.
 */
import { configFormats, type ConfigFormat } from '../formats/scalarValue.ts';
import type { SnapshotEntry, SnapshotType } from '../snapshotSummary.ts';
import type { StoreKeys } from './keys.ts';
import { readSignedDocument, writeSignedDocument } from './signedDocument.ts';
import type { Manifest } from './snapshotFile.ts';

type Row = [string, SnapshotType, string, number, ConfigFormat, number, number | null];

const kind = 'index 2';

/** What the index keeps of a snapshot. */
export function entryOf(manifest: Manifest): SnapshotEntry {
  const { id, type, name, createdAt, format, values, changedKeys = null } = manifest;
  return { id, type, name, createdAt, format, secrets: values.length, changedKeys };
}

/** The index as text, signed. */
export function writeIndex(entries: Iterable<SnapshotEntry>, keys: StoreKeys): string {
  const rows = Array.from(entries, ({ id, type, name, createdAt, format, secrets, changedKeys }) => {
    return [id, type, name, createdAt, format, secrets, changedKeys];
  });
  return writeSignedDocument(kind, { rows }, keys);
}

/** The entries by id; empty for an index that is damaged or signed by another key. */
export function readIndex(text: string, keys: StoreKeys): Map<string, SnapshotEntry> {
  const content = readSignedDocument(kind, text, keys);
  const entries = new Map<string, SnapshotEntry>();
  if (typeof content === 'string') return entries;
  for (const row of content['rows'] as Row[]) {
    const [id, type, name, createdAt, format, secrets, changedKeys] = row;
    // Written by another version, it may speak of formats that this one does not know.
    if (configFormats.includes(format)) entries.set(id, { id, type, name, createdAt, format, secrets, changedKeys });
  }
  return entries;
}
