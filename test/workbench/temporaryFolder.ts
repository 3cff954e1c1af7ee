import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Makes a folder that goes away when this process ends; set KEEP_TEMPORARY=1 to look into it afterwards. */
export function makeTemporaryFolder(name: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), `backup-foresight-${name}-`));
  if (process.env['KEEP_TEMPORARY'] !== '1')
    process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  return folder;
}
