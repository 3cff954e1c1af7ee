/** What `pgbackrest info` prints: a catalog with some lines for each backup. */
import type { BackupKind } from '../run.ts';
import { beginEntry, closeEntry, entryOf, growEntry, listingOf, openListing } from './listing.ts';
import { parseSize } from './quantity.ts';
import type { RunAssembler } from './runAssembler.ts';

/** How pgBackRest calls the kinds of backups. */
export const kinds = new Map<string, BackupKind>(
  Object.entries({ full: 'full', diff: 'differential', incr: 'incremental' }),
);

/** One stanza may be kept in several repositories, each with backups of its own. */
export function jobLabel(stanza: string, repository: number): string {
  return repository === 1 ? stanza : `${stanza} (repo${repository})`;
}

const stanzaHead = /^stanza: ([^\s"]{1,200})$/;
const listedBackup = /^\s{0,20}(full|diff|incr) backup: (\d{8}-\d{6}F(?:_\d{8}-\d{6}[DI])?)$/;
const instant = String.raw`(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:[+-]\d{2}(?::?\d{2})?)?)`;
/** Versions of the first years wrote `start / stop timestamp`. */
const timesHead = String.raw`(?:timestamp start/stop|start / stop timestamp): `;
const listedTimes = new RegExp(`^\\s{0,20}${timesHead}${instant} / ${instant}$`);
const listedSize = /^\s{0,20}database size: ([\d.]{1,15}[KMGTP]?B),/;
/** Versions before 2.34 told one repository, and gave it no number. */
const listedPlace =
  /^\s{0,20}(?:repo(\d{1,3}): (?:backup set size|compressed size): [\d.KMGTPB]{1,16}(?:, backup size: ([\d.]{1,15}[KMGTP]?B))?|repository size: [\d.KMGTPB]{1,16}, repository backup size: ([\d.]{1,15}[KMGTP]?B))$/;
const listedErrors = /^\s{0,20}(?:error\(s\) detected during backup|page checksum error)/;
const moreOfInfo = /^\s{0,20}(?:status|cipher|db \(|wal |backup reference |database list|symlinks|tablespaces|lsn )/;

/** Reads the line where it is of such a catalog; whether it was. */
export function readInfo(tool: string, line: string, log: RunAssembler): boolean {
  const stanza = line.startsWith('stanza: ') ? stanzaHead.exec(line) : null;
  if (stanza) {
    openListing(log, tool, { stanza: stanza[1]! });
    return true;
  }
  const listing = listingOf(log, tool);
  // Without its heading it tells nobody's times, and no script's start.
  if (!listing) return line.includes('timestamp start/stop: ') || line.includes('start / stop timestamp: ');
  const name = String(listing.head.stanza);
  const backup = listedBackup.exec(line);
  if (backup) {
    beginEntry(log, {
      outcome: 'success',
      onlyInCatalog: true,
      label: jobLabel(name, 1),
      runId: backup[2]!,
      kind: kinds.get(backup[1]!)!,
      startedAt: timeOfLabel(backup[2]!, log),
    });
    return true;
  }
  if (!entryOf(log, tool)) return moreOfInfo.test(line);
  if (line === '') {
    closeEntry(log);
    return true;
  }
  return readInfoOfEntry(line, name, log);
}

function readInfoOfEntry(line: string, stanza: string, log: RunAssembler): boolean {
  const times = listedTimes.exec(line);
  if (times) {
    const startedAt = log.stamps.parse(times[1]!);
    const stoppedAt = log.stamps.parse(times[2]!);
    const durationMs =
      startedAt !== null && stoppedAt !== null && stoppedAt >= startedAt ? stoppedAt - startedAt : null;
    if (startedAt !== null) growEntry(log, { startedAt, durationMs });
    return true;
  }
  const size = listedSize.exec(line);
  if (size) {
    growEntry(log, { sizeBytes: parseSize(size[1]!, 1024) });
    return true;
  }
  const place = listedPlace.exec(line);
  if (place) {
    const added = place[2] ?? place[3];
    growEntry(log, {
      label: jobLabel(stanza, Number(place[1] ?? 1)),
      addedBytes: added === undefined ? null : parseSize(added, 1024),
    });
    return true;
  }
  if (!listedErrors.test(line)) return moreOfInfo.test(line);
  growEntry(log, { outcome: 'partial', error: 'page checksum errors', failureClass: 'integrity' });
  return true;
}

/** `20260126-021717F_20260127-021728I` began at the last of its times, in the local time of the host. */
function timeOfLabel(label: string, log: RunAssembler): number | null {
  const [, year, month, day, hour, minute, second] = /(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)[FDI]$/.exec(label)!;
  return log.stamps.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}`);
}
