import { countOf, textOf, type JsonObject } from './jsonValue.ts';
import type { LogReader } from './reader.ts';
import type { RunAssembler } from './runAssembler.ts';

const tool = 'wal-g';

/** WAL-G: the catalog of `backup-list --detail --json`, and what `backup-push` writes. */
export const walG: LogReader = {
  tool,
  failures: [
    ['repositoryMissing', /NoSuchBucket|bucket does not exist|failed to (?:find|configure) .{0,40}folder/i],
    ['sourceMissing', /failed to connect to|connect: no such file|PGDATA|could not connect/i],
  ],
  readObject(object, log) {
    const name = textOf(object.backup_name);
    if (name === null || !('wal_file_name' in object || 'wal_segment_backup_start' in object)) return false;
    addBackup(object, name, log);
    return true;
  },
  readLine(line, log) {
    const said = levelled.exec(line);
    if (!said) return false;
    const [, level, stamp, text] = said as unknown as [string, string, string, string];
    log.lineTime = log.stamps.parse(stamp) ?? log.lineTime;
    return readSaid(level, text, log);
  },
};

const levelled = /^(INFO|WARNING|ERROR|DEBUG|FATAL): (\d{4}\/\d{2}\/\d{2} \d{2}:\d{2}:\d{2}(?:\.\d{1,9})?) (.*)$/;
const beginning =
  /^(?:Calling pg_start_backup|Selecting the latest backup|Doing full backup|Backup will be pushed|Running remote backup)/;
const deltaOf = /^(?:LATEST backup is|Delta backup from|Delta backup enabled)/;
const step =
  /^(?:Starting part \d|Walking|Finished writing part \d|Packing|Starting a new tar bundle|Started backup with name)/;
/** Only backups have parts there. */
const lostPart = /^failed to upload '[^']{0,400}basebackups_\d{3}\//;
const written = /^Wrote backup with name (\S{1,120}?)(?: to storage .*)?$/;

function addBackup(backup: JsonObject, name: string, log: RunAssembler): void {
  const startedAt = log.stamps.parse(backup.start_time) ?? log.stamps.parse(backup.time ?? backup.modified);
  const finishedAt = log.stamps.parse(backup.finish_time);
  const host = textOf(backup.hostname);
  log.add(tool, {
    outcome: 'success',
    onlyInCatalog: true,
    host: host === null ? null : log.share(host),
    label: textOf(backup.data_dir),
    runId: name,
    startedAt,
    durationMs: startedAt !== null && finishedAt !== null && finishedAt >= startedAt ? finishedAt - startedAt : null,
    sizeBytes: countOf(backup.uncompressed_size),
    addedBytes: countOf(backup.compressed_size),
    kind: name.includes('_D_') ? 'incremental' : 'full',
  });
}

function readSaid(level: string, text: string, log: RunAssembler): boolean {
  if (deltaOf.test(text) || beginning.test(text)) {
    const open = log.peek(tool);
    // Several lines stand before the first byte is written.
    if (open && !open.ended && open.hasResult) log.breakOff(tool);
    const run = log.run(tool);
    if (text.startsWith('Doing full backup')) run.kind = 'full';
    else if (deltaOf.test(text)) run.kind = 'incremental';
    return true;
  }
  const done = written.exec(text);
  if (done) {
    const run = log.run(tool);
    run.runId = done[1]!;
    run.kind = done[1]!.includes('_D_') ? 'incremental' : 'full';
    run.ended = true;
    return true;
  }
  if (step.test(text)) {
    log.run(tool);
    return true;
  }
  if (level !== 'ERROR' && level !== 'FATAL') return log.busyTool === tool;
  // `wal-push` writes the same kind of lines, and is no backup.
  if (log.busyTool !== tool && !log.inSession && !lostPart.test(text)) return false;
  const run = log.runInTrouble(tool);
  run.failed = true;
  run.ended = true;
  run.error ??= text;
  return true;
}
