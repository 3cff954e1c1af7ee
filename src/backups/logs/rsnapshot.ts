import type { OpenRun } from './openRun.ts';
import type { LogReader } from './reader.ts';
import type { RunAssembler } from './runAssembler.ts';

const tool = 'rsnapshot';
/** ERROR lines that come so close after one another tell of one run. */
const sameFailureMs = 60_000;

/** rsnapshot: its log file, and the commands it prints. The interval (alpha, daily, …) is the job. */
export const rsnapshot: LogReader = {
  tool,
  readLine(line, log) {
    settleRival(line, log);
    return readInvocation(line, log) || readCommand(line, log) || readError(line, log);
  },
};

/** How far its first words have come. */
const saidStart = 1;
const wrotePid = 2;

const invocation =
  /^(?:(?:WARNING|ERROR): )?\S{0,200}rsnapshot(?: (.{0,500}?))? ?\b(\w{1,60}): (started|completed successfully|completed, but with some (?:warnings|errors)|ERROR: .*|WARNING: .*)$/;
const lockTaken = /: ERROR: Lockfile .{1,500} exists and so does its process/;
const announced = /^\S{0,200}rsnapshot(?: (.{0,500}?))? ?\b(\w{1,60})$/;
/** Of a run that was broken off the pid stayed behind; the next one takes it away before it writes its own. */
const staleLock = /^WARNING: (?:Removing stale lockfile |About to remove lockfile )/;
const pidFile = /^echo \d{1,10} > \S{1,300}\.pid$/;
/** All that it prints of a run that left something out, where it prints no commands. */
const leftOut =
  /^WARNING: Some files and\/or directories in .{1,1000} (?:only transferred partially|vanished) during rsync operation$/;
const commands =
  /^(?:\/\S{0,200}rsync |\/\S{0,200}logger -p user\.|rm -r?f |\/bin\/|touch |mkdir |mv |native_cp_al\(|WARNING: )/;
const intervalCommand = /^(?:touch |mkdir -m 0755 -p |mv |native_cp_al\()/;

function readInvocation(line: string, log: RunAssembler): boolean {
  const found = invocation.exec(line);
  if (!found) return false;
  const [, options, interval, said] = found as unknown as [string, string | undefined, string, string];
  if (said === 'started') {
    if (isUnderWay(log)) {
      log.noteRival(tool, {
        line: log.line,
        at: log.lineTime,
        openingStep: saidStart,
        ...namesOf(interval, options),
      });
      return true;
    }
    endLast(log);
    const run = log.run(tool);
    run.openingStep = saidStart;
    name(run, interval, options);
    return true;
  }
  if (said.startsWith('ERROR: ')) {
    if (loseToLock(said, log)) return true;
    name(runInError(log), interval, options);
    takeError(said, log);
    return true;
  }
  const run = log.run(tool);
  name(run, interval, options);
  if (said.startsWith('WARNING: ')) run.error ??= said;
  else {
    run.ended = true;
    run.partial = said.endsWith('warnings');
    run.failed = said.endsWith('errors');
  }
  return true;
}

function isUnderWay(log: RunAssembler): boolean {
  const open = log.peek(tool);
  return open !== null && !open.ended && !open.failed && !open.hasResult && log.strandKey === '';
}

/** A second run may start and find the lock taken; whatever else comes, the first had been broken off. */
function settleRival(line: string, log: RunAssembler): void {
  if (log.peek(tool)?.rival && !lockTaken.test(line)) log.breakOff(tool);
}

function loseToLock(said: string, log: RunAssembler): boolean {
  const rival = log.peek(tool)?.rival;
  if (!rival) return false;
  const { line } = log;
  log.line = rival.line;
  log.add(tool, {
    outcome: 'failure',
    label: rival.label ?? rival.givenName,
    startedAt: rival.at,
    durationMs: rival.at === null || log.lineTime === null ? null : log.lineTime - rival.at,
    error: said.replace(/^ERROR: /, ''),
  });
  log.line = line;
  log.noteRival(tool, null);
  return true;
}

/** The run before is over, with a result or without. */
function endLast(log: RunAssembler): void {
  const open = log.peek(tool);
  if (open?.hasResult || open?.failed) log.endRun(tool);
  else log.breakOff(tool);
}

/** The interval; with a configuration of its own, which it does not always tell, that would not keep two jobs apart. */
function name(run: OpenRun, interval: string, options: string | undefined): void {
  const { givenName, label } = namesOf(interval, options);
  run.givenName = givenName;
  run.label = label ?? run.label;
}

function namesOf(interval: string, options: string | undefined): { givenName: string; label: string | null } {
  const config = /(?:^| )-c ?(\S{1,300})/.exec(options ?? '')?.[1];
  return { givenName: interval, label: config === undefined ? null : `${interval} (${config})` };
}

/** What it prints when it runs verbosely: the commands, one a line. */
function readCommand(line: string, log: RunAssembler): boolean {
  if (line.startsWith('Setting locale to POSIX')) {
    // In a detailed log file the started line stands before it.
    const open = log.peek(tool);
    if (open?.openingStep === saidStart && !open.failed && !open.ended) log.run(tool);
    else endLast(log);
    return true;
  }
  if (staleLock.test(line)) {
    const open = log.peek(tool);
    if (open && (open.openingStep >= wrotePid || open.hasResult)) endLast(log);
    const run = log.run(tool);
    run.warnings++;
    run.error ??= line;
    return true;
  }
  if (pidFile.test(line)) {
    // In the log file the started line stands before it.
    const open = log.peek(tool);
    if (open && (open.openingStep >= wrotePid || open.failed || open.hasResult)) endLast(log);
    log.run(tool).openingStep = wrotePid;
    return true;
  }
  if (leftOut.test(line)) {
    const run = log.run(tool);
    run.warnings++;
    run.error ??= line;
    return true;
  }
  if (log.busyTool !== tool || !commands.test(line)) return false;
  const run = log.run(tool);
  const interval = intervalCommand.test(line) ? [...line.matchAll(/\/(\w{1,60})\.\d{1,4}\b/g)].at(-1)?.[1] : undefined;
  if (interval !== undefined && run.label === null) run.givenName = interval;
  if (/^rm -f \S{1,300}\.pid$/.test(line)) run.hasResult = run.openingStep >= wrotePid;
  else if (line.startsWith('WARNING: ')) {
    run.warnings++;
    run.error ??= line;
  }
  return true;
}

function readError(line: string, log: RunAssembler): boolean {
  if (line.startsWith('rsnapshot encountered an error!')) {
    const running = log.peek(tool);
    if (!(running?.openingStep === wrotePid && !running.hasResult)) endLast(log);
    log.run(tool).failed = true;
    return true;
  }
  const open = log.peek(tool);
  if (!open?.failed || open.sealed) return false;
  const told = announced.exec(line);
  if (told && open.givenName === open.scriptName && open.label === null) {
    name(log.run(tool), told[2]!, told[1]);
    return true;
  }
  if (!line.startsWith('ERROR: ')) return false;
  takeError(line, log);
  return true;
}

function runInError(log: RunAssembler): OpenRun {
  const open = log.peek(tool);
  const goesOn =
    open?.failed &&
    log.lineTime !== null &&
    open.lastSeenAt !== null &&
    log.lineTime - open.lastSeenAt <= sameFailureMs;
  if (open?.failed && !goesOn) log.endRun(tool);
  return log.run(tool);
}

/** The first lines name the place and, after a colon, what is wrong with it. */
function takeError(said: string, log: RunAssembler): void {
  const run = log.run(tool);
  const text = withoutContinuation(said.replace(/^ERROR: /, ''));
  run.failed = true;
  if (run.error === null) run.error = text;
  else if (run.error.endsWith(':')) run.error = `${run.error} ${text}`;
}

/** It breaks long lines with a backslash. */
function withoutContinuation(text: string): string {
  const line = text.trimEnd();
  return line.endsWith('\\') ? line.slice(0, -1).trimEnd() : line;
}
