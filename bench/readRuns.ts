/** Reads the runs of a log and does nothing with them; run by itself, prints how many there are: `readRuns.ts LOG`. */
import { createLogParser } from '../src/backups/logs/parseLog.ts';
import { readLog } from '../src/files/readLog.ts';

/** How many runs the log at a path tells. */
export async function readRuns(file: string): Promise<number> {
  const parser = createLogParser({ path: file, zone: 'UTC', fileTimeMs: null });
  for await (const { bytes } of readLog(file)) parser.push(bytes);
  return parser.snapshot().runs.length;
}

if (import.meta.main) console.log(await readRuns(process.argv[2]!));
