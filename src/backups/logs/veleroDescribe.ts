/** What `velero backup describe` prints: the fields of one backup after another. */
import type { Outcome } from '../run.ts';
import { withoutDate } from './jobName.ts';
import { beginEntry, entryOf, growEntry, listingOf, openListing, type Listing } from './listing.ts';
import type { RunAssembler, RunFacts } from './runAssembler.ts';

type Head = Listing['head'];

const named = /^Name: {2,20}(\S{1,253})$/;
const scheduled = /^(?:Labels:)? {2,20}velero\.io\/schedule-name=(\S{1,253})$/;
const phase = /^Phase: {2,20}([A-Z][A-Za-z]{2,60})(?: \(|$)/;
const errors = /^Errors: {2,20}(\d{1,9})$/;
/** Restores have a phase too; only backups have a time to live. */
const lifetime = /^TTL: {2,20}\S/;
const location = /^Storage Location: {2,20}(\S{1,253})$/;
const time = /^(Started|Completed): {2,20}(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} [+-]\d{4})(?: [A-Z]{1,5}|[+-]\d{2,4})?$/;

/** Reads the line where it is of such a description; whether it was. */
export function readDescription(
  tool: string,
  line: string,
  phases: ReadonlyMap<string, Outcome>,
  log: RunAssembler,
): boolean {
  const name = line.startsWith('Name:') ? named.exec(line)?.[1] : undefined;
  if (name !== undefined) {
    openListing(log, tool, { name, line: log.line });
    return true;
  }
  const schedule = scheduled.exec(line)?.[1];
  if (schedule !== undefined) {
    if (!listingOf(log, tool) || entryOf(log, tool)) openListing(log, tool, { line: log.line });
    know({ schedule }, log);
    return true;
  }
  if (!listingOf(log, tool)) return false;
  const told = phase.exec(line)?.[1];
  const count = told === undefined ? errors.exec(line)?.[1] : undefined;
  const place = location.exec(line)?.[1];
  if (told !== undefined) know({ phase: told }, log);
  else if (count !== undefined) know({ errors: Number(count) }, log);
  else if (place !== undefined) know({ location: place }, log);
  else if (lifetime.test(line)) know({ lives: 1 }, log);
  else return readTime(tool, line, log);
  tellBackup(tool, phases, log);
  return true;
}

function know(facts: Head, log: RunAssembler): void {
  const listing = log.listing!;
  log.listing = { ...listing, head: { ...listing.head, ...facts } };
}

/** It is a backup, and how it went is known: older versions tell the one before the other. */
function tellBackup(tool: string, phases: ReadonlyMap<string, Outcome>, log: RunAssembler): void {
  const { head } = log.listing!;
  const outcome = phases.get(String(head.phase));
  const id = head.name === undefined ? null : String(head.name);
  const label = head.schedule === undefined ? id && (withoutDate(id) || id) : String(head.schedule);
  if (head.lives === undefined || outcome === undefined || label === null) return;
  const facts: RunFacts = {
    outcome,
    label,
    runId: id,
    repository: head.location === undefined ? null : log.share(String(head.location)),
    error:
      outcome === 'success' || !(Number(head.errors) > 0) ? null : `${head.errors} of its items could not be saved`,
  };
  if (entryOf(log, tool)) {
    growEntry(log, facts);
    return;
  }
  const { line } = log;
  log.line = Number(head.line);
  beginEntry(log, facts);
  log.line = line;
}

function readTime(tool: string, line: string, log: RunAssembler): boolean {
  const found = time.exec(line);
  if (!found) return false;
  const facts = entryOf(log, tool);
  const at = log.stamps.parse(found[2]!);
  // A restore's, which no script's start is either.
  if (!facts || at === null) return true;
  if (found[1] === 'Started') growEntry(log, { startedAt: at });
  else {
    const startedAt = facts.startedAt ?? null;
    growEntry(log, { durationMs: startedAt !== null && at >= startedAt ? at - startedAt : null });
  }
  return true;
}
