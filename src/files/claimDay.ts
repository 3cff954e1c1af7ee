/** Lets a day's work on a folder be done once, whichever of several processes comes first. */
import path from 'node:path';
import { nodeFiles, type FileLayer } from './fileLayer.ts';
import { patienceMs, withFolderLock } from './withFolderLock.ts';
import { writeAtomically } from './writeAtomically.ts';

const fileName = 'daily.json';
/** Whoever has not finished by then was stopped, and another may do the work. */
const abandonedMs = 30 * 60_000;

interface Claim {
  /** `YYYY-MM-DD`. */
  day: string;
  /** UTC epoch milliseconds. */
  claimedAt: number;
  isDone: boolean;
}

/** True when the caller is to do the day's work: nobody has done it, or a later day's, and nobody is at it. */
export function claimDay(folder: string, day: string, now: number, files = nodeFiles): Promise<boolean> {
  return withFolderLock(folder, patienceMs, async () => {
    const claim = await read(folder, files);
    const isTaken =
      claim !== null &&
      claim.day >= day &&
      (claim.isDone || claim.day > day || Math.abs(now - claim.claimedAt) < abandonedMs);
    if (isTaken) return false;
    await write(folder, { day, claimedAt: now, isDone: false }, files);
    return true;
  });
}

/** The day's work is done. A later day, which another process has begun meanwhile, stays on record. */
export function finishDay(folder: string, day: string, now: number, files = nodeFiles): Promise<void> {
  return withFolderLock(folder, patienceMs, async () => {
    const claim = await read(folder, files);
    if (claim === null || claim.day <= day) await write(folder, { day, claimedAt: now, isDone: true }, files);
  });
}

function write(folder: string, claim: Claim, files: FileLayer): Promise<void> {
  return writeAtomically(path.join(folder, fileName), `${JSON.stringify(claim)}\n`, { files });
}

/** What cannot be read counts as not there: at worst the day's work is done twice. */
async function read(folder: string, files: FileLayer): Promise<Claim | null> {
  try {
    const claim = JSON.parse(await files.readFile(path.join(folder, fileName), 'utf8')) as Partial<Claim> | null;
    const { day, claimedAt, isDone } = claim ?? {};
    if (typeof day !== 'string' || typeof claimedAt !== 'number' || typeof isDone !== 'boolean') return null;
    return { day, claimedAt, isDone };
  } catch {
    return null;
  }
}
