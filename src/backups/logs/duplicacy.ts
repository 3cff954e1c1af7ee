import { parseClock, parseGrouped, parseSize } from './quantity.ts';
import type { LogReader } from './reader.ts';
import type { RunAssembler } from './runAssembler.ts';

const tool = 'duplicacy';

/** Duplicacy: what `backup` prints, with `-log` (a level and an id in front) or without it. */
export const duplicacy: LogReader = {
  tool,
  failures: [
    [
      'repositoryMissing',
      /storage has not been initialized|Can't access the storage path|Failed to load the .{1,80}storage/i,
    ],
    ['auth', /incorrect password|Failed to decrypt|may be encrypted/i],
    ['network', /broken pipe|failed to send packet header|connection lost|: EOF$/i],
    ['lock', /Another .{0,40}duplicacy|previous shadow copy/i],
  ],
  readLine(line, log) {
    const coded = head.exec(line);
    if (!coded) return readSaid(line, log);
    const text = line.slice(coded[0].length);
    return readSaid(text, log) || readCoded(coded[1]!, coded[2]!, text, log);
  },
};

/** `INFO BACKUP_STATS `, behind the stamp. */
const head = /^(TRACE|DEBUG|INFO|WARN|ERROR|FATAL|ASSERT) ([A-Z]{2,20}(?:_[A-Z]{2,20}){1,3}) /;
const beginning = /^(?:No previous backup found|Last backup at revision \d{1,9} found)$/;
const storage = /^Storage set to (\S{1,1000})$/;
const indexing = /^Indexing (.{1,1000})$/;
const completed = /^Backup for (.{1,1000}) at revision \d{1,9} completed$/;
const files = /^Files: ([\d,]{1,20}) total, ([\d.,]{1,20}[KMGT]?) bytes; ([\d,]{1,20}) new, /;
const chunks = /^All chunks: .{1,200} ([\d.,]{1,20}[KMGT]?) bytes uploaded$/;
const runningTime = /^Total running time: (?:(\d{1,5}) days? )?(\d{1,3}:\d{2}:\d{2})$/;
const leftOut = /^\d{1,9} (?:files?|director(?:y|ies)) (?:was|were) not included due to access errors/;
const lostChunk = /^Failed to upload the chunk [0-9a-f]{64}:/;
const sentChunk = /^(?:Uploaded|Skipped) chunk \d{1,12} size \d{1,12}, [\d.]{1,12}[KMG]?B\/s /;
/** What only a backup says; a log may begin there. */
const ofBackup = /^(?:BACKUP|UPLOAD|PACK|INCOMPLETE)_/;
/** What the other commands say. */
const ofOthers = /^(?:RETENTION|FOSSIL|RESTORE|DOWNLOAD|COPY|SNAPSHOT_(?:PRUNE|DELETE|CHECK|COPY|LIST|VERIFY|INFO))/;

function readSaid(text: string, log: RunAssembler): boolean {
  if (beginning.test(text)) {
    log.breakOff(tool);
    log.setAside(false);
    log.run(tool).startedAt = log.lineTime;
    return true;
  }
  const place = storage.exec(text);
  if (place) {
    if (log.busyTool === tool) log.breakOff(tool);
    log.setAside(false);
    log.noteRepository(place[1]!);
    return true;
  }
  const saved = completed.exec(text);
  if (saved) {
    const run = log.run(tool);
    run.label ??= log.share(saved[1]!);
    run.ended = true;
    return true;
  }
  // Nobody else says these, with or without the rest.
  if (lostChunk.test(text)) return fail(text, log);
  if (sentChunk.test(text)) {
    if (log.busyTool === tool || log.peek(tool) === null) log.run(tool);
    return true;
  }
  return log.peek(tool) !== null && readStatistic(text, log);
}

function readStatistic(text: string, log: RunAssembler): boolean {
  const source = indexing.exec(text);
  const counted = source ? null : files.exec(text);
  const uploaded = (source ?? counted) ? null : chunks.exec(text);
  const took = (source ?? counted ?? uploaded) ? null : runningTime.exec(text);
  if (!source && !counted && !uploaded && !took && !leftOut.test(text)) return false;
  const run = log.tail(tool)!;
  if (source) run.label = log.share(source[1]!);
  else if (counted) {
    run.fileCount = parseGrouped(counted[1]!);
    run.sizeBytes = parseSize(counted[2]!, 1024);
    run.changedFileCount = parseGrouped(counted[3]!);
  } else if (uploaded) run.addedBytes = parseSize(uploaded[1]!, 1024);
  else if (took) run.durationMs = parseClock(took[1] === undefined ? took[2]! : `${took[1]} ${took[2]!}`);
  else run.partial = true;
  return true;
}

/** A line with `-log` whose words say nothing by themselves. */
function readCoded(level: string, id: string, text: string, log: RunAssembler): boolean {
  const fails = level === 'ERROR' || level === 'FATAL' || level === 'ASSERT';
  const busy = log.busyTool === tool;
  if (ofOthers.test(id)) {
    if (!busy) log.setAside(true);
    return true;
  }
  if (!busy && !ofBackup.test(id)) return (fails && log.lastTool === tool && fail(text, log)) || false;
  if (fails) return fail(text, log);
  // Chunks that were under way when it failed still come to their end.
  if (busy || log.peek(tool) === null) log.run(tool);
  return true;
}

function isLongAfter(last: number | null, at: number | null): boolean {
  return last !== null && at !== null && at - last > 3_600_000;
}

function fail(text: string, log: RunAssembler): boolean {
  if (log.failAside()) return true;
  const open = log.peek(tool);
  // Several chunks are under way at once, and the last words of what runs it repeat the reason.
  if (open?.failed && !isLongAfter(open.lastSeenAt, log.lineTime)) {
    log.tail(tool);
    return true;
  }
  const run = log.runInTrouble(tool);
  run.failed = true;
  run.ended = true;
  run.error ??= text;
  return true;
}
