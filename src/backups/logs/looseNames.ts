/** Names of jobs that say little, and what they turned out to stand for. */
import { jobId } from './jobName.ts';
import type { OpenRun } from './openRun.ts';

/** The parts of a job's name that a run tells. */
export type NameParts = Pick<OpenRun, 'tool' | 'givenName' | 'label' | 'host' | 'repository'>;

/**
 * Names the jobs of one log. Some runs tell only the script's words or their repository (failures mostly: the tool died
 * before it named anything): their names are loose, and each loose name keeps the full names that runs under it had.
 */
export class LooseNames {
  readonly #fileName: string;
  readonly #share: (text: string) => string;
  /** Loose names, each with the full names it may stand for. */
  readonly names = new Map<string, Set<string>>();

  constructor(fileName: string, share: (text: string) => string) {
    this.#fileName = fileName;
    this.#share = share;
  }

  /** Takes over what another one knows. */
  takeFrom(other: LooseNames): void {
    for (const [loose, full] of other.names) this.names.set(loose, new Set(full));
  }

  /** The full name where the run tells enough, else the loose one. */
  nameOf({ tool, givenName, label, host, repository }: NameParts): string {
    const loose = this.#job(tool, null, givenName, null);
    const fullNames = this.#standsFor(loose);
    // A host alone (syslog tells it) does not say which of the host's backups it is.
    if (label === null && repository === null) {
      if (host === null) return loose;
      const ofHost = this.#job(tool, host, givenName ?? this.#fileName, null);
      fullNames.add(ofHost);
      return ofHost;
    }
    if (label === null && givenName === null) {
      // Its repository alone: the name of the runs there that told more is found later.
      const ofRepository = this.#job(tool, null, null, repository);
      fullNames.add(ofRepository);
      return ofRepository;
    }
    const full = this.#job(tool, host, label ?? givenName, repository);
    fullNames.add(full);
    if (repository !== null) this.#standsFor(this.#job(tool, null, null, repository)).add(full);
    return full;
  }

  #job(tool: string, host: string | null, label: string | null, repository: string | null): string {
    return this.#share(jobId(tool, { host, label, repository }, this.#fileName));
  }

  #standsFor(loose: string): Set<string> {
    let names = this.names.get(loose);
    if (!names) this.names.set(loose, (names = new Set()));
    return names;
  }
}
