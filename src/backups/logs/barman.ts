import type { Outcome } from '../run.ts';
import { arrayOf, countOf, numberOf, objectOf, textOf, type JsonObject } from './jsonValue.ts';
import { beginEntry, closeEntry, entryOf, growEntry, openListing } from './listing.ts';
import { parseDuration, parseSize } from './quantity.ts';
import type { LogReader } from './reader.ts';
import type { RunAssembler, RunFacts } from './runAssembler.ts';

const tool = 'barman';

/** Barman: `list-backups` and `show-backup` as text and as JSON, its log file, and what it prints. The server is the job. */
export const barman: LogReader = {
  tool,
  failures: [
    ['lock', /Another backup process is running|Another process is running/i],
    ['sourceMissing', /Check 'PostgreSQL' failed|Error retrieving PostgreSQL status|cannot connect to/i],
    ['repositoryMissing', /Check 'directories' failed/i],
    ['space', /No space left/i],
  ],
  readObject(object, log) {
    let known = false;
    for (const server of Object.keys(object).slice(0, 200)) {
      const value = object[server];
      if (isBackup(objectOf(arrayOf(value)[0]))) {
        log.eachElement(object, server, (backup) => addBackup(backup, server, log));
        known = true;
      } else if (isBackup(objectOf(value))) {
        addBackup(objectOf(value)!, server, log);
        known = true;
      }
    }
    return known;
  },
  readLine(line, log) {
    const said = line.replace(logHead, '');
    // All that its log holds is its own, and means nothing to anyone else.
    return readSaid(said, log) || readShown(said, log) || said.length < line.length;
  },
};

const idTime = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})$/;
const statuses = new Map<string, Outcome>(
  Object.entries({
    DONE: 'success',
    WAITING_FOR_WALS: 'success',
    FAILED: 'failure',
    STARTED: 'running',
    SYNCING: 'running',
  }),
);

function isBackup(object: JsonObject | null): boolean {
  return idTime.test(textOf(object?.backup_id) ?? '') && statuses.has(textOf(object?.status) ?? '');
}

function addBackup(backup: JsonObject, server: string, log: RunAssembler): void {
  const id = textOf(backup.backup_id);
  const outcome = statuses.get(textOf(backup.status) ?? '');
  if (id === null || outcome === undefined) return;
  const details = objectOf(backup.base_backup_information);
  const began = numberOf(details?.begin_time_timestamp);
  const ended = numberOf(details?.end_time_timestamp) ?? numberOf(backup.end_time_timestamp);
  const startedAt = began === null ? timeOfId(id, log) : log.stamps.parse(began);
  const endedAt = ended === null ? null : log.stamps.parse(ended);
  log.add(tool, {
    outcome,
    label: server,
    runId: id,
    startedAt,
    durationMs: startedAt !== null && endedAt !== null && endedAt >= startedAt ? endedAt - startedAt : null,
    sizeBytes: countOf(backup.size_bytes) ?? countOf(details?.disk_usage_bytes),
    error: textOf(backup.error),
  });
}

/** `20260601T020000` is when it began, in the local time of the server. */
function timeOfId(id: string, log: RunAssembler): number | null {
  const found = idTime.exec(id);
  return found && log.stamps.parse(`${found[1]}-${found[2]}-${found[3]}T${found[4]}:${found[5]}:${found[6]}`);
}

const logHead = /^\[\d{1,10}\] barman\.[\w.]{1,60} (?:DEBUG|INFO|WARNING|ERROR|CRITICAL): /;
const beginning = /^Starting backup using [\w-]{1,40} method for server (\S{1,200}) in \S{1,1000}\/(\d{8}T\d{6})$/;
const completed =
  /^Backup completed \(start time: (\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d{1,6})?), elapsed time: (.{1,80})\)$/;
const size = /^Backup size: ([\d.]{1,15} [KMGTP]?i?B)/;
/** A script's own `Backup failed with exit code 1` is none of it. */
const failed = /^(?:ERROR: )?(Backup failed [a-z]{3,20}ing .{1,200})$/;
const notStarted = /^(?:ERROR: )?(Impossible to start the backup\b.*|Another backup process is running.*)$/;
const details = /^(?:DETAILS|EXCEPTION): (.*)$/;
/** What follows a failure: the words of Python and of the program that copied. */
const traceback =
  /^(?:Traceback \(most recent|\s|\w{1,60}(?:Error|Exception)\b|See log file for more|pg_basebackup|rsync error:|unexpected end of filter)/;
/** The one of rsync's lines that tells why. */
const rsyncSaid = /^(?:rsync: .{1,400}|rsync error: .{1,200} \(code \d{1,3}\) at .{1,200})$/;
/** Lines in which rsync may say it, behind those that name what failed. */
const longestReport = 30;
const steps =
  /^(?:Backup (?:start|end) at (?:LSN|xlog location)|ERROR: The backup has failed [a-z ]{3,40}$|Asking PostgreSQL server to finali[sz]e|Starting archive-wal for server |Starting backup copy|Copy done|Finalising the backup|Processing xlog|This is the first backup|WAL segments preceding|Waiting for the WAL file)/;
const checkFailed = /^Check '.{1,80}' failed for server '(.{1,200})'/;

/**
 * A row of `list-backups`: `pg 20260109T021729 - Fri Jan  9 02:17:33 2026 - Size: 38.8 MiB - WAL Size: 1.0 MiB`; later
 * versions tell the kind by a letter: `pg 20260109T021729 - F - Fri Jan …`.
 */
const row =
  /^(\S{1,200}) (\d{8}T\d{6})(?: '.{1,200}')?(?: - [A-Z])? - (?:(STARTED|FAILED|SYNCING)|([A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}) - Size: ([\d.]{1,15} [KMGTP]?i?B)\b)/;

function readRow(text: string, log: RunAssembler): boolean {
  const found = row.exec(text);
  if (!found) return false;
  const [, server, id, status, end, bytes] = found;
  const startedAt = timeOfId(id!, log);
  const endedAt = end === undefined ? null : log.stamps.parse(end);
  log.add(tool, {
    outcome: status === undefined ? 'success' : statuses.get(status)!,
    label: server!,
    runId: id!,
    startedAt,
    durationMs: startedAt !== null && endedAt !== null && endedAt >= startedAt ? endedAt - startedAt : null,
    sizeBytes: bytes === undefined ? null : parseSize(bytes, 1024),
  });
  return true;
}

function readSaid(text: string, log: RunAssembler): boolean {
  if (readRow(text, log)) return true;
  const begun = beginning.exec(text);
  if (begun) {
    log.breakOff(tool);
    const run = log.run(tool);
    run.label = log.share(begun[1]!);
    run.runId = begun[2]!;
    // On the console nothing else tells when it began; in its log the stamps do, to the millisecond.
    if (log.lineTime === null) run.startedAt = timeOfId(begun[2]!, log);
    return true;
  }
  if (checkFailed.test(text)) {
    // Without a server nothing is compatible with it.
    if (!text.includes("'pg_basebackup compatible'")) log.noteHint(text);
    return true;
  }
  const refused = notStarted.exec(text);
  if (refused) {
    refuse(refused[1]!, log);
    return true;
  }
  const lost = failed.exec(text);
  if (lost) {
    // It may fail before it has said that it starts.
    const run = log.run(tool);
    run.failed = true;
    run.ended = true;
    run.error = lost[1]!;
    return true;
  }
  const open = log.peek(tool);
  return open !== null && readStep(text, log);
}

/** It never began; a run that is under way goes on beside it. */
function refuse(reason: string, log: RunAssembler): void {
  if (log.busyTool === tool) {
    const { label } = log.peek(tool)!;
    log.add(tool, { outcome: 'failure', label, startedAt: log.lineTime, error: reason });
    return;
  }
  const run = log.run(tool);
  run.failed = true;
  run.ended = true;
  run.error = reason;
  const server = checkFailed.exec(run.hint ?? '')?.[1];
  if (server !== undefined) run.label = log.share(server);
}

/** rsync's own lines about the copy that failed. */
function readRsyncs(text: string, log: RunAssembler): boolean {
  const { failed, error, endLine } = log.peek(tool)!;
  if (!failed || log.line - endLine > longestReport || !rsyncSaid.test(text)) return false;
  const run = log.tail(tool)!;
  if (!/ rsync(?: error)?: /.test(error ?? '')) run.error = `${error ?? ''} ${text}`;
  return true;
}

function readStep(text: string, log: RunAssembler): boolean {
  const why = details.exec(text);
  if (why && log.peek(tool)!.failed) {
    const run = log.tail(tool)!;
    const error = run.error ?? '';
    if (!error.includes(why[1]!)) run.error = `${error} ${why[1]!}`;
    return true;
  }
  if (readRsyncs(text, log)) return true;
  if (log.peek(tool)!.failed && traceback.test(text)) return true;
  if (steps.test(text)) return true;
  if (log.busyTool !== tool) return false;
  const done = completed.exec(text);
  if (done) {
    const run = log.run(tool);
    run.startedAt = log.stamps.parse(done[1]!);
    run.durationMs = parseDuration(done[2]!);
    run.ended = true;
    return true;
  }
  const bytes = size.exec(text);
  if (bytes) log.run(tool).sizeBytes = parseSize(bytes[1]!, 1024);
  return bytes !== null;
}

const shown = /^Backup (\d{8}T\d{6}):$/;
/** Some of the names stand in two parts, for the base backup and for its WAL: the first counts. */
const field =
  /^ {0,4}(Server Name|Backup Name|Status|Disk usage|Backup Size|Begin time|End time|Error) {0,30}: (\S.{0,500})$/;
const anyField = /^(?: {2,4}[A-Z][\w /]{1,40}(?::| {1,30}:(?: .*)?)| {4,8}\S.*)$/;

/** A line of what `show-backup` prints. */
function readShown(line: string, log: RunAssembler): boolean {
  const begun = line.startsWith('Backup 2') ? shown.exec(line) : null;
  if (begun) {
    openListing(log, tool, {});
    beginEntry(log, { outcome: 'unknown', runId: begun[1]!, startedAt: timeOfId(begun[1]!, log) });
    return true;
  }
  const facts = entryOf(log, tool);
  if (!facts) return false;
  const found = field.exec(line);
  if (!found) {
    if (line !== '' && !anyField.test(line)) closeEntry(log);
    return anyField.test(line);
  }
  takeField(found[1]!, found[2]!, facts, log);
  return true;
}

function takeField(name: string, value: string, facts: RunFacts, log: RunAssembler): void {
  const at = name.endsWith(' time') ? log.stamps.parse(value) : null;
  if (name === 'Server Name') growEntry(log, { label: value });
  else if (name === 'Status') growEntry(log, { outcome: statuses.get(value) ?? 'unknown' });
  else if (name === 'Error') growEntry(log, { error: value });
  else if (name === 'Begin time' && at !== null) growEntry(log, { startedAt: at });
  else if (name === 'End time' && at !== null) growEntry(log, { durationMs: timeSince(facts.startedAt, at) });
  else if (facts.sizeBytes === undefined && / usage$| Size$/.test(name)) {
    const bytes = /^[\d.]{1,15} [KMGTP]?i?B/.exec(value)?.[0];
    growEntry(log, { sizeBytes: bytes === undefined ? null : parseSize(bytes, 1024) });
  }
}

function timeSince(start: number | null | undefined, end: number): number | null {
  return typeof start === 'number' && end >= start ? end - start : null;
}
