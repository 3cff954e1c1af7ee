/** The table that `restic snapshots` prints: a catalog with a row for each snapshot and a line for each of its paths. */
import { beginEntry, closeEntry, entryOf, growEntry, listingOf, openListing, type Listing } from './listing.ts';
import { parseSize } from './quantity.ts';
import type { RunAssembler } from './runAssembler.ts';

const tool = 'restic';
const header = /^ID {2,20}(?:Time|Date) {2,40}Host\b/;
const row = /^([0-9a-f]{8}) {2}(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2})(?: |$)/;
const over = /^(?:-{10,}|\d+ snapshots?|snapshots for \(.{0,500}\):)$/;
/** Versions of 2018 draw lines between the paths of one snapshot. */
const branches = /^[│┌├└─\s]+/u;

/** Reads the line where it is of such a table; whether it was. */
export function readResticTable(line: string, log: RunAssembler): boolean {
  if (line.startsWith('ID ') && header.test(line)) {
    openListing(log, tool, columnsOf(line));
    return true;
  }
  const listing = listingOf(log, tool);
  if (!listing) return false;
  const found = row.exec(line);
  if (found) {
    readRow(line, found[1]!, found[2]!, listing, log);
    return true;
  }
  if (over.test(line)) {
    if (!line.startsWith('-')) closeEntry(log);
    return true;
  }
  return entryOf(log, tool) !== null && readPath(line, listing, log);
}

function columnsOf(line: string): Listing['head'] {
  return Object.fromEntries(Array.from(line.matchAll(/\S{1,40}/g), ({ 0: name, index }) => [name, index]));
}

/** What stands in a row in the column of this name, up to the next column. */
function cellOf(line: string, { head }: Listing, name: string): string {
  const from = head[name] as number | undefined;
  if (from === undefined) return '';
  const next = Math.min(...Object.values(head).filter((at): at is number => typeof at === 'number' && at > from));
  return line.slice(from, Number.isFinite(next) ? next : undefined).trim();
}

function pathIn(line: string, listing: Listing): string {
  return (cellOf(line, listing, 'Paths') || cellOf(line, listing, 'Directory')).replace(branches, '');
}

function readRow(line: string, id: string, time: string, listing: Listing, log: RunAssembler): void {
  // What `forget` keeps and removes is listed with reasons, and tells of no run that the catalog does not.
  if ('Reasons' in listing.head) return;
  const startedAt = log.stamps.parse(time);
  if (startedAt === null) return;
  const host = cellOf(line, listing, 'Host');
  const path = pathIn(line, listing);
  beginEntry(log, {
    outcome: 'success',
    onlyInCatalog: true,
    host: host === '' ? null : log.share(host),
    label: labelOfPath(path, cellOf(line, listing, 'Tags')),
    runId: id,
    startedAt,
    startedAtFrom: 'record',
    sizeBytes: parseSize(cellOf(line, listing, 'Size'), 1024),
  });
}

/** As the catalog in JSON names it: what comes from a pipe has no path of its own, and its tags tell it apart. */
function labelOfPath(path: string, tags: string): string | null {
  if (path === '') return null;
  if (tags === '' || path.lastIndexOf('/') !== 0) return path;
  return [path, ...tags.split(',').map((tag) => `#${tag}`)].join(' ');
}

/** A line with another path of the same snapshot, or with another of its tags. */
function readPath(line: string, listing: Listing, log: RunAssembler): boolean {
  const facts = entryOf(log, tool)!;
  if (log.listing!.entry!.endLine !== log.line - 1) return false;
  if (line === '') {
    closeEntry(log);
    return true;
  }
  // What passes the line on may have taken off the blanks in front.
  const path = line.startsWith('  ') ? pathIn(line, listing) : line.replace(branches, '');
  if (!/^(?:\/|[A-Za-z]:\\)/.test(path)) return line.startsWith('  ');
  const before = (facts.label ?? '').replace(/ #.*$/, '');
  growEntry(log, { label: before === '' ? path : `${before} ${path}` });
  return true;
}
