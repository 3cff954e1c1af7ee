import { countOf, durationOfSeconds } from './jsonValue.ts';
import type { LogReader } from './reader.ts';
import type { RunAssembler } from './runAssembler.ts';

const tool = 'duplicity';

/** duplicity: the statistics it prints after a backup, its fatal words, and its `--log-file`. */
export const duplicity: LogReader = {
  tool,
  readLine(raw, log) {
    const line = raw.startsWith('. ') ? raw.slice(2) : raw;
    if (log.busyTool !== null && log.busyTool !== tool) return false;
    if (log.lastTool === tool && heading.test(line)) log.mute(cleanup.test(line));
    if (log.isMuted && log.lastTool === tool) return begins.test(line) || cleanup.test(line);
    if (log.busyTool === tool && restart.test(line)) {
      log.run(tool).openingStep = restarted;
      return true;
    }
    if (log.busyTool === tool && talk.test(line)) return true;
    return readBegin(line, log) || readStatistic(line, log) || readTrouble(line, log);
  },
};

/** The run before was killed: it says its first words once more. */
const restart = /^(?:RESTART: | *Restart is impossible)/;
const restarted = 1;
/** Headings of the script duplicity-backup.sh; under this one duplicity removes old backups, and says what it says of new ones. */
const cleanup = /^-{3,30}\[ Duplicity Cleanup \]-{3,30}$/;
const heading = /^-{3,30}(?:\[| {2,8}(?:START|END) )/;
/** What it says with -v5 and more while it works. */
const talk =
  /^(?:AsyncScheduler: |Processed volume |Writing |Deleting |Found \d{1,9} |Import of \S{1,100} (?:Succeeded|Failed: No)|Using |Processing (?:local|remote) manifest|[AMD] \S)/;
const statistic =
  /^(StartTime|EndTime|ElapsedTime|SourceFiles|SourceFileSize|NewFiles|ChangedFiles|TotalDestinationSizeChange|Errors|DeletedFiles|NewFileSize|ChangedFileSize|ChangedDeltaSize|DeltaEntries|RawDeltaSize) (\d{1,20}(?:\.\d{1,10})?)(?: \(|$)/;
const startTime = /^StartTime \d{9,10}\.\d{1,6} \(/;
const fatal =
  /^(?:BackendException|Backup source directory .{1,500} does not exist|Giving up after \d|GPGError|GPG Failed|Fatal Error|Another instance is already running|Another duplicity instance|Temp space has|Import of \S{1,100} Failed.{0,40}fatal|Bad .{1,60} url)/;
/** Anyone may say this: it counts where duplicity has spoken. */
const fatalOfAny = /^Unable to /;
const logFileError = /^ERROR (\d{1,3})(?: |$)/;

const synchronizes = /^(?:Local and Remote metadata are synchronized|Synchronizing remote metadata)/;
const begins = /^(?:Local and Remote metadata are|Synchronizing remote metadata|Last full backup date:)/;

function readBegin(line: string, log: RunAssembler): boolean {
  if (synchronizes.test(line)) {
    if (log.peek(tool)?.openingStep !== restarted) log.breakOff(tool);
    log.setAside(false);
    log.run(tool).openingStep = 0;
    return true;
  }
  if (line.startsWith('Last full backup date:')) {
    // A backup compares what is here and there before; a command that removes old ones does not.
    if (log.busyTool !== tool && log.lastTool === tool) {
      log.setAside(true);
      return true;
    }
    log.run(tool).kind = line.endsWith(' none') ? 'full' : 'incremental';
    return true;
  }
  if (line === 'Collection Status') {
    // That was no backup: only its status was asked for.
    log.abandon(tool);
    return true;
  }
  if (/^-{10,30}\[ Backup Statistics \]-{10,30}$/.test(line)) {
    log.run(tool);
    return true;
  }
  return false;
}

function readStatistic(line: string, log: RunAssembler): boolean {
  // The names of these are the same in every language; the heading above them is not.
  if (log.busyTool !== tool && !(log.busyTool === null && startTime.test(line))) return false;
  const found = statistic.exec(line);
  if (!found) {
    if (line.startsWith('Error accessing ')) log.run(tool).error ??= line;
    return false;
  }
  const run = log.run(tool);
  const [, name, value] = found as unknown as [string, string, string];
  switch (name) {
    case 'StartTime':
      run.startedAt = log.stamps.parse(Number(value));
      // Without the words that begin a backup: statistics that are kept beside the output, once more.
      if (run.kind === null && log.hasTold(tool, null, run.startedAt)) log.abandon(tool);
      break;
    case 'EndTime':
      run.endedAt = log.stamps.parse(Number(value));
      break;
    case 'ElapsedTime':
      run.durationMs = durationOfSeconds(value);
      break;
    case 'SourceFiles':
      run.fileCount = countOf(value);
      break;
    case 'SourceFileSize':
      run.sizeBytes = countOf(value);
      break;
    case 'NewFiles':
    case 'ChangedFiles':
      run.changedFileCount = (run.changedFileCount ?? 0) + Number(value);
      break;
    case 'TotalDestinationSizeChange':
      run.addedBytes = countOf(value);
      break;
    case 'Errors':
      run.partial = Number(value) > 0;
      run.ended = true;
      break;
    default:
  }
  return true;
}

function readTrouble(line: string, log: RunAssembler): boolean {
  const coded = logFileError.exec(line);
  if (coded) {
    const run = log.runInTrouble(tool);
    run.failed = true;
    run.exitCode ??= Number(coded[1]);
    return true;
  }
  if (line === 'Traceback (innermost last):') {
    log.runInTrouble(tool).failed = true;
    return true;
  }
  const open = log.peek(tool);
  if (open?.failed && open.error === null && !open.ended && line !== '') {
    const run = log.run(tool);
    // The lines of the trace stand further in than the exception that ends it.
    if (line.startsWith('  ')) return true;
    run.error = line.trim();
    run.ended = true;
    return true;
  }
  if (!fatal.test(line) && !(fatalOfAny.test(line) && log.lastTool === tool)) return false;
  const run = log.runInTrouble(tool);
  run.failed = true;
  run.error ??= line;
  run.ended = true;
  return true;
}
