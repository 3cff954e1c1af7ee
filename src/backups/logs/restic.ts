import { arrayOf, countOf, durationOfSeconds, numberOf, objectOf, textOf, type JsonObject } from './jsonValue.ts';
import type { RunAssembler } from './runAssembler.ts';
import type { OpenRun } from './openRun.ts';
import { parseClock, parseSize } from './quantity.ts';
import type { LogReader } from './reader.ts';
import { readResticTable } from './resticTable.ts';

const tool = 'restic';

/** restic: `backup --json`, its text output, and the catalog of `snapshots --json`. */
export const restic: LogReader = {
  tool,
  // In the first second `seconds_elapsed` is 0 and left out.
  noise: ['{"message_type":"status","percent_done"', '{"message_type":"status"', '{"message_type":"verbose_status"'],
  readNoise(which, log) {
    readProgress(which === 0, log);
  },
  readObject(object, log) {
    if (typeof object.message_type === 'string') return readMessage(object, log);
    if (typeof object.short_id === 'string' && Array.isArray(object.paths)) return readSnapshot(object, log);
    if (Array.isArray(object.snapshots) && 'group_key' in object) {
      for (const snapshot of arrayOf(object.snapshots)) readSnapshot(objectOf(snapshot) ?? {}, log);
      return true;
    }
    // `stats --json` and `forget --json` are understood and are no runs.
    if ('total_size' in object && ('snapshots_count' in object || 'total_file_count' in object)) return true;
    if (Array.isArray(object.keep) && 'remove' in object && 'paths' in object) {
      log.setAside(true);
      return true;
    }
    return false;
  },
  readLine: readTextLine,
};

function readMessage(object: JsonObject, log: RunAssembler): boolean {
  switch (object.message_type) {
    case 'summary':
      if ('num_errors' in object) {
        log.setAside(true); // the summary of `check`
        return true;
      }
      readSummary(object, log);
      return true;
    case 'error': {
      const run = runOfError(log);
      run.partial = true;
      run.error ??= errorText(object);
      return true;
    }
    case 'exit_error': {
      if (isOfAnother(textOf(object.message) ?? '', log)) return true;
      const run = log.tail(tool) ?? log.runInTrouble(tool);
      run.exitCode ??= numberOf(object.code);
      run.ended = true;
      const message = textOf(object.message);
      // With code 3 the message only says that there were errors; those said more.
      if (object.code !== 3) {
        run.failed = object.code !== 130;
        run.error = message ?? run.error;
      } else run.error ??= message;
      return true;
    }
    case 'status':
      readProgress(!('seconds_elapsed' in object), log);
      return true;
    case 'verbose_status':
      log.run(tool);
      return true;
    default:
      return true;
  }
}

/**
 * What an error is about. It goes to another stream than the summary, and where a script puts both into one file it may
 * come after it; a run that begins tells its progress first.
 */
function runOfError(log: RunAssembler): OpenRun {
  return (hasSaved(log) && log.tail(tool)) || log.run(tool);
}

/** Whether the last that was told of a script's backup is that it saved its snapshot. */
function hasSaved(log: RunAssembler): boolean {
  const last = log.peek(tool);
  return log.inSession && last?.ended === true && last.runId !== null && !last.failed;
}

/**
 * A lock that any other lock is in the way of, as `forget`, `prune` and `check` need it. What keeps a backup waiting is
 * always "locked exclusively by" another.
 */
const needsAllToItself = /\balready locked by\b/;

/** Whether a fatal word is not about a backup, but about the command after one. */
function isOfAnother(message: string, log: RunAssembler): boolean {
  if (!needsAllToItself.test(message)) return log.failAside();
  if (log.busyTool === null && !hasSaved(log)) log.noteHint(message);
  log.setAside(true);
  log.failAside();
  return true;
}

/** The first second again, or hours after the last word: the run before was cut off. */
function readProgress(inFirstSecond: boolean, log: RunAssembler): void {
  const open = log.peek(tool);
  const silentMs = log.lineTime === null || !open?.lastSeenAt ? 0 : log.lineTime - open.lastSeenAt;
  if (silentMs > longestSilenceMs || (inFirstSecond && open && open.openingStep > firstSecond)) log.breakOff(tool);
  const run = log.run(tool);
  run.openingStep = Math.max(run.openingStep, inFirstSecond ? firstSecond : firstSecond + 1);
}

function readSummary(summary: JsonObject, log: RunAssembler): void {
  log.setAside(false);
  const run = log.run(tool);
  run.ended = true;
  run.skipped = summary.dry_run === true;
  run.runId = textOf(summary.snapshot_id);
  run.durationMs = durationOfSeconds(summary.total_duration);
  run.startedAt = log.stamps.parse(summary.backup_start);
  run.endedAt = log.stamps.parse(summary.backup_end);
  takeCounts(run, summary);
}

/** The counts that a summary holds; newer versions leave out those that are 0. */
function countsOf(summary: JsonObject): Pick<OpenRun, 'sizeBytes' | 'addedBytes' | 'fileCount' | 'changedFileCount'> {
  return {
    sizeBytes: countOf(summary.total_bytes_processed ?? 0),
    addedBytes: countOf(summary.data_added ?? 0),
    fileCount: countOf(summary.total_files_processed ?? 0),
    changedFileCount: (countOf(summary.files_new ?? 0) ?? 0) + (countOf(summary.files_changed ?? 0) ?? 0),
  };
}

function takeCounts(run: OpenRun, summary: JsonObject): void {
  Object.assign(run, countsOf(summary));
}

function errorText(object: JsonObject): string {
  const error = objectOf(object.error);
  const parts = [textOf(error?.message), textOf(error?.Op), textOf(error?.Path), errnoText(error?.Err)].filter(
    (part) => part !== null,
  );
  const what = parts.join(' ');
  const item = textOf(object.item);
  return item === null || what.includes(item) ? what : `${what} (${item})`;
}

const errnoNames: Readonly<Record<number, string>> = {
  2: 'no such file or directory',
  5: 'input/output error',
  13: 'permission denied',
  28: 'no space left on device',
  110: 'connection timed out',
  111: 'connection refused',
};

function errnoText(value: unknown): string | null {
  if (typeof value === 'number') return errnoNames[value] ?? `error ${value}`;
  return textOf(value);
}

/** An entry of the catalog; versions from 0.17 on keep the summary in it. */
function readSnapshot(snapshot: JsonObject, log: RunAssembler): boolean {
  const startedAt = log.stamps.parse(snapshot.time);
  const id = textOf(snapshot.id) ?? textOf(snapshot.short_id);
  if (startedAt === null || id === null) return false;
  const summary = objectOf(snapshot.summary);
  const begin = summary && log.stamps.parse(summary.backup_start);
  const end = summary && log.stamps.parse(summary.backup_end);
  const host = textOf(snapshot.hostname);
  log.add(tool, {
    outcome: 'success',
    onlyInCatalog: true,
    host: host === null ? null : log.share(host),
    label: snapshotLabel(snapshot),
    runId: id,
    startedAt: begin ?? startedAt,
    durationMs: begin !== null && end !== null && end >= begin ? end - begin : null,
    ...(summary ? countsOf(summary) : {}),
  });
  return true;
}

/** The paths; for data from a pipe, which has no path of its own, its tags too. */
function snapshotLabel(snapshot: JsonObject): string {
  const paths = arrayOf(snapshot.paths).filter((path) => typeof path === 'string');
  const piped = paths.length === 1 && paths[0]!.lastIndexOf('/') === 0;
  const tags = piped ? arrayOf(snapshot.tags).filter((tag) => typeof tag === 'string') : [];
  return [...paths, ...tags.map((tag) => `#${tag}`)].join(' ');
}

/** restic's first words, in the order in which it says them (most only with `--verbose`). */
const openings = [
  /^open repository$/,
  /^lock repository$/,
  /^(?:using parent snapshot [0-9a-f]|no parent snapshot found)/,
  /^load index files$/,
  /^(?:start scan on |scan \[)/,
  /^start backup on \[/,
];
/** What is backed up, in the words of older versions too. */
const pathsOf = /^(?:start backup on|scan) \[(.{1,1000})\]/;
/** A run that has come this far has opened its repository. */
const repositoryOpened = 3;
const firstSecond = openings.length + 1;
/** With `--json` restic tells its progress all the time. */
const longestSilenceMs = 3_600_000;
const opened = /^repository ([0-9a-f]{8,64}) opened/;
const files = /^Files: +(\d+) new, +(\d+) changed, +(\d+) unmodified/;
const added = /^Added to the repo(?:sitory)?: ([\d.]+ [KMGTP]?i?B)/;
const processed = /^processed (\d+) files, ([\d.]+ [KMGTP]?i?B) in ([\d:]+)/;
/** Of versions before 0.9, which tell no totals: `duration: 52:07, 295.87MiB/s`. */
const took = /^duration: ([\d:]{4,12})(?:, |$)/;
const saved = /^snapshot ([0-9a-f]{8,64}) saved/;
const otherCommand =
  /^(?:Applying Policy:|counting files in repo|building new index|check all packs|check snapshots, trees and blobs|create exclusive lock for repository|load(?:ing)? indexes|using temporary cache in|loading all snapshots\.\.\.|finding data that is still in use|\d+ snapshots? have been removed)/i;
const anyOfThese =
  /^(?:using |no parent|start backup|repository |Files: |Added to|processed |snapshot |Fatal: |error: |Warning: |unable to create lock|signal |counting |building |check |create excl|load|finding |Applying|\d+ snapshot|can not obtain|Is there a repo|\[\d+:\d\d\] |open repo|lock repo|start scan|scan |duration: |Dirs: |Data Blobs: |Tree Blobs: |(?:new|modified|unchanged|deleted) {1,6}\/|main\.|\t?runtime[./]|\t?github\.com\/)/i;
const progress =
  /^(?:\[\d+:\d\d\] |scan finished in |Dirs: |Data Blobs: |Tree Blobs: |(?:new|modified|unchanged) {1,6}\/)/;
const unreadFile = /^error: (?:\w{1,40}: ){0,3}[a-z]{2,30} (?:\/|[A-Za-z]:\\)/;
/** Where an error that restic has no words for came from. */
const stackTrace = /^(?:main\.\w|runtime\.\w{1,20}$|\t?runtime\/\w{1,40}\.\w|\t?github\.com\/[\w.-]{1,60}\/\S{1,200}$)/;
/** Some files could not be read: what restic says of it last, also in the words of versions up to 0.12. */
const notAllRead =
  /^Warning: (?:at least one source file could not be read|failed to read all source data during backup)/;
/** How the line ends that tells of a path that is not there: the snapshot is made without it, and the exit code is 0. */
const leftOut = ' does not exist, skipping';
/** What goes wrong before a backup begins. */
const cannotOpen =
  /^(?:unable to create lock|Fatal: (?:unable to (?:open|create lock)|wrong password|repository |config |Resolving password|an empty password|Please specify|all (?:target|source) ))/;

function readTextLine(line: string, log: RunAssembler): boolean {
  if (readResticTable(line, log)) return true;
  if (!anyOfThese.test(line) && !line.endsWith(leftOut)) return false;
  if (progress.test(line)) return true;
  if (readOpening(line, log)) return true;
  const repository = opened.exec(line);
  if (repository) {
    log.noteRepository(repository[1]!);
    return true;
  }
  if (otherCommand.test(line)) {
    // The script has gone on to its next command: a backup that had not come to its end never did.
    if (log.busyTool === tool && log.peek(tool)!.openingStep > 0) {
      const run = log.tail(tool)!;
      run.failed = true;
      run.ended = true;
    }
    log.setAside(true);
    return true;
  }
  const counts = files.exec(line);
  if (counts) {
    log.setAside(false);
    const run = log.run(tool);
    run.changedFileCount = Number(counts[1]) + Number(counts[2]);
    run.fileCount = run.changedFileCount + Number(counts[3]);
    return true;
  }
  const bytes = added.exec(line);
  if (bytes) {
    log.run(tool).addedBytes = parseSize(bytes[1]!, 1024);
    return true;
  }
  const total = processed.exec(line);
  if (total) {
    const run = log.run(tool);
    run.fileCount = Number(total[1]);
    run.sizeBytes = parseSize(total[2]!, 1024);
    run.durationMs = parseClock(total[3]!);
    return true;
  }
  const duration = log.busyTool === tool ? took.exec(line) : null;
  if (duration) {
    log.run(tool).durationMs = parseClock(duration[1]!);
    return true;
  }
  const snapshot = saved.exec(line);
  if (snapshot) {
    const run = log.run(tool);
    run.runId = snapshot[1]!;
    run.ended = true;
    return true;
  }
  return readTrouble(line, log);
}

function readOpening(line: string, log: RunAssembler): boolean {
  const step = openings.findIndex((opening) => opening.test(line)) + 1;
  if (step === 0) return false;
  const open = log.peek(tool);
  if (open && !open.ended && open.openingStep >= step) log.breakOff(tool);
  log.setAside(false);
  const run = log.run(tool);
  run.openingStep = step;
  const paths = pathsOf.exec(line)?.[1];
  if (paths !== undefined) run.label = log.share(paths);
  return true;
}

function readTrouble(line: string, log: RunAssembler): boolean {
  // Other programs in Go crash in the same words.
  if (stackTrace.test(line) && (log.lastTool === null || log.lastTool === tool || log.lastTool === 'script')) {
    const run = log.peek(tool)?.failed ? log.tail(tool)! : log.run(tool);
    run.failed = true;
    run.ended = true;
    return true;
  }
  if (line.endsWith(leftOut)) {
    const run = log.run(tool);
    run.partial = true;
    run.error ??= line;
    return true;
  }
  if (line.startsWith('Fatal: ') || line.startsWith('unable to create lock in backend')) {
    if (isOfAnother(line, log)) return true;
    const last = log.peek(tool);
    // The words at the end of a stack trace are about what the trace is about.
    if (last?.failed && last.error === null && last.endLine === log.line - 1) {
      const run = log.tail(tool)!;
      run.error = line;
      return true;
    }
    if (last?.cancelled && !cannotOpen.test(line)) return log.tail(tool) !== null;
    if (last && last.openingStep >= repositoryOpened && cannotOpen.test(line)) log.breakOff(tool);
    const run = log.runInTrouble(tool);
    const again = run.failed;
    run.failed = true;
    run.ended = true;
    if (again) return true;
    const isWhy = run.error !== null && (!run.partial || run.error.endsWith(leftOut));
    run.error = isWhy ? `${line}: ${run.error}` : line;
    return true;
  }
  if (line.startsWith('Is there a repository at')) {
    const run = log.tail(tool);
    if (run?.error) run.error = `${run.error}: ${line}`;
    return run !== null;
  }
  if (line.startsWith('error: ')) {
    // Any program says it so; only with what was done to which file is it restic that speaks first.
    if (log.isAside && log.busyTool === null && !unreadFile.test(line)) return true;
    if (!log.peek(tool) && !unreadFile.test(line)) return false;
    const run = log.run(tool);
    run.partial = true;
    run.error ??= line;
    return true;
  }
  if (notAllRead.test(line)) {
    const run = log.tail(tool) ?? log.run(tool);
    run.partial = true;
    run.error ??= line;
    return true;
  }
  if (/^signal (?:interrupt|terminated) received/.test(line)) {
    const run = log.run(tool);
    run.cancelled = true;
    run.ended = true;
    return true;
  }
  return false;
}
