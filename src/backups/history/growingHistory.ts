/** The jobs behind all logs, kept up to date while the logs grow. */
import type { ParsedLog } from '../logs/parseLog.ts';
import type { BackupRun } from '../run.ts';
import { buildJob, type BuiltJob } from './buildJob.ts';
import { cadenceAt } from './cadence.ts';
import type { JobHistory } from './job.ts';
import { joinListed } from './joinListed.ts';
import { joinOutputs } from './joinOutputs.ts';
import { joinById } from './joinRuns.ts';
import { nameJobs } from './nameJobs.ts';
import { PlainLogs } from './plainLogs.ts';
import { withoutSerials } from './serialFiles.ts';

/** The runs told of one job, in a list for each log that tells of it, at that log's place. */
type ToldRuns = BackupRun[][];

/**
 * Runs become jobs, again and again, with the same result as anew. Where every run has its final name in its own log
 * (`PlainLogs`) and the logs only went on, the work is that of the jobs that got runs; else all runs are named anew.
 * Runs that were told before keep their objects, and unchanged jobs their arrays.
 */
export class GrowingHistory {
  #logs: readonly ParsedLog[] = [];
  #plain = new PlainLogs([]);
  #told = new Map<string, ToldRuns>();
  #jobs = new Map<string, BuiltJob>();

  /**
   * The jobs that the logs tell of, by id; see `buildJobs`.
   *
   * @param logs what each log tells now, in the same order each time
   * @param now UTC epoch milliseconds
   */
  tell(logs: readonly ParsedLog[], now: number): JobHistory[] {
    const before = this.#logs;
    const goesOn = logs.length === before.length && logs.every((log, n) => beginsWith(log.runs, before[n]!.runs));
    const wasPlain = goesOn && this.#plain.arePlain;
    if (!goesOn) this.#plain = new PlainLogs(logs);
    this.#logs = logs;
    this.#plain.take(logs);
    const touched = this.#plain.arePlain ? this.#add(logs, wasPlain ? before : null) : this.#nameAnew(logs);
    const earlier = this.#jobs;
    const inOrder = [...this.#told].sort(([a], [b]) => (a < b ? -1 : 1));
    this.#jobs = new Map(
      inOrder.map(([id, told]) => {
        const known = earlier.get(id);
        return [id, known && !known.isOpen && !touched.has(id) ? tellAgain(known, now) : build(id, told, now, known)];
      }),
    );
    return Array.from(this.#jobs.values(), ({ history }) => history);
  }

  /** Hands the runs that came after those of `before` (null: all) to their jobs; returns which got some. */
  #add(logs: readonly ParsedLog[], before: readonly ParsedLog[] | null): Set<string> {
    if (!before) this.#told = new Map();
    const touched = new Set<string>();
    logs.forEach(({ runs }, place) => {
      for (let n = before?.[place]!.runs.length ?? 0; n < runs.length; n++) {
        const run = runs[n]!;
        let told = this.#told.get(run.job);
        if (!told) this.#told.set(run.job, (told = []));
        (told[place] ??= []).push(run);
        touched.add(run.job);
      }
    });
    return touched;
  }

  /** Joins and names all runs; returns every job. */
  #nameAnew(logs: readonly ParsedLog[]): ReadonlyMap<string, unknown> {
    const named = withoutSerials(logs);
    const placed = joinListed(joinOutputs(joinById(named), named));
    nameJobs(placed);
    this.#told = new Map();
    for (const { run } of placed) {
      const told = this.#told.get(run.job);
      if (told) told[0]!.push(run);
      else this.#told.set(run.job, [[run]]);
    }
    return this.#told;
  }
}

function beginsWith(runs: readonly BackupRun[], begin: readonly BackupRun[]): boolean {
  if (runs === begin) return true;
  if (runs.length < begin.length) return false;
  // A loop, not a callback: this looks at every run there is.
  for (let n = 0; n < begin.length; n++) if (runs[n] !== begin[n]) return false;
  return true;
}

function build(id: string, told: ToldRuns, now: number, known: BuiltJob | undefined): BuiltJob {
  return buildJob(id, told.flat(), now, known?.history.runs);
}

/** The same runs at another moment. */
function tellAgain(job: BuiltJob, now: number): BuiltJob {
  return { ...job, history: { ...job.history, cadence: cadenceAt(job.schedule, now) } };
}
