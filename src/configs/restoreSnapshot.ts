/** What a restore would write to its target, and the writing of it: nothing that nobody has looked at is replaced. */
import path from 'node:path';
import { nodeFiles, type FileLayer } from '../files/fileLayer.ts';
import { readEnvironment, writeShellScript } from './environmentText.ts';
import { largestFile } from './liveConfig.ts';
import type { ConfigDiff } from './diff.ts';
import { formatKeyPath } from './formats/keyPath.ts';
import { replaceValue, type KeyPlace } from './replaceValue.ts';
import { RestoreError } from './vault/restoreError.ts';
import { isInside, lookAtTarget, type FileRights, type FoundFile, type RestoreTarget } from './vault/restoreTarget.ts';
import { openContent } from './vault/sealContent.ts';
import type { Manifest } from './vault/snapshotFile.ts';
import type { SnapshotStore } from './vault/snapshotStore.ts';
import { VaultError } from './vault/vaultError.ts';

/** What of a snapshot is restored. */
export interface RestorePart {
  /** Only the value at this key, put into the file that stands at the target; the whole configuration when left out. */
  key?: KeyPlace;
  /** Environment variables as a shell script instead of a .env file. */
  asShellScript?: boolean;
}

/** What a restore would do. */
export interface RestorePlan {
  /** Of the file that would be replaced; `restore` wants it back, and refuses when another file stands there by then. */
  stamp: string | null;
  /** Whether the file already is what would be restored, to the byte. */
  isSame: boolean;
  /** From what stands there to what would be written; null when nothing stands there. */
  diff: ConfigDiff | null;
  /** Permission bits now and after; null where there are none. */
  modeBefore: number | null;
  modeAfter: number | null;
}

/** What a restore came to. */
export interface RestoreResult {
  /** The snapshot of what was replaced; null when nothing stood there, or it was the same already. */
  safetySnapshotId: string | null;
  /** False when this user may not give the file the owner it had. */
  hasOwner: boolean;
}

/** What would be written, and what stands there now. */
export interface PreparedRestore {
  manifest: Manifest;
  content: Buffer;
  rights: FileRights;
  found: FoundFile | null;
  /** The bytes that stand there now. */
  current: Buffer | null;
}

/**
 * Opens the snapshot and looks at the target; writes nothing.
 *
 * @throws RestoreError for a target, or a key, that is refused
 * @throws VaultError snapshotMissing, tampered; tooLarge for a target that is no configuration; valueMissing for a script
 * of what is no environment
 */
export async function prepareRestore(
  store: SnapshotStore,
  snapshotId: string,
  target: RestoreTarget,
  { key, asShellScript = false }: RestorePart,
  files: FileLayer = nodeFiles,
): Promise<PreparedRestore> {
  const { manifest, openedKey } = await store.read(snapshotId);
  const found = await lookAtTarget(target, files);
  await refuseStoreFolder(store, target, files);
  if (found !== null && (await files.stat(target.path)).size > largestFile)
    throw new VaultError('tooLarge', target.path);
  const current = found === null ? null : await files.readFile(target.path);
  const whole = openContent(manifest, openedKey);
  if (key !== undefined) {
    if (found === null || current === null) throw new RestoreError('keyNotThere', formatKeyPath(key.path));
    return { manifest, content: putValueIn(manifest, whole, current, key), rights: found, found, current };
  }
  const content = asShellScript ? asScript(manifest, whole) : whole;
  const rights = manifest.origin ?? found ?? { mode: null, uid: null, gid: null };
  return { manifest, content, rights, found, current };
}

function putValueIn(manifest: Manifest, whole: Buffer, current: Buffer, key: KeyPlace): Buffer {
  const about = formatKeyPath(key.path);
  const target = current.toString('utf8');
  if (manifest.text === null || !Buffer.from(target, 'utf8').equals(current))
    throw new RestoreError('keyNotThere', about);
  const replaced = replaceValue(whole.toString('utf8'), target, manifest.format, key);
  if ('refusal' in replaced) throw new RestoreError(replaced.refusal, about);
  return Buffer.from(replaced.text, 'utf8');
}

/** The environment of a snapshot as a shell script. @throws VaultError valueMissing when it is no environment, or shells refuse a name */
export function asScript({ type, id }: Manifest, content: Buffer): Buffer {
  const variables = type === 'env' ? readEnvironment(content.toString('utf8')) : null;
  const script = variables && writeShellScript(variables);
  if (script === null) throw new VaultError('valueMissing', id);
  return Buffer.from(script, 'utf8');
}

/** A configuration written over a snapshot would be the end of that snapshot. */
async function refuseStoreFolder(store: SnapshotStore, target: RestoreTarget, files: FileLayer): Promise<void> {
  const [folder, storeFolder] = await Promise.all([
    files.realpath(path.dirname(target.path)),
    files.realpath(store.folder),
  ]);
  if (isInside(path.join(folder, path.basename(target.path)), storeFolder))
    throw new RestoreError('insideStore', target.path);
}
