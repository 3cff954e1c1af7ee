/** Catalogs that tools print for people: what stands above their entries, and the entry that goes over several lines. */
import type { RunAssembler, RunFacts } from './runAssembler.ts';

/** A printed catalog that is being read. Never changed in place: the assembler hands it to its fork. */
export interface Listing {
  readonly tool: string;
  /** What stands above the entries and counts for all of them: a server's name, where the columns begin. */
  readonly head: Readonly<Record<string, string | number>>;
  /** The entry that may go on with the next line. */
  readonly entry: ListedEntry | null;
}

/** What is known so far of one entry, and on which lines it stands. */
export interface ListedEntry {
  readonly line: number;
  readonly endLine: number;
  readonly facts: RunFacts;
}

/** So many lines of an entry may tell nothing, one after another. */
const longestPause = 12;

/** A catalog begins: what it tells of all its entries. */
export function openListing(log: RunAssembler, tool: string, head: Listing['head']): void {
  closeEntry(log);
  log.listing = { tool, head, entry: null };
}

/** The catalog of this tool that is being read; null when none is. */
export function listingOf(log: RunAssembler, tool: string): Listing | null {
  return log.listing?.tool === tool ? log.listing : null;
}

/** The facts of the entry that goes on with the line in hand; null where none does. */
export function entryOf(log: RunAssembler, tool: string): RunFacts | null {
  const entry = listingOf(log, tool)?.entry;
  return entry && log.line - entry.endLine <= longestPause ? entry.facts : null;
}

/** The line in hand begins an entry. */
export function beginEntry(log: RunAssembler, facts: RunFacts): void {
  closeEntry(log);
  if (log.listing) log.listing = { ...log.listing, entry: { line: log.line, endLine: log.endLine, facts } };
}

/** The line in hand tells more of the entry. */
export function growEntry(log: RunAssembler, facts: Partial<RunFacts>): void {
  const { listing } = log;
  if (!listing?.entry) return;
  const { line, facts: known } = listing.entry;
  log.listing = { ...listing, entry: { line, endLine: log.endLine, facts: { ...known, ...facts } } };
}

/** The entry is told: what comes belongs to another, or to none. */
export function closeEntry(log: RunAssembler): void {
  const { listing, line, endLine } = log;
  if (!listing?.entry) return;
  log.listing = { ...listing, entry: null };
  log.line = listing.entry.line;
  log.endLine = listing.entry.endLine;
  log.add(listing.tool, listing.entry.facts);
  log.line = line;
  log.endLine = endLine;
}
