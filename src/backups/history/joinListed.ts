/** What a log tells without the tool's own id, joined to the catalog's entry that was made meanwhile. */
import { isNamedByFile } from './nameJobs.ts';
import { mergeRuns, nameWithoutPlace, type PlacedRun } from './joinRuns.ts';

/** So far from a run the clocks of a script and of a tool may put an entry that is the run's. */
const slackMs = 5000;
/** A run that tells no end may have begun its archive so much later. */
const longestMs = 60_000;

/**
 * Joins runs that tell no id (Borg without `--stats`, a quiet restic between the lines of a script) to the entry of a
 * catalog that began while they ran. Only where no other entry, and no other run, comes into question.
 */
export function joinListed(placed: PlacedRun[]): PlacedRun[] {
  const entries = placed.filter(({ run }) => run.onlyInCatalog && run.startedAt !== null).sort(byStart);
  if (entries.length === 0) return placed;
  const claims = new Map<PlacedRun, PlacedRun | null>();
  for (const told of placed) {
    const entry = isWithoutId(told) ? onlyEntryOf(told, entries) : null;
    if (entry) claims.set(entry, claims.has(entry) ? null : told);
  }
  const joined = new Set<PlacedRun>();
  for (const [entry, told] of claims) {
    if (!told) continue;
    const { tool } = told.run.tool === 'script' ? entry.run : told.run;
    told.run = { ...mergeRuns(told.run, entry.run), tool };
    told.catalogJob = entry.catalogJob;
    joined.add(entry);
  }
  return joined.size === 0 ? placed : placed.filter((one) => !joined.has(one));
}

function byStart(a: PlacedRun, b: PlacedRun): number {
  return a.run.startedAt! - b.run.startedAt!;
}

/** Whether a run may have made an archive, and only its id is missing. */
function isWithoutId({ run }: PlacedRun): boolean {
  return !run.onlyInCatalog && run.runId === null && run.startedAt !== null && run.outcome !== 'failure';
}

function onlyEntryOf(told: PlacedRun, entries: readonly PlacedRun[]): PlacedRun | null {
  const { run } = told;
  const from = run.startedAt! - slackMs;
  const to = run.startedAt! + (run.durationMs ?? longestMs) + slackMs;
  let found: PlacedRun | null = null;
  for (let n = firstFrom(entries, from); n < entries.length && entries[n]!.run.startedAt! <= to; n++) {
    if (!mayBe(told, entries[n]!)) continue;
    if (found) return null;
    found = entries[n]!;
  }
  return found;
}

/** The index of the first entry that began then or later. */
function firstFrom(entries: readonly PlacedRun[], at: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries[middle]!.run.startedAt! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function mayBe({ run, log }: PlacedRun, { run: entry }: PlacedRun): boolean {
  if (run.tool !== 'script' && familyOf(run.tool) !== familyOf(entry.tool)) return false;
  if (run.host !== null && entry.host !== null && shortName(run.host) !== shortName(entry.host)) return false;
  if (run.repository !== null && entry.repository !== null && run.repository !== entry.repository) return false;
  const isLoose = run.tool === 'script' || log.looseNames.has(run.job) || isNamedByFile(run, log);
  return isLoose || labelOf(run.job) === labelOf(entry.job);
}

/** borgmatic runs Borg: their archives are in one catalog. */
function familyOf(tool: string): string {
  return tool === 'borgmatic' ? 'borg' : tool;
}

function shortName(host: string): string {
  return host.replace(/\..*$/, '').toLowerCase();
}

function labelOf(job: string): string {
  return nameWithoutPlace(job).replace(/^\S+ /, '');
}
