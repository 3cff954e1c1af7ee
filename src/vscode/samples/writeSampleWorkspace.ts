import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { shiftDates, weeksUntil } from './shiftDates.ts';

/**
 * Writes the sample workspace into a storage, its logs moved to end in the week before `now`; one from an earlier time is
 * replaced. Returns its folder.
 */
export async function writeSampleWorkspace(extensionPath: string, storage: string, now: number): Promise<string> {
  const folder = path.join(storage, 'backup-foresight-sample');
  await rm(folder, { recursive: true, force: true });
  await cp(path.join(extensionPath, 'sample-workspace'), folder, { recursive: true });
  const logs = (await readdir(path.join(folder, 'logs'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const texts = await Promise.all(logs.map((log) => readFile(log, 'utf8')));
  const weeks = weeksUntil(texts, now);
  if (weeks > 0) await Promise.all(logs.map((log, i) => writeFile(log, shiftDates(texts[i]!, weeks))));
  return folder;
}
