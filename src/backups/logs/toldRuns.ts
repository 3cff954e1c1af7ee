/** The runs of one log that are told to their end, and the texts that they share. */
import type { BackupRun } from '../run.ts';
import { cleanText, hidePassword } from './cleanText.ts';
import { classifyFailure } from './failureClass.ts';

const sharedTextLimit = 50_000;
/** Of a log that tells more runs only the newest are kept: about 300 bytes each, more would not fit into Node's memory. */
export const mostRunsKept = 4_000_000;
/** So far back a run is looked for that may have been told already. */
const mostRunsBack = 200;

export class ToldRuns {
  /** In file order. */
  readonly list: BackupRun[] = [];
  /** How many stood before them and are kept no more. */
  leftOut = 0;
  readonly #most: number;
  #shared = new Map<string, string>();
  /** Of a fork: the last runs of the one it stands on. */
  #before: readonly BackupRun[] = [];

  /** @param most above which the first quarter is kept no more */
  constructor(most: number) {
    this.#most = most;
  }

  /** A list that stands where this one stands and goes on alone; it begins empty. */
  fork(): ToldRuns {
    const copy = new ToldRuns(this.#most);
    copy.#shared = this.#shared;
    copy.#before = this.list.slice(-mostRunsBack);
    return copy;
  }

  /** Adds a run, with what every run gets, however it was told: a clean reason and its class, a repository without password. */
  add(run: BackupRun): void {
    if (run.error !== null) run.error = this.share(cleanText(run.error));
    if (run.outcome === 'failure' || run.outcome === 'partial')
      run.failureClass ??= run.error === null ? null : classifyFailure(run.tool, run.error);
    if (run.repository !== null) run.repository = this.share(hidePassword(run.repository));
    this.list.push(run);
    if (this.list.length > this.#most) this.leftOut += this.list.splice(0, Math.ceil(this.#most / 4)).length;
  }

  /** Whether a run of this job (or of any) that began at this very time was told already, not far above. */
  has(tool: string, job: string | null, startedAt: number | null): boolean {
    const isIt = (run: BackupRun): boolean =>
      run.startedAt === startedAt && run.tool === tool && (job === null || run.job === job);
    return startedAt !== null && (this.list.slice(-mostRunsBack).some(isIt) || this.#before.some(isIt));
  }

  /** One copy of a text that occurs in run after run. */
  share(text: string): string {
    const known = this.#shared.get(text);
    if (known !== undefined) return known;
    if (this.#shared.size < sharedTextLimit) this.#shared.set(text, text);
    return text;
  }
}
