/** Names of jobs that say little, and what they turned out to stand for. */
import { jobId } from './jobName.ts';
import type { OpenRun } from './openRun.ts';

/** The parts of a job's name that a run tells. */
export type NameParts = Pick<OpenRun, 'tool' | 'scriptName' | 'givenName' | 'label' | 'host' | 'repository'>;

/**
 * Names the jobs of one log. Some runs tell only the script's words or their repository (failures mostly: the tool died
 * before it named anything): their names are loose, and each loose name keeps the full names that runs under it had.
 */
export class LooseNames {
  readonly #fileName: string;
  readonly #share: (text: string) => string;
  /** Loose names, each with the full names it may stand for. */
  readonly names = new Map<string, Set<string>>();
  /** Of the last run: most often the next one is of the same job. */
  #last: (NameParts & { name: string }) | null = null;

  constructor(fileName: string, share: (text: string) => string) {
    this.#fileName = fileName;
    this.#share = share;
  }

  /** Takes over what another one knows. */
  takeFrom(other: LooseNames): void {
    for (const [loose, full] of other.names) this.names.set(loose, new Set(full));
  }

  /** The full name where the run tells enough, else the loose one. */
  nameOf(run: NameParts): string {
    const { tool, scriptName, givenName, label, host, repository } = run;
    const last = this.#last;
    if (
      last?.tool === tool &&
      last.scriptName === scriptName &&
      last.givenName === givenName &&
      last.label === label &&
      last.host === host &&
      last.repository === repository
    )
      return last.name;
    const name = this.#nameOf(run);
    this.#last = { tool, scriptName, givenName, label, host, repository, name };
    return name;
  }

  #nameOf(run: NameParts): string {
    const { tool, label, host, repository } = run;
    // Looser and looser: what other runs of the job may have told no more than.
    const loose = [
      ...(repository === null || run.givenName === null ? [] : [this.#job(tool, host, run.givenName, repository)]),
      ...(repository === null ? [] : [this.#job(tool, null, null, repository)]),
      // What goes wrong on the other side is told in the words of that side.
      ...(repository === null ? [] : [this.#job(tool, null, null, pathOfRepository(repository))]),
      ...[run.givenName, run.scriptName].flatMap((given) => [
        ...(host === null ? [] : [this.#job(tool, host, given ?? this.#fileName, null)]),
        this.#job(tool, null, given, null),
      ]),
    ];
    const name = label === null ? loose[0]! : this.#job(tool, host, label, repository);
    for (const looser of loose) {
      let names = this.names.get(looser);
      if (!names) this.names.set(looser, (names = new Set()));
      if (looser !== name) names.add(name);
    }
    return name;
  }

  #job(tool: string, host: string | null, label: string | null, repository: string | null): string {
    return this.#share(jobId(tool, { host, label, repository }, this.#fileName));
  }
}

/**
 * Where a repository is on the host that has it.
 *
 * @example pathOfRepository('ssh://backup@vault:2222/mnt/mail') //=> '/mnt/mail'
 */
function pathOfRepository(repository: string): string {
  return repository.replace(/^(?:ssh|sftp):\/\/[^/]{1,200}(?=\/)|^[^/\s:]{1,200}:(?=\/)/, '');
}
