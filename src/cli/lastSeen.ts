/**
 * How far each store had come when it was last seen here: a file for each, in the user's state folder, so that an older
 * copy in a store's place shows.
 */
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { writeAtomically } from '../files/writeAtomically.ts';
import { describeFileError } from './describeFileError.ts';
import { printable } from './printable.ts';
import { readSmallFile } from './readSmallFile.ts';
import type { Terminal } from './terminal.ts';

/** Bytes of the largest such file: it holds one number. */
const maxBytes = 16;

/** The counter a store was last seen with; 0 for one that was never seen here, or whose file is damaged. */
export function lastSeenCounter(storeId: string | null): number {
  if (storeId === null) return 0;
  try {
    const text = readSmallFile(fileOf(storeId), maxBytes);
    return /^\d+\s*$/.test(text) ? Number(text) : 0;
  } catch {
    return 0;
  }
}

/**
 * Keeps a store's counter, unless a higher one is kept already. Where it cannot be kept the command has done its work all
 * the same, and says so.
 */
export async function keepLastSeen(terminal: Terminal, storeId: string, counter: number): Promise<void> {
  if (counter <= lastSeenCounter(storeId)) return;
  await acceptCounter(storeId, counter).catch((error: unknown) => {
    const failure = `${printable(fileOf(storeId))} could not be written: ${describeFileError(error)}`;
    terminal.warn(`backup-foresight: ${failure}; a store rolled back would not be noticed`);
  });
}

/** Keeps a store's counter whatever was kept before. */
export async function acceptCounter(storeId: string, counter: number): Promise<void> {
  const file = fileOf(storeId);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeAtomically(file, `${counter}\n`);
}

function fileOf(storeId: string): string {
  const state = process.env['XDG_STATE_HOME'] ?? '';
  // The specification has a relative path ignored.
  const folder = path.isAbsolute(state) ? state : path.join(homedir(), '.local', 'state');
  return path.join(folder, 'backup-foresight', 'stores', storeId);
}
