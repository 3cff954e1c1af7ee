/** The place that a restore writes to: which one it may be, what stands there, and how it is written. */
import { constants } from 'node:fs';
import { readlink } from 'node:fs/promises';
import path from 'node:path';
import { nodeFiles, type FileLayer } from '../../files/fileLayer.ts';
import { writeAtomically } from '../../files/writeAtomically.ts';
import { RestoreError } from './restoreError.ts';

/** Where to restore to. */
export interface RestoreTarget {
  /** Absolute path of the file. */
  path: string;
  /** A folder that is taken as it is, such as the workspace's, and not left; below it no link is followed. Null: anywhere. */
  root: string | null;
}

/** What stands at a target. */
export interface FoundFile {
  /** Tells this very file from any other, and from itself once changed. */
  stamp: string;
  /** Permission bits. */
  mode: number;
  uid: number;
  gid: number;
}

/** Permission bits and owner for the file; null where the system has none. */
export interface FileRights {
  mode: number | null;
  uid: number | null;
  gid: number | null;
}

const deviceName = /^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])[ .]*(?:[.:]|$)/i;

/**
 * Refuses names that lead elsewhere than they read.
 *
 * @param platform Windows reads names in ways of its own
 * @throws RestoreError
 */
export function checkTargetName({ path: target, root }: RestoreTarget, platform: NodeJS.Platform): void {
  const isWindows = platform === 'win32';
  const rules = isWindows ? path.win32 : path.posix;
  if (target.includes('\0')) throw new RestoreError('nulByte', target.replaceAll('\0', '\\0'));
  if (isWindows && /^[\\/]{2}[?.][\\/]/.test(target)) throw new RestoreError('rawPath', target);
  if (!rules.isAbsolute(target) || (isWindows && !/^(?:[a-z]:|[\\/]{2})/i.test(target)))
    throw new RestoreError('notAbsolute', target);
  if (rules.normalize(target) !== target || target.endsWith(rules.sep)) throw new RestoreError('notNormal', target);
  if (isWindows) {
    for (const part of target.slice(rules.parse(target).root.length).split(/[\\/]/)) {
      if (deviceName.test(part)) throw new RestoreError('deviceName', part);
      if (part.includes(':')) throw new RestoreError('streamName', part);
      if (/[. ]$/.test(part)) throw new RestoreError('trailingDot', part);
    }
  }
  if (root !== null && !isInside(target, root, rules)) throw new RestoreError('outsideRoot', target);
}

/** Whether a path lies in a folder, by their names; the folder itself does not. */
export function isInside(target: string, folder: string, rules: path.PlatformPath = path): boolean {
  const relative = rules.relative(folder, target);
  return relative !== '' && relative.split(rules.sep)[0] !== '..' && !rules.isAbsolute(relative);
}

/**
 * What stands at a target; null when nothing does.
 *
 * @throws RestoreError for a name or a place that is refused
 */
export async function lookAtTarget(target: RestoreTarget, files: FileLayer = nodeFiles): Promise<FoundFile | null> {
  checkTargetName(target, process.platform);
  await checkFolders(target, files);
  const stats = await files.lstat(target.path).catch(nullIfMissing);
  if (stats === null) {
    await refuseCaseClash(target.path, files);
    return null;
  }
  if (!stats.isFile()) throw new RestoreError('notRegular', target.path);
  if (stats.nlink > 1) throw new RestoreError('hardLinked', target.path);
  if ((stats.mode & 0o222) === 0) throw new RestoreError('readOnly', target.path);
  await refuseCaseClash(target.path, files);
  const { dev, ino, size, mtimeMs, ctimeMs, mode, uid, gid } = stats;
  return { stamp: [dev, ino, size, mtimeMs, ctimeMs].join(' '), mode: mode & 0o7777, uid, gid };
}

async function checkFolders({ path: target, root }: RestoreTarget, files: FileLayer): Promise<void> {
  let folder = root ?? path.parse(target).root;
  const below = path.relative(folder, path.dirname(target)).split(path.sep);
  for (const part of below.filter((name) => name !== '')) {
    folder = path.join(folder, part);
    const stats = await files.lstat(folder).catch(nullIfMissing);
    if (stats === null) throw new RestoreError('folderMissing', folder);
    if (stats.isSymbolicLink()) throw new RestoreError('linkInPath', folder);
    if (!stats.isDirectory()) throw new RestoreError('notAFolder', folder);
  }
}

/** On a disk that takes both names for one, the restore would replace another file than the one it names. */
async function refuseCaseClash(target: string, files: FileLayer): Promise<void> {
  const name = path.basename(target);
  const names = await files.readdir(path.dirname(target)).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new RestoreError('folderMissing', path.dirname(target));
    throw error;
  });
  if (names.includes(name)) return;
  const folded = fold(name);
  if (names.some((other) => fold(other) === folded)) throw new RestoreError('caseClash', target);
}

function fold(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/**
 * Writes the bytes in one step. Owner and permissions are set before the file gets its name; an owner that this user may
 * not give is left out. The special bits (set-user-id and the like) never come back.
 *
 * @param stamp of the file that may be replaced; null when nothing may stand there
 * @throws RestoreError changedSincePreview, linkInPath; nothing is written then
 */
export async function writeTarget(
  target: RestoreTarget,
  content: Uint8Array,
  rights: FileRights,
  stamp: string | null,
  files: FileLayer = nodeFiles,
): Promise<void> {
  const check = async (): Promise<void> => {
    if (((await lookAtTarget(target, files))?.stamp ?? null) !== stamp)
      throw new RestoreError('changedSincePreview', target.path);
  };
  await check();
  const { mode, uid, gid } = rights;
  await inFixedFolder(target, files, (place) =>
    writeAtomically(place, content, {
      mode: mode === null ? 0o600 : mode & 0o777,
      ...(uid === null || gid === null ? {} : { owner: { uid, gid } }),
      beforeRename: check,
      files,
    }),
  );
}

/**
 * Calls `write` with the target by way of its folder held open, where the system can: no link put into the path meanwhile
 * leads the write elsewhere.
 */
async function inFixedFolder(
  target: RestoreTarget,
  files: FileLayer,
  write: (place: string) => Promise<void>,
): Promise<void> {
  if (process.platform !== 'linux') {
    await write(target.path);
    return;
  }
  const folder = path.dirname(target.path);
  const handle = await files.open(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    const held = `/proc/self/fd/${handle.fd}`;
    const leadsTo = await readlink(held).catch(() => null);
    const root = target.root ?? '/';
    const meant = path.join(await files.realpath(root), path.relative(root, folder));
    if (leadsTo !== null && leadsTo !== meant) throw new RestoreError('linkInPath', folder);
    await write(leadsTo === null ? target.path : path.join(held, path.basename(target.path)));
  } finally {
    await handle.close();
  }
}

function nullIfMissing(error: unknown): null {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return null;
  throw error;
}
