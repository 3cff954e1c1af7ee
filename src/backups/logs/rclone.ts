import { cleanText } from './cleanText.ts';
import { countOf, durationOfSeconds, numberOf, objectOf, textOf, type JsonObject } from './jsonValue.ts';
import type { OpenRun } from './openRun.ts';
import { parseDuration, parseSize } from './quantity.ts';
import type { LogReader } from './reader.ts';
import type { RunAssembler } from './runAssembler.ts';

const tool = 'rclone';
/** rclone prints its statistics every minute; a line that comes later than this after them belongs to another run. */
const statsEveryMs = 65_000;
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
    else readMessage(object.msg, /^(?:error|critical)$/i.test(object.level), log);
    return true;
  },
  readLine(line, log) {
    const found = levelled.exec(line);
    if (found) {
      const [, level, message] = found as unknown as [string, string, string];
      // Other tools have these levels too.
      if (/^(?:NOTICE|CRITICAL):/.test(level) && log.busyTool !== tool && !/^Config file/.test(message)) return false;
      readMessage(message, /^(?:ERROR|CRITICAL|ALERT|EMERGENCY)/.test(level), log);
      return true;
    }
    return readStatsLine(line, log) || readEnd(line, log);
  },
};

const levelled = /^(INFO {2}:|ERROR :|NOTICE:|DEBUG :|ALERT :|CRITICAL:|EMERGENCY:) ?(.*)$/;
const attempt = /^Attempt (\d{1,3})\/(\d{1,3}) (failed|succeeded)(?: with \d{1,9} errors? and: (.*))?/;
const transferred = /^Transferred:\s{1,20}(\S{1,20}(?: \S{1,6})?) \/ (\S{1,20}(?: \S{1,6})?), (?:\d{1,3}%|-)/;
const ending = /^Failed to (?:sync|copy|copyto|move|moveto|bisync|create file system for)\b(.*)/;

/** The run that goes on at the time of the current line. */
function runOf(log: RunAssembler): OpenRun {
  const open = log.peek(tool);
  if (open && open.endedAt !== null && log.lineTime !== null && log.lineTime - open.endedAt > statsEveryMs)
    log.endRun(tool);
  return log.run(tool);
}

function readMessage(message: string, isError: boolean, log: RunAssembler): void {
  const run = runOf(log);
  const tried = attempt.exec(message);
  if (tried) {
    run.failed = tried[3] === 'failed' && tried[1] === tried[2];
    if (tried[4]) run.error = tried[4];
  } else if (isError) run.error ??= message;
}

/** What the run did so far. Two statistics that reckon different starts are those of different runs. */
function runWithStats(elapsedMs: number | null, log: RunAssembler): OpenRun {
  const startedAt = elapsedMs === null || log.lineTime === null ? null : log.lineTime - elapsedMs;
  const open = log.peek(tool);
  if (open && open.endedAt !== null && startedAt !== null && Math.abs(startedAt - open.startedAt!) > sameStartMs)
    log.endRun(tool);
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
  run.hasResult = true;
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
    const { failed, error, addedBytes, changedFileCount } = open;
    const run = runWithStats(parseDuration(elapsed[1]!), log);
    Object.assign(run, { failed, error, addedBytes, changedFileCount });
    run.hasResult = true;
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
