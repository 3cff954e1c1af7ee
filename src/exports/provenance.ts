import { createHash } from 'node:crypto';
import type { JobHistory } from '../backups/history/job.ts';
import { modelVersion } from '../backups/prediction/modelVersion.ts';
import { runJson } from './reportJson.ts';

/** What an exported report was made from, and by what. */
export interface Provenance {
  /** Version of Backup Foresight. */
  version: string;
  modelVersion: string;
  /** Of all that `backup-foresight runs` prints of the same logs, in hexadecimal. */
  dataSha256: string;
}

/** @example provenanceOf([], '0.1.0').dataSha256 //=> 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' */
export function provenanceOf(jobs: readonly JobHistory[], version: string): Provenance {
  const hash = createHash('sha256');
  for (const { runs } of jobs) for (const run of runs) hash.update(`${JSON.stringify(runJson(run))}\n`);
  return { version, modelVersion, dataSha256: hash.digest('hex') };
}
