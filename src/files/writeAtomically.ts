/** Writes a file so that at every moment, also after a crash, its path holds the old content or the new, never a mixture. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeFiles, type FileLayer } from './fileLayer.ts';
import { inParallel } from './inParallel.ts';

/** Marks a file that is still being written; one that is left over may be removed. */
const leftoverPattern = /^\.[0-9a-f]{16}\.writing$/;

/** Only its owner reads and writes the file. */
const privateMode = 0o600;

/** Flushes under way at once: the file system takes several in one go. */
const parallelWrites = 16;

export interface WriteOptions {
  /** Permission bits of the new file. */
  mode?: number;
  /** Owner of the new file; left as it is when this user may not give it away. */
  owner?: { uid: number; gid: number };
  /** Called when all is written and before the target is replaced; throwing leaves the target as it is. */
  beforeRename?: () => Promise<void>;
  /** True for a target that must not be there: whoever comes second gets EEXIST, and the first one's file stays. */
  isNew?: boolean;
  files?: FileLayer;
}

/**
 * Writes beside the target, flushes to the disk, and renames over it. A failure removes what was written and leaves the
 * old file; the error is the file system's own.
 */
export async function writeAtomically(
  target: string,
  content: string | Uint8Array,
  options: WriteOptions = {},
): Promise<void> {
  await replace(target, content, options);
  await syncFolder(path.dirname(target), options.files ?? nodeFiles);
}

/**
 * Writes many files of one folder, each as `writeAtomically` does, and flushes the folder once, after the last: until then
 * nobody may be told that they are there. After a failure some of them may be there, each whole.
 */
export async function writeManyAtomically(
  folder: string,
  contents: readonly { name: string; content: string | Uint8Array }[],
  files: FileLayer = nodeFiles,
): Promise<void> {
  await inParallel(contents, parallelWrites, ({ name, content }) =>
    replace(path.join(folder, name), content, { files }),
  );
  await syncFolder(folder, files);
}

async function replace(target: string, content: string | Uint8Array, options: WriteOptions): Promise<void> {
  const { mode = privateMode, owner, beforeRename, isNew = false, files = nodeFiles } = options;
  const temporary = path.join(path.dirname(target), `.${randomBytes(8).toString('hex')}.writing`);
  try {
    // Nobody else reads it before it belongs to its owner.
    const handle = await files.open(temporary, 'wx', owner ? privateMode : mode);
    try {
      await handle.writeFile(content);
      if (owner) await handle.chown(owner.uid, owner.gid).catch(ignoreRefusal);
      // The process's umask may have taken bits away from the mode; what is the owner's alone, none takes away.
      if (owner || mode !== privateMode) await handle.chmod(mode);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await beforeRename?.();
    if (isNew) await linkAsNew(temporary, target, files);
    else await renamePatiently(temporary, target, files);
  } catch (error) {
    await files.unlink(temporary).catch(() => undefined);
    throw error;
  }
}

/** Removes what a crash left of writes to this folder. Only names that `writeAtomically` makes, older than an hour. */
export async function sweepLeftovers(folder: string, now: number, files: FileLayer = nodeFiles): Promise<void> {
  for (const name of await files.readdir(folder)) {
    if (!leftoverPattern.test(name)) continue;
    const leftover = path.join(folder, name);
    const found = await files.lstat(leftover).catch(() => null);
    if (found?.isFile() && now - found.mtimeMs > 3_600_000) await files.unlink(leftover).catch(() => undefined);
  }
}

/** A link, unlike a rename, replaces nothing; some file systems have none, and a look has to do there. */
async function linkAsNew(temporary: string, target: string, files: FileLayer): Promise<void> {
  try {
    await files.link(temporary, target);
  } catch (error) {
    if (!hasNoLinks(error)) throw error;
    if (await files.lstat(target).catch(() => null)) throw Object.assign(new Error(target), { code: 'EEXIST' });
    await renamePatiently(temporary, target, files);
    return;
  }
  // The target is whole by now: what cannot be removed, as while a scanner reads it, is swept later.
  await files.unlink(temporary).catch(() => undefined);
}

/** EISDIR is what Windows' refusal on a FAT disk becomes in Node. */
function hasNoLinks(error: unknown): boolean {
  return ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}

function ignoreRefusal(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
}

/** On Windows a scanner or indexer may hold the target for a moment. */
async function renamePatiently(from: string, to: string, files: FileLayer): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await files.rename(from, to);
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const held = process.platform === 'win32' && (code === 'EPERM' || code === 'EACCES' || code === 'EBUSY');
      if (!held || attempt === 9) throw error;
      await sleep(10 * 2 ** attempt);
    }
  }
}

/** Makes the rename itself last; Windows has no such call and needs none. */
async function syncFolder(folder: string, files: FileLayer): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await files.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
