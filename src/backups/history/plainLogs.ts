/** Whether every run of some logs has its final name already, so that nothing that follows can change it. */
import type { ParsedLog } from '../logs/parseLog.ts';
import type { BackupRun } from '../run.ts';
import { joinKey } from './joinRuns.ts';
import { areSerial, folderOf, isNamedByFile } from './nameJobs.ts';
import { pairedLogs } from './pairedLogs.ts';
import { mayBeSerial } from './serialFiles.ts';

/** What one log has told so far. */
interface Told {
  runs: number;
  genericRuns: number;
  genericJobs: Set<string>;
}

/**
 * Goes through the runs of logs that grow, each once, and tells whether joining (`joinById`, `joinListed`, `joinOutputs`)
 * and naming (`nameJobs`, `withoutSerials`) would leave all of them as they are: no run of a script or a catalog, no id
 * and no file's name in two logs, no file of errors beside one of them, no numbered files, no ids of runs in place of
 * jobs' names, and no name that turned out to stand for another.
 */
export class PlainLogs {
  readonly #told: readonly Told[];
  /** Which log told an id; only kept where there are several. */
  readonly #logOfId = new Map<string, number>();
  /** The folder in which a file gave its name to a job. */
  readonly #folderOfJob = new Map<string, string>();
  #hasEntangled = false;
  arePlain = true;

  constructor(logs: readonly ParsedLog[]) {
    this.#told = logs.map(() => ({ runs: 0, genericRuns: 0, genericJobs: new Set() }));
    this.#hasEntangled = mayBeSerial(logs) || pairedLogs(logs).size > 0;
  }

  /** Takes in what is new in the logs, which are those of the constructor, grown. */
  take(logs: readonly ParsedLog[]): void {
    logs.forEach((log, place) => {
      const told = this.#told[place]!;
      for (; told.runs < log.runs.length; told.runs++) {
        const run = log.runs[told.runs]!;
        this.#hasEntangled ||= this.#isEntangled(run, log, place);
        if (run.tool !== 'generic') continue;
        told.genericRuns++;
        told.genericJobs.add(run.job);
      }
    });
    this.arePlain =
      !this.#hasEntangled &&
      !this.#told.some(({ genericRuns, genericJobs }) => areSerial(genericRuns, genericJobs.size)) &&
      !logs.some(hasOtherNames);
  }

  /** Whether the run may belong together with others in a way that its log alone does not tell. */
  #isEntangled(run: BackupRun, log: ParsedLog, place: number): boolean {
    if (run.tool === 'script' || run.onlyInCatalog) return true;
    if (this.#told.length < 2) return false;
    const id = joinKey(run);
    if (id !== null && isElsewhere(this.#logOfId, id, place)) return true;
    return isNamedByFile(run, log) && isElsewhere(this.#folderOfJob, run.job, folderOf(log.path));
  }
}

/** Whether the map has another value for the key; it gets this one when it has none. */
function isElsewhere<T>(map: Map<string, T>, key: string, value: T): boolean {
  const known = map.get(key);
  if (known === undefined) map.set(key, value);
  return known !== undefined && known !== value;
}

function hasOtherNames({ looseNames }: ParsedLog): boolean {
  for (const names of looseNames.values()) if (names.size > 0) return true;
  return false;
}
