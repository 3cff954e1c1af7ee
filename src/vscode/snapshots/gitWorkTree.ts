import { execFile } from 'node:child_process';
import { access, realpath } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const timeoutMs = 10_000;

/** The git work tree that would take in the files of a folder; null when there is none, or it ignores them. */
export async function gitWorkTreeOf(folder: string): Promise<string | null> {
  try {
    const place = await realpath(folder);
    const workTree = await workTreeAround(place);
    return workTree === null || (await isIgnored(workTree, place)) ? null : workTree;
  } catch {
    // A folder that is gone is in no work tree.
    return null;
  }
}

/** Found without git, which need not be on this machine: the repository may go elsewhere from here. */
async function workTreeAround(folder: string): Promise<string | null> {
  for (let place = folder; ; place = path.dirname(place)) {
    const isRoot = await access(path.join(place, '.git')).then(
      () => true,
      () => false,
    );
    if (isRoot) return place;
    if (path.dirname(place) === place) return null;
  }
}

async function isIgnored(workTree: string, folder: string): Promise<boolean> {
  const probe = path.join(folder, 'head.json');
  const asked = promisify(execFile)('git', ['-C', workTree, 'check-ignore', '-q', '--', probe], { timeout: timeoutMs });
  return asked.then(
    () => true,
    () => false,
  );
}
