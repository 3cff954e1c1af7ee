/** Borg's catalogs: `info` and `list` as JSON, and the table that `list` prints. */
import { withoutDate } from './jobName.ts';
import { countOf, durationOfSeconds, objectOf, textOf, type JsonObject } from './jsonValue.ts';
import type { RunAssembler } from './runAssembler.ts';

const tool = 'borg';

/** `info` and `list`. The deduplicated size of `info` speaks of now, not of the run, and is left out. */
export function readBorgCatalog(object: JsonObject, log: RunAssembler): boolean {
  const repository = textOf(objectOf(object.repository)?.location);
  log.eachElement(object, 'archives', (archive) => {
    const startedAt = log.stamps.parse(archive.start ?? archive.time);
    const name = textOf(archive.name) ?? textOf(archive.archive);
    if (startedAt === null || name === null) return;
    const label = withoutDate(name);
    const stats = objectOf(archive.stats);
    log.add(tool, {
      outcome: 'success',
      onlyInCatalog: true,
      label: label === '' ? null : label,
      repository,
      runId: textOf(archive.id) ?? name,
      startedAt,
      durationMs: durationOfSeconds(archive.duration),
      sizeBytes: countOf(stats?.original_size),
      fileCount: countOf(stats?.nfiles),
    });
  });
  return true;
}

const listed =
  /^(\S{1,200}) {1,200}((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}) \[([\da-f]{64})\]$/;

/** A row of the table that `borg list` prints: a catalog, which tells no sizes. */
export function readBorgListed(line: string, log: RunAssembler): boolean {
  const found = line.endsWith(']') ? listed.exec(line) : null;
  if (!found) return false;
  const label = withoutDate(found[1]!);
  const startedAt = log.stamps.parse(found[2]);
  log.add(tool, {
    outcome: 'success',
    onlyInCatalog: true,
    label: label === '' ? null : label,
    runId: found[3]!,
    startedAt,
    startedAtFrom: 'record',
  });
  return true;
}
