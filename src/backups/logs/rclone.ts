import { cleanText } from './cleanText.ts';
import { countOf, durationOfSeconds, numberOf, objectOf, textOf, type JsonObject } from './jsonValue.ts';
import type { OpenRun } from './openRun.ts';
import { parseDuration, parseSize } from './quantity.ts';
import type { LogReader } from './reader.ts';
import type { RunAssembler } from './runAssembler.ts';

const tool = 'rclone';
/** rclone prints its statistics every minute; a line that comes later than this after them belongs to another run. */
const statsEveryMs = 65_000;
/** Without -v it prints no statistics, and a long transfer may be silent for hours. */
const longestSilenceMs = 12 * 3_600_000;
/** Start times reckoned from two statistics of one run differ by no more. */
const sameStartMs = 2000;

/** rclone: its text log and `--use-json-log`. What it adds is what it transferred; the size of the source it never tells. */
export const rclone: LogReader = {
  tool,
  readObject(object, log) {
    if (typeof object.level !== 'string' || typeof object.msg !== 'string') return false;
    if (typeof object.source !== 'string' || !/\.go:\d{1,6}$/.test(object.source)) return false;
    log.lineTime = log.stamps.parse(object.time) ?? log.lineTime;
    const stats = objectOf(object.stats);
    if (stats) readStats(stats, log);
    else if (object.level === 'debug') readDebug(object.msg, log);
    else if (serves.test(object.msg)) serve(log);
    else readMessage(object.msg, /^(?:error|critical)$/i.test(object.level), log);
    return true;
  },
  readLine(line, log) {
    const found = levelled.exec(line);
    if (found) {
      const [, level, message] = found as unknown as [string, string, string];
      if (level.startsWith('DEBUG')) return readDebug(message, log);
      // Other tools have these levels too.
      if (serves.test(message)) return serve(log);
      if (/^(?:NOTICE|CRITICAL):/.test(level) && log.busyTool !== tool && !/^Config file/.test(message)) return false;
      readMessage(message, /^(?:ERROR|CRITICAL|ALERT|EMERGENCY)/.test(level), log);
      return true;
    }
    return readStatsLine(line, log) || readEnd(line, log);
  },
};

const levelled = /^(INFO {2}:|ERROR :|NOTICE:|DEBUG :|ALERT :|CRITICAL:|EMERGENCY:) ?(.*)$/;
/** Its first words, in the order in which it says them. */
const openings = [/^Starting (?:bandwidth|transaction) limiter/, /^Config file "/];
/** Past its first words; with statistics that said how much of the work was done. */
const atWork = openings.length + 1;
const someMoved = atWork + 1;
const allMoved = someMoved + 1;
/** What only a remote that is mounted or served says; what is copied through it later is no backup either. */
const serves =
  /(?:^|: )(?:vfs cache: |poll-interval is not supported|Mounting on "|Unmounted rclone mount|NFS Server running|Serving (?:FTP|SFTP|HTTP|NFS|restic)|WebDav Server started)/i;
/** Its first word at its most talkative, and in newer versions its last. */
const versionLine = /^rclone: Version \S{1,60} (starting|finishing) with parameters \[(.*)/;
const savingCommand = /"(?:sync|copy|copyto|move|moveto|bisync)"/;
const attempt = /^Attempt (\d{1,3})\/(\d{1,3}) (failed|succeeded)(?: with \d{1,9} errors? and: (.*))?/;
const transferred = /^Transferred:\s{1,20}(\S{1,20}(?: \S{1,6})?) \/ (\S{1,20}(?: \S{1,6})?), (\d{1,3}%|-)/;
/** What `--stats-one-line` prints. */
const nothingToDo = 'There was nothing to transfer';
const oneLineStats = /^\s{0,20}([\d.]{1,20} \S{1,6}) \/ [\d.]{1,20} \S{1,6}, (\d{1,3}%|-), /;
const ending = /^Failed to (?:sync|copy|copyto|move|moveto|bisync|create file system for)\b(.*)/;

/** Says that what follows is about no backup; a run that had only begun was none. */
function serve(log: RunAssembler): true {
  const open = log.peek(tool);
  if (open && !open.ended && !open.hasResult && !open.failed) log.abandon(tool);
  log.setServing(tool);
  return true;
}

/** The run that goes on at the time of the current line, whose message may be the first of the next. */
function runOf(message: string, log: RunAssembler): OpenRun {
  const step = openings.findIndex((opening) => opening.test(message)) + 1;
  const open = log.peek(tool);
  const silentMs = log.lineTime === null ? 0 : log.lineTime - (open?.endedAt ?? open?.lastSeenAt ?? log.lineTime);
  const isNext =
    open &&
    ((open.endedAt !== null && silentMs > statsEveryMs) ||
      (step > 0 ? open.openingStep >= step || silentMs > sameStartMs : silentMs > longestSilenceMs));
  if (isNext) leave(open, log);
  const run = log.run(tool);
  run.openingStep = step > 0 ? step : atWork;
  return run;
}

/** Another run begins: what the last statistics of this one said was its end, or it was cut off. */
function leave(open: Readonly<OpenRun>, log: RunAssembler): void {
  if (open.hasResult || open.failed || open.ended) log.endRun(tool);
  else log.breakOff(tool);
}

function readMessage(message: string, isError: boolean, log: RunAssembler): void {
  if (log.servingTool === tool && !openings.some((opening) => opening.test(message))) return;
  log.setServing(null);
  const run = runOf(message, log);
  if (message === nothingToDo && !run.failed) run.hasResult = true;
  const moved = oneLineStats.exec(message);
  if (moved) {
    run.addedBytes = parseSize(moved[1]!, 1024);
    run.endedAt = log.lineTime;
    run.hasResult = moved[2] === '100%' || moved[2] === '-';
    return;
  }
  const tried = attempt.exec(message);
  if (tried) {
    run.failed = tried[3] === 'failed' && tried[1] === tried[2];
    if (tried[4]) run.error = tried[4];
  } else if (isError) run.error ??= message;
}

/** Debug lines tell little, but the first of all is one of them. */
function readDebug(message: string, log: RunAssembler): boolean {
  const version = versionLine.exec(message);
  if (!version) return serves.test(message) ? serve(log) : log.tail(tool) !== null;
  if (version[1] === 'finishing') return log.tail(tool) !== null;
  const open = log.peek(tool);
  if (open && !open.ended) leave(open, log);
  if (!savingCommand.test(version[2]!)) {
    log.setServing(tool);
    return true;
  }
  log.setServing(null);
  log.run(tool);
  return true;
}

/** What the run did so far. Two statistics that reckon different starts are those of different runs. */
function runWithStats(elapsedMs: number | null, log: RunAssembler): OpenRun {
  const startedAt = elapsedMs === null || log.lineTime === null ? null : log.lineTime - elapsedMs;
  const open = log.peek(tool);
  if (
    open &&
    open.endedAt !== null &&
    startedAt !== null &&
    Math.abs(startedAt - (open.startedAt ?? startedAt)) > sameStartMs
  )
    leave(open, log);
  const run = log.run(tool);
  run.startedAt ??= startedAt;
  if (startedAt !== null) run.endedAt = log.lineTime;
  run.durationMs = elapsedMs;
  return run;
}

function readStats(stats: JsonObject, log: RunAssembler): void {
  const run = runWithStats(durationOfSeconds(stats.elapsedTime), log);
  run.addedBytes = countOf(stats.bytes);
  run.changedFileCount = countOf(stats.transfers);
  run.failed = (numberOf(stats.errors) ?? 0) > 0 || stats.fatalError === true;
  run.error = textOf(stats.lastError) ?? (run.failed ? run.error : null);
  run.hasResult = !((run.addedBytes ?? 0) < (countOf(stats.totalBytes) ?? 0));
}

/** The statistics in text stand on lines of their own, after the stamped line that begins them. */
function readStatsLine(line: string, log: RunAssembler): boolean {
  const open = log.peek(tool);
  if (!open) return false;
  log.lineTime ??= open.lastSeenAt;
  const moved = transferred.exec(line);
  if (moved) {
    const run = log.run(tool);
    const bytes = / /.test(moved[1]!) ? parseSize(moved[1]!, 1024) : null;
    if (bytes !== null) {
      run.addedBytes = bytes;
      run.failed = false;
      run.openingStep = moved[3] === '100%' || moved[3] === '-' ? allMoved : someMoved;
    } else run.changedFileCount = countOf(moved[1]);
    return true;
  }
  const errors = /^Errors:\s{1,30}(\d{1,12})/.exec(line);
  if (errors) {
    log.run(tool).failed = Number(errors[1]) > 0;
    return true;
  }
  const elapsed = /^Elapsed time:\s{1,30}(\S{1,30})/.exec(line);
  if (elapsed) {
    const { failed, error, addedBytes, changedFileCount, openingStep } = open;
    const run = runWithStats(parseDuration(elapsed[1]!), log);
    Object.assign(run, { failed, error, addedBytes, changedFileCount, openingStep });
    run.hasResult = openingStep !== someMoved;
    return true;
  }
  return /^(?:Checks|Deleted|Renamed|Transferring|Server Side \w+):\s/.test(line) || /^ \* {1,30}\S/.test(line);
}

function readEnd(line: string, log: RunAssembler): boolean {
  const found = ending.exec(line);
  if (!found || (log.lineTime === null && log.busyTool !== tool)) return false;
  const run = log.tail(tool) ?? log.run(tool);
  run.failed = true;
  run.ended = true;
  run.error = cleanText(found[1]!.replace(/^(?: with \d{1,9} errors: last error was)?: /, '')) || line;
  return true;
}
