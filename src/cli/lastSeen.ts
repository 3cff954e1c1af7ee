/**
 * How far each store had come when it was last seen here: a file for each, in the user's state folder, so that an older
 * copy in a store's place shows.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { writeAtomically } from '../files/writeAtomically.ts';
import { printable } from './printable.ts';
import type { Terminal } from './terminal.ts';

/** Nobody reads more of such a file than this: it holds one number. */
const longestNumber = 16;

/** The counter a store was last seen with; 0 for one that was never seen here, or whose file is damaged. */
export async function lastSeenCounter(storeId: string | null): Promise<number> {
  if (storeId === null) return 0;
  const text = await readFile(fileOf(storeId), 'utf8').catch(() => '');
  return text.length <= longestNumber && /^\d+\s*$/.test(text) ? Number(text) : 0;
}

/**
 * Keeps a store's counter, unless a higher one is kept already. Where it cannot be kept the command has done its work all
 * the same, and says so.
 */
export async function keepLastSeen(terminal: Terminal, storeId: string, counter: number): Promise<void> {
  if (counter <= (await lastSeenCounter(storeId))) return;
  await acceptCounter(storeId, counter).catch((error: unknown) => {
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    const file = printable(fileOf(storeId));
    terminal.warn(`backup-foresight: ${file}: cannot be written (${code}); a store rolled back would not be noticed`);
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
