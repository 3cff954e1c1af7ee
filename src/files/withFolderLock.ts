/** Lets one process at a time change a folder, over all windows and command lines on the machine. */
import lockfile from 'proper-lockfile';

/** A lock whose holder has not refreshed it for so long belongs to a process that died. */
const staleMs = 10_000;

/** Long enough to take the lock of a process that was killed just now over, instead of telling that it is at work. */
export const patienceMs = 1.5 * staleMs;

/** Somebody else held the lock for as long as was waited. */
export class FolderBusyError extends Error {}

/**
 * Runs `work` while holding the folder's lock; waits up to `waitMs` for it. `work` gets a check to call before each
 * irreversible step: it throws when the lock was lost (the machine slept past the lock's life and another took it).
 * @throws FolderBusyError
 */
export async function withFolderLock<T>(
  folder: string,
  waitMs: number,
  work: (stillHeld: () => void) => Promise<T>,
): Promise<T> {
  const state = { lost: false };
  const retryMs = 50;
  let release: () => Promise<void>;
  try {
    release = await lockfile.lock(folder, {
      stale: staleMs,
      retries: { retries: Math.ceil(waitMs / retryMs), factor: 1, minTimeout: retryMs, maxTimeout: retryMs },
      // The default throws from a timer, which would take the whole extension host down.
      onCompromised: () => {
        state.lost = true;
      },
    });
  } catch (error) {
    if ((error as { code?: string }).code === 'ELOCKED') throw new FolderBusyError(folder);
    throw error;
  }
  try {
    return await work(() => {
      if (state.lost) throw new FolderBusyError(folder);
    });
  } finally {
    if (!state.lost) await release().catch(() => undefined);
  }
}
