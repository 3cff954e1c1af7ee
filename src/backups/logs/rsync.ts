import type { OpenRun } from './openRun.ts';
import { parseGrouped, parseSize } from './quantity.ts';
import type { LogReader } from './reader.ts';
import type { RunAssembler } from './runAssembler.ts';

const tool = 'rsync';

/**
 * rsync: what it prints with `-v` or `--stats`, its `--log-file`, and its errors. rsnapshot runs rsync: within its run these
 * lines are about it, and several of them add up.
 */
export const rsync: LogReader = {
  tool,
  readLine(raw, log) {
    const processId = logHead.exec(raw)?.[1] ?? null;
    const line = processId === null ? raw : raw.slice(processId.length + 3);
    if (!mayBeRsyncs.test(line) || passedOn.test(line)) return false;
    const within = log.busyTool === 'rsnapshot';
    if (log.busyTool !== null && log.busyTool !== tool && !within) return false;
    // duplicity shows what the rsync that it ran said, after it has given up.
    if (log.peek('duplicity')?.failed) return log.tail('duplicity') !== null;
    if (processId !== null) followProcess(processId, log);
    if (begins.test(line)) {
      if (within || processId !== null) return true;
      if (log.peek(tool)?.hasResult) log.endRun(tool);
      else log.breakOff(tool);
      log.run(tool);
      return true;
    }
    return readStats(line, within ? 'rsnapshot' : tool, log) || readTrouble(line, within ? 'rsnapshot' : tool, log);
  },
};

const logHead = /^\[(\d{1,10})\] /;
const mayBeRsyncs =
  /^(?:building file|sending incr|receiving |Number of |Total |Literal|sent |total size|rsync|@ERROR)/;
/** Not its own words: another program names it before them. */
const passedOn =
  /^rsync: (?:$|Number of |Total |Literal|Matched|File list|sent |total size|building file|sending incr|receiving |rsync)/;
const begins = /^(?:building file list|sending incremental file list|receiving (?:incremental )?file list)/;
const stat =
  /^(Number of files|Number of regular files transferred|Number of files transferred|Total file size|Total transferred file size): ([\d.,]{1,30}[KMGTP]?)(?: bytes)?(?: \(reg: ([\d.,]{1,30}))?/;
const total = /^total size is ([\d.,]{1,30}[KMGTP]?) {1,4}speedup is /;
/** The last line of a log file; the code of an error may follow. */
const totals =
  /^sent ([\d.,]{1,30}[KMGTP]?) bytes {1,4}received [\d.,]{1,30}[KMGTP]? bytes {1,4}total size ([\d.,]{1,30}[KMGTP]?)/;
const sent = /^sent ([\d.,]{1,30}[KMGTP]?) bytes {1,4}received /;
/** The codes that come after the totals of a run that did the rest. */
const leftOut = /^2[345]$/;
const trouble =
  /^rsync: (?:\[|.{0,400}(?:fail|error|closed|unknown|refused|denied|No such|No space|not |mismatch|invalid|timeout|timed))/i;
const error = /^rsync error: .{1,400}? \(code (\d{1,3})\) at /;

/** In a log file each line tells the process: another one is another run. */
function followProcess(processId: string, log: RunAssembler): void {
  const open = log.peek(tool);
  if (open && open.processId !== null && open.processId !== processId) {
    if (open.hasResult) log.endRun(tool);
    else log.breakOff(tool);
  }
  const next = log.peek(tool);
  const run = next && !(next.ended && next.processId !== processId) ? log.tail(tool)! : log.run(tool);
  run.processId = processId;
}

function readStats(line: string, speaker: string, log: RunAssembler): boolean {
  const found = stat.exec(line);
  if (found) {
    const [, name, value, regular] = found as unknown as [string, string, string, string | undefined];
    const run = log.run(speaker);
    if (name === 'Number of files') add(run, 'fileCount', parseGrouped(regular ?? value));
    else if (name.startsWith('Number of')) add(run, 'changedFileCount', parseGrouped(value));
    else add(run, name === 'Total file size' ? 'sizeBytes' : 'addedBytes', parseSize(value, 1000));
    run.hasResult = true;
    return true;
  }
  const last = totals.exec(line);
  const whole = last ? null : total.exec(line);
  if (whole && line.endsWith('(DRY RUN)')) (log.tail(speaker) ?? log.run(speaker)).skipped = true;
  if (last || whole) {
    // With --stats in a log file this follows the other totals and says the same.
    const run = log.tail(speaker) ?? log.run(speaker);
    if (speaker === tool) {
      run.sizeBytes ??= parseSize((last ? last[2] : whole![1])!, 1000);
      if (last) run.addedBytes ??= parseSize(last[1]!, 1000);
      run.ended = true;
    }
    return true;
  }
  const moved = sent.exec(line);
  if (!moved) return /^(?:Number of (?:created|deleted)|Total bytes|Literal data)/.test(line);
  const run = log.run(speaker);
  if (speaker === tool) run.addedBytes ??= parseSize(moved[1]!, 1000);
  return true;
}

function add(
  run: OpenRun,
  what: 'fileCount' | 'changedFileCount' | 'sizeBytes' | 'addedBytes',
  value: number | null,
): void {
  if (value !== null) run[what] = (run[what] ?? 0) + value;
}

function readTrouble(line: string, speaker: string, log: RunAssembler): boolean {
  const ended = error.exec(line);
  if (ended) {
    const last = log.peek(speaker);
    // After the totals of a run that went well only what was left out can still be told of it.
    const isNext =
      last?.ended === true &&
      last.exitCode === null &&
      last.processId === null &&
      last.warnings === 0 &&
      !leftOut.test(ended[1]!);
    const run = (isNext ? null : log.tail(speaker)) ?? log.run(speaker);
    run.error ??= line;
    if (speaker === tool) {
      run.exitCode ??= Number(ended[1]);
      if (!leftOut.test(ended[1]!) && run.sizeBytes === 0) run.sizeBytes = null;
      run.ended = true;
    }
    return true;
  }
  if (!trouble.test(line) && !line.startsWith('@ERROR')) return false;
  // The other end goes down with the one that failed.
  if (log.peek(speaker)?.exitCode && /(?:Broken pipe|connection unexpectedly closed)/.test(line))
    return log.tail(speaker) !== null;
  // rsync goes on after most of these; its code at the end tells how bad it was.
  const run = log.run(speaker);
  run.warnings++;
  run.error ??= line;
  return true;
}
