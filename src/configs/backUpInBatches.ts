/**
 * Many files kept in few steps: while one batch of snapshots is sealed and goes to the disk, the next is read and cut. Each batch
 * waits for the one before it and is all there before its results are told.
 */
import { inParallel } from '../files/inParallel.ts';
import type { BackupResult } from './backupResult.ts';
import type { PlainSnapshot } from './vault/plainSnapshot.ts';

/** A configuration's result, and the snapshot that has to be added for it to hold. */
export interface PreparedBackup {
  result: BackupResult;
  /** Null when the configuration is what its last snapshot says. */
  made: PlainSnapshot | null;
}

/** Files read ahead, at once. */
const filesAhead = 16;
/** A batch is written when it holds so many snapshots, or so much text: it is in memory until then. */
const mostSnapshots = 128;
const mostUnits = 16_000_000;

/** What is done with each file, and with each batch. */
export interface BatchSteps<T> {
  read: (file: string) => Promise<T>;
  /** Called in the files' order. */
  prepare: (read: T) => PreparedBackup;
  add: (made: PlainSnapshot[]) => Promise<void>;
}

/**
 * For each file, in their order, its result or why there is none.
 *
 * @throws What `add` throws: a failure of the store itself.
 */
export async function backUpInBatches<T>(
  files: readonly string[],
  { read, prepare, add }: BatchSteps<T>,
): Promise<(BackupResult | { error: unknown })[]> {
  const results: (BackupResult | { error: unknown })[] = [];
  let batch: PlainSnapshot[] = [];
  let units = 0;
  let written = Promise.resolve();
  const write = async (): Promise<void> => {
    await written;
    written = add(batch);
    // It is awaited later; until then Node must not take a failure for one that nobody handles.
    written.catch(() => undefined);
    [batch, units] = [[], 0];
  };
  const readSome = (from: number): Promise<({ value: T } | { error: unknown })[]> =>
    inParallel(files.slice(from, from + filesAhead), filesAhead, (file) =>
      read(file).then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      ),
    );

  let ahead = readSome(0);
  for (let at = 0; at < files.length; at += filesAhead) {
    const found = await ahead;
    ahead = readSome(at + filesAhead);
    for (const one of found) {
      try {
        if ('error' in one) throw one.error;
        const { result, made } = prepare(one.value);
        results.push(result);
        if (!made) continue;
        batch.push(made);
        units += unitsOf(made);
      } catch (error) {
        results.push({ error });
      }
    }
    if (batch.length >= mostSnapshots || units >= mostUnits) await write();
  }
  if (batch.length > 0) await write();
  await written;
  return results;
}

/** About how many characters a snapshot takes. */
function unitsOf({ text, values }: PlainSnapshot): number {
  return values.reduce((sum, { bytes }) => sum + bytes.length, text?.length ?? 0);
}
