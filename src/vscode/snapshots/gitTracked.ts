import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const timeoutMs = 10_000;

/** Those of a folder's files that git tracks; none where there is no git, or no repository. */
export async function trackedFiles(folder: string, files: readonly string[]): Promise<string[]> {
  if (files.length === 0) return [];
  try {
    const { stdout } = await promisify(execFile)('git', ['-C', folder, 'ls-files', '-z', '--', ...files], {
      timeout: timeoutMs,
      maxBuffer: 10_000_000,
    });
    return stdout
      .split('\0')
      .filter((name) => name !== '')
      .map((name) => path.join(folder, name));
  } catch {
    return [];
  }
}
