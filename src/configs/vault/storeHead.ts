/**
 * The head of a store: which snapshots there are, signed and counted, so that a removed snapshot, a snapshot brought back
 * and a store folder rolled back to an earlier day all show.
 */
import type { StoreKeys } from './keys.ts';
import { readSignedDocument, writeSignedDocument } from './signedDocument.ts';
import { VaultError } from './vaultError.ts';

/** A snapshot that was removed on purpose. */
export interface PrunedRecord {
  id: string;
  /** UTC epoch milliseconds. */
  at: number;
}

/** What the head says. */
export interface StoreHead {
  /** Goes up by one with every change. */
  counter: number;
  /** Every snapshot there should be, oldest first. */
  ids: string[];
  /** Snapshots that retention never removes. */
  pinned: string[];
  pruned: PrunedRecord[];
}

const kind = 'head 1';

/** Of a store that was just made. */
export const emptyHead: StoreHead = { counter: 0, ids: [], pinned: [], pruned: [] };

/** The head as text, signed. */
export function writeHead(head: StoreHead, keys: StoreKeys): string {
  return writeSignedDocument(kind, head, keys);
}

/** @throws VaultError storeMalformed or tampered */
export function readHead(text: string, keys: StoreKeys): StoreHead {
  const content = readSignedDocument(kind, text, keys);
  if (content === 'malformed') throw new VaultError('storeMalformed', 'head');
  if (content === 'tampered') throw new VaultError('tampered', 'head');
  return content as unknown as StoreHead;
}

/** The head after a change. */
export function nextHead(head: StoreHead, change: Partial<Omit<StoreHead, 'counter'>>): StoreHead {
  return { ...head, ...change, counter: head.counter + 1 };
}
