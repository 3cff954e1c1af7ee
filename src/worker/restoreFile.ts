/** Writes a restored configuration to its place: only to where it was meant to go, and never over what nobody has seen. */
import { chown, lstat } from 'node:fs/promises';
import path from 'node:path';
import { writeAtomically } from '../files/writeAtomically.ts';

/** Why nothing is written to a target; `about` is the path, or the part of it, that is wrong. */
export class TargetError extends Error {
  readonly failure: 'targetRefused' | 'targetChanged';
  readonly about: string;

  constructor(failure: 'targetRefused' | 'targetChanged', about: string) {
    super(`${failure}: ${about}`);
    this.name = 'TargetError';
    this.failure = failure;
    this.about = about;
  }
}

/** What stands at a target. */
export interface FoundFile {
  /** Tells this very file from any other, and from itself once changed. */
  stamp: string;
  mode: number;
  uid: number;
  gid: number;
}

/**
 * What stands at a restore's target; null when nothing does.
 *
 * @param root a folder that is taken as it is, such as the workspace's; below it no link is followed
 * @throws TargetError targetRefused for a path that is not absolute, goes through a link below `root`, or names no plain file
 */
export async function lookAtTarget(target: string, root: string | null): Promise<FoundFile | null> {
  refuseOddNames(target);
  const above = root !== null && isInside(target, root) ? root : path.parse(target).root;
  let folder = above;
  const below = path.relative(above, path.dirname(target)).split(path.sep);
  for (const part of below.filter((name) => name !== '')) {
    folder = path.join(folder, part);
    const stats = await lstat(folder);
    if (!stats.isDirectory()) throw new TargetError('targetRefused', folder);
  }
  const stats = await lstat(target).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });
  if (stats === null) return null;
  if (!stats.isFile() || stats.nlink > 1) throw new TargetError('targetRefused', target);
  const { dev, ino, size, mtimeMs, ctimeMs, mode, uid, gid } = stats;
  return { stamp: [dev, ino, size, mtimeMs, ctimeMs].join(' '), mode: mode & 0o7777, uid, gid };
}

/** Writes the bytes in one step, with the permissions and, where that is allowed, the owner of the file they replace. */
export async function writeRestored(
  target: string,
  content: Uint8Array,
  like: Pick<FoundFile, 'mode' | 'uid' | 'gid'> | null,
): Promise<void> {
  await writeAtomically(target, content, { mode: like?.mode ?? 0o600 });
  if (like === null) return;
  const { uid, gid } = await lstat(target);
  if (uid !== like.uid || gid !== like.gid) await chown(target, like.uid, like.gid).catch(() => undefined);
}

const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

function refuseOddNames(target: string): void {
  const odd =
    !path.isAbsolute(target) ||
    path.normalize(target) !== target ||
    target.includes('\0') ||
    (process.platform === 'win32' && (devices.test(path.basename(target)) || target.slice(2).includes(':')));
  if (odd) throw new TargetError('targetRefused', target);
}

function isInside(target: string, folder: string): boolean {
  const relative = path.relative(folder, target);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}
