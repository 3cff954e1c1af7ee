import { arrayOf, countOf, numberOf, objectOf, textOf, type JsonObject } from './jsonValue.ts';
import type { OpenRun } from './openRun.ts';
import { jobLabel, kinds, readInfo } from './pgbackrestInfo.ts';
import { parseSize } from './quantity.ts';
import type { LogReader } from './reader.ts';
import type { RunAssembler } from './runAssembler.ts';

const tool = 'pgbackrest';

/** pgBackRest: the catalog of `info` as text and as JSON, its log file, and what it prints. The stanza is the job. */
export const pgbackrest: LogReader = {
  tool,
  failures: [
    ['lock', /unable to acquire lock|another pgBackRest process/i],
    // A write that was cut short leaves the error of another call.
    ['space', /No space left|\[28\]|unable to write .{1,500}\[2\] No such file/i],
    ['permission', /\[13\] Permission denied/i],
    ['sourceMissing', /unable to find primary cluster|could not connect to server|unable to connect to .{0,80}dbname/i],
    ['timeout', /was not archived before the|timed? ?out/i],
    ['repositoryMissing', /archive\.info|backup\.info|stanza.{0,80}(?:missing|not valid|does not exist)/i],
    ['integrity', /checksum|do(?:es)? not match/i],
  ],
  readObject(object, log) {
    if (!Array.isArray(object.backup) || !objectOf(object.status) || !Array.isArray(object.db)) return false;
    const stanza = textOf(object.name);
    log.eachElement(object, 'backup', (backup) => addBackup(backup, stanza, log));
    return true;
  },
  readLine(line, log) {
    if (line === '-------------------PROCESS START-------------------') {
      log.breakOff(tool);
      log.setAside(false);
      return true;
    }
    const said = levelled.exec(line);
    if (said) return readSaid(said[1]!, said[2]!, log);
    const error = errorOnScreen.exec(line);
    if (error) return readError(Number(error[1]), error[2]!, log);
    // On the screen warnings go without process and stamp.
    if (line.startsWith('WARN: ') && log.busyTool === tool) return readSaid('WARN', line.slice(6), log);
    return (goesOn.test(line) && goOn(line, log)) || readInfo(tool, line, log);
  },
};

// Versions before 1.05 counted threads.
const levelled = /^[PT]\d{2,3} +(ERROR|WARN|INFO|DETAIL|DEBUG|TRACE): +(.*)$/;
const errorOnScreen = /^ERROR:? \[(\d{3})\]: (?:: )?(.*)$/;
const numbered = /^\[(\d{3})\]: (.*)$/;
const goesOn = /^\s*(?:HINT: |\w{1,40}Error: |\[\w{1,40}\] on \d+ retr|Is the server running)/;
const command = /^([a-z-]{2,20}) command (begin|end)(?:[ :]|$)/;
const result = /^(full|diff|incr) backup size = ([\d.]{1,15}[KMGTP]?B)(?:, file total = (\d{1,12})|$)/;
const newLabel = /^new backup label = (\d{8}-\d{6}F(?:_\d{8}-\d{6}[DI])?)/;
const ending =
  /^backup command end: (?:completed successfully|(aborted) with exception \[(\d{3})\]|terminated on signal \[SIG(\w{1,8})\])(?: \((\d{1,12})ms\))?/;

function readSaid(level: string, text: string, log: RunAssembler): boolean {
  const coded = level === 'ERROR' ? numbered.exec(text) : null;
  if (coded) return readError(Number(coded[1]), coded[2]!, log);
  const about = command.exec(text);
  if (about && about[1] !== 'backup') {
    log.setAside(about[2] === 'begin');
    return true;
  }
  if (about?.[2] === 'begin') {
    log.breakOff(tool);
    log.setAside(false);
    takeOptions(log.run(tool), text, log);
    return true;
  }
  if (about) return readEnd(text, log);
  const label = newLabel.exec(text);
  const size = label ? null : result.exec(text);
  // A log that was cut in front tells of a backup's end without its beginning.
  if (log.busyTool !== tool && !label && !size) return true;
  if ((label || size) && log.peek(tool)?.failed) log.endRun(tool);
  const run = log.run(tool);
  if (label) run.runId = label[1]!;
  else if (size) {
    run.kind = kinds.get(size[1]!)!;
    run.sizeBytes = parseSize(size[2]!, 1024);
    if (size[3] !== undefined) run.fileCount = Number(size[3]);
  } else if (level === 'WARN' && /^invalid checksum|page checksum|invalid page/.test(text)) {
    run.partial = true;
    run.error ??= text;
  } else if (level === 'WARN' && !run.partial) run.hint ??= text.slice(0, 500);
  return true;
}

function readEnd(text: string, log: RunAssembler): boolean {
  const end = ending.exec(text);
  if (!end) return true;
  const open = log.peek(tool);
  const run = open && !open.ended ? log.tail(tool)! : log.run(tool);
  const [, aborted, code, signal, took] = end;
  if (aborted !== undefined) {
    run.failed = true;
    run.exitCode ??= Number(code);
  } else if (signal !== undefined) run.cancelled = true;
  run.ended = true;
  if (took !== undefined) run.durationMs = Number(took);
  return true;
}

function readError(code: number, text: string, log: RunAssembler): boolean {
  if (log.failAside()) return true;
  const open = log.peek(tool);
  // It tells one error and ends: one behind a backup that went well, or behind another error, is the next night's.
  const isNext = open !== null && !log.inSession && (open.failed ? open.error !== null : open.ended);
  if (isNext) log.endRun(tool);
  const run = isNext ? log.run(tool) : (log.tail(tool) ?? log.runInTrouble(tool));
  run.failed = true;
  run.exitCode ??= code;
  run.error ??= text;
  return true;
}

/** An error may go on over several lines, which say why. */
function goOn(line: string, log: RunAssembler): boolean {
  const open = log.peek(tool);
  if (!open?.failed || open.error === null) return open !== null && log.busyTool === tool;
  const run = log.tail(tool)!;
  if (run.error!.endsWith(':')) run.error = `${run.error} ${line.trim()}`;
  return true;
}

/** The options, as the tool tells them, hold the names: stanza, database host, repository. */
function takeOptions(run: OpenRun, text: string, log: RunAssembler): void {
  const option = (name: string): string | null =>
    new RegExp(` --${name}=("[^"]{1,300}"|\\S{1,300})`).exec(text)?.[1]?.replaceAll('"', '') ?? null;
  const stanza = option('stanza');
  const repository = option('repo') ?? '1';
  run.label = stanza === null ? null : log.share(jobLabel(stanza, Number(repository)));
  run.host = option('pg1-host') ?? run.host;
  const place =
    option(`repo${repository}-s3-bucket`) ??
    option(`repo${repository}-gcs-bucket`) ??
    option(`repo${repository}-azure-container`);
  const path = option(`repo${repository}-path`);
  const server = option(`repo${repository}-host`);
  const where = `${server === null ? '' : `${server}:`}${place ?? ''}${path ?? ''}`;
  if (where !== '') run.repository = log.share(where);
  const kind = option('type');
  if (kind !== null) run.kind = kinds.get(kind) ?? null;
}

function addBackup(backup: JsonObject, stanza: string | null, log: RunAssembler): void {
  const label = textOf(backup.label);
  const timestamp = objectOf(backup.timestamp);
  const startedAt = log.stamps.parse(timestamp?.start);
  if (label === null || startedAt === null) return;
  const stoppedAt = log.stamps.parse(timestamp?.stop);
  const info = objectOf(backup.info);
  const repository = numberOf(objectOf(backup.database)?.['repo-key']) ?? 1;
  const spoiled = backup.error === true || arrayOf(backup['error-list']).length > 0;
  log.add(tool, {
    outcome: spoiled ? 'partial' : 'success',
    onlyInCatalog: true,
    label: stanza === null ? null : jobLabel(stanza, repository),
    runId: label,
    startedAt,
    durationMs: stoppedAt !== null && stoppedAt >= startedAt ? stoppedAt - startedAt : null,
    sizeBytes: countOf(info?.size),
    addedBytes: countOf(objectOf(info?.repository)?.delta),
    kind: kinds.get(textOf(backup.type) ?? '') ?? null,
    error: spoiled ? 'page checksum errors' : null,
    failureClass: spoiled ? 'integrity' : null,
  });
}
