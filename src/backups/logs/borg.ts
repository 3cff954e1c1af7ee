import { readBorgCatalog, readBorgListed } from './borgCatalog.ts';
import { countOf, durationOfSeconds, numberOf, objectOf, textOf, type JsonObject } from './jsonValue.ts';
import { withoutDate } from './jobName.ts';
import type { OpenRun } from './openRun.ts';
import { parseDuration, parseGrouped, parseSize } from './quantity.ts';
import type { LogReader } from './reader.ts';
import type { RunAssembler } from './runAssembler.ts';

const tool = 'borg';

/** Whose run Borg's words are about: borgmatic runs Borg and prints what it says between its own lines. */
function speaker(log: RunAssembler): 'borg' | 'borgmatic' {
  return log.lastTool === 'borgmatic' ? 'borgmatic' : tool;
}

/** BorgBackup: `create --json`, `--log-json`, the text of `create --stats`, and the catalogs of `info` and `list`. */
export const borg: LogReader = {
  tool,
  noise: [
    '{"type": "archive_progress"',
    '{"type": "progress_percent"',
    '{"type": "progress_message"',
    '{"type": "file_status"',
  ],
  readObject(object, log) {
    const archive = objectOf(object.archive);
    if (archive && (objectOf(object.repository) || 'command_line' in archive)) return readCreated(archive, object, log);
    if (Array.isArray(object.archives) && objectOf(object.repository)) return readBorgCatalog(object, log);
    if (typeof object.levelname === 'string' && typeof object.message === 'string') return readLogMessage(object, log);
    // `info` of a repository, and progress.
    if (objectOf(object.cache) && objectOf(object.repository) && 'encryption' in object) return true;
    return (
      typeof object.type === 'string' &&
      /^(?:archive_progress|progress_\w+|file_status|question_\w+)$/.test(object.type)
    );
  },
  readLine: readBorgText,
};

/** The run that borg's words are about. Its return code comes before its JSON, which waits in a buffer until it exits. */
function runSpeaking(log: RunAssembler): OpenRun {
  const open = log.peek(speaker(log));
  if (open && open.exitCode !== null) log.endRun(speaker(log));
  return log.run(speaker(log));
}

/** The same for a fatal word. */
function runInTrouble(log: RunAssembler): OpenRun {
  const open = log.peek(speaker(log));
  return open?.failed && log.inSession ? log.runInTrouble(speaker(log)) : runSpeaking(log);
}

function readCreated(archive: JsonObject, object: JsonObject, log: RunAssembler): boolean {
  const stats = objectOf(archive.stats);
  log.setAside(false);
  const run = log.run(tool);
  run.startedAt = log.stamps.parse(archive.start);
  run.endedAt = log.stamps.parse(archive.end);
  run.durationMs = durationOfSeconds(archive.duration);
  run.runId = textOf(archive.id);
  run.host = textOf(archive.hostname) ?? run.host;
  nameRun(run, textOf(archive.name), textOf(objectOf(object.repository)?.location), log);
  run.sizeBytes = countOf(stats?.original_size);
  run.addedBytes = countOf(stats?.deduplicated_size);
  run.fileCount = countOf(stats?.nfiles);
  run.repositoryBytes = countOf(objectOf(objectOf(object.cache)?.stats)?.unique_csize);
  run.ended = true;
  return true;
}

function nameRun(run: OpenRun, archive: string | null, repository: string | null, log: RunAssembler): void {
  const label = archive === null ? '' : withoutDate(archive);
  if (label !== '') run.label = log.share(label);
  if (repository !== null) run.repository = log.share(repository);
}

function readLogMessage(object: JsonObject, log: RunAssembler): boolean {
  const time = numberOf(object.time);
  if (time !== null) log.lineTime = log.stamps.parse(time) ?? log.lineTime;
  const message = textOf(object.message) ?? '';
  if (readReturnCode(message, log) || readSignal(message, log)) return true;
  const level = object.levelname;
  if (level === 'WARNING') {
    warn(message, log);
  } else if (level === 'ERROR' || level === 'CRITICAL') {
    if (log.failAside()) return true;
    const run = runInTrouble(log);
    run.failed = true;
    takeFatal(run, message, textOf(object.msgid), log.inSession);
  } else {
    // With `--log-json` the statistics come line by line in messages of their own.
    for (const line of message.split('\n')) readBorgText(line, log);
  }
  return true;
}

/** Keeps the line that says most: the first, except that an exception's last line says more than its announcement. */
function takeFatal(run: OpenRun, message: string, id: string | null, inSession: boolean): void {
  const exception = /^\w[\w.]{0,80}(?:Error|Exception|Interrupt)\b.{0,400}/m.exec(message)?.[0];
  if (message.startsWith('Traceback')) {
    if (exception !== undefined && (run.error === null || isAnnouncement(run.error))) run.error = exception;
  } else if (!isAnnouncement(message) || run.error === null) {
    run.error = run.error !== null && run.warnings > 0 && isAnnouncement(message) ? run.error : message;
  }
  if (isAnnouncement(message)) return;
  // Nothing but an exception's trace follows such a word. Between the lines of a script, other commands may fail as well.
  if (message.startsWith('Traceback') ? !inSession : id !== null && id !== 'Exception')
    run.ended = run.exitCode !== null || !inSession;
}

function isAnnouncement(message: string): boolean {
  return /^(?:Local|Remote) Exception|^Exception/.test(message);
}

const interrupted = /^(?:Got Ctrl-C \/ SIGINT\.|KeyboardInterrupt\b|Exiting due to INT signal)/;
const stopped = /^(?:Received SIG(?:TERM|HUP)|Exiting due to (?:TERM|HUP|USR\d) signal)/;

/** A person interrupted it, or the system stopped it. */
function readSignal(message: string, log: RunAssembler): boolean {
  if (!interrupted.test(message) && !stopped.test(message)) return false;
  const run = log.run(speaker(log));
  run.cancelled = interrupted.test(message);
  // A trace that nothing else explains is that of the interruption.
  run.failed = !run.cancelled || (run.failed && run.error !== null);
  run.error ??= message;
  run.ended = true;
  return true;
}

function warn(message: string, log: RunAssembler): void {
  if (message.startsWith('Remote: ')) {
    log.noteHint(message);
    return;
  }
  const run = runSpeaking(log);
  run.warnings++;
  // borgmatic ends with 0 whatever Borg warns of.
  if (run.tool === 'borgmatic') run.partial = true;
  run.error ??= message;
}

const returnCode = /^terminating with (?:success|warning|error|\S{1,20}) status, rc (\d{1,3})/;

function readReturnCode(line: string, log: RunAssembler): boolean {
  const found = returnCode.exec(line);
  if (!found) return false;
  const code = Number(found[1]);
  if (log.isAside) return true;
  const open = log.peek(speaker(log));
  // With the script's start line before it, a second code is that of another command: prune, compact.
  if (open && open.exitCode !== null && log.inSession) return true;
  const run = (open?.exitCode === null ? log.tail(speaker(log)) : null) ?? runSpeaking(log);
  run.exitCode = code;
  if (code >= 2 && code < 100) run.ended = true;
  return true;
}

const statLine =
  /^(Repository|Archive name|Archive fingerprint|Time \((?:start|end)\)|Duration|Number of files|Hostname|This archive|All archives|Chunk index|Utilization of max\. archive size): +(.{1,1000})$/;
/** What `borg info` tells of an archive, and `borg create` does not. */
const ofInfo = /^(?:Username: |Command line: |Utilization of maximum supported archive size: )/;
/** A run that has come this far has said what it creates, and says so once. */
const saidCreating = 1;
/** It reads what other clients have added, and says when it is done with that. */
const synchronizing = 2;
const creating = /^Creating archive at "(.{1,500}?)::(.{1,300})"$/;
const fileTrouble =
  /^(?!(?:.{0,200}\W)?(?:\w{0,60}Error|\w{0,60}Exception|EXCEPTION): )(?:\/|[A-Za-z]:|\S)[^:]{0,1000}: (?:[a-z_]{2,20}: )?(?:\[Errno \d{1,3}\]|file changed while we backed it up)/;
const fatal =
  /^(?:Repository .{1,500} (?:does not exist|already exists)\.|Inconsistency detected\.|Insufficient free space to complete transaction|The storage quota |Failed to (?:create\/)?acquire (?:the|write) lock|passphrase supplied in |exceeded the maximum password retries|Passcommand supplied in |[Cc]annot acquire a passphrase|[Kk]ey file for repository |No key entry found in the config|Archive .{1,300} already exists|Connection closed by remote host|Connection to remote host is broken|Got unexpected RPC data|Data integrity error|Cache initialization aborted|Repository access aborted|Manifest is newer|Cache is newer|Formatting Error|borg(?: create)?: error: )/;
const notValid = / is not a valid repository\.(?: Check repo config\.)?$/;
const otherCommand =
  /^(?:Keeping archive|Pruning archive|Would prune|Deleted data:|compaction freed about|Starting (?:repository|archive consistency) check|Archive consistency check complete|Repository check complete)/;
const inBetween = /^(?:checkpoint requested: |During handling of the above exception| {2,}(?:File "|\S))/;
/** What Borg says on its way at its more talkative levels; some of it sounds like a script's end. */
const onItsWay =
  /^(?:\d+ self tests completed in |using builtin fallback logging|Verified integrity of |TAM-verified |security: |check_free_space: |Archives: \d+, w\/ cached Idx|Fetching and building archive index |Merging into master chunks index|Cleaned up \d+ uncommitted |(?:Reading|Loading|Saving|Initializing|Synchronizing|Processing) (?:files|chunks|cache)\b|Opening files cache|Borg \d[\d.]* |(?:[A-Z_]{1,40}=\S{1,200} )*borg (?:create|prune|compact|check|list|info|init|break-lock|--version)(?: |$))/;
const somethingOfBorgs =
  /^(?:Username|Command line|Repository|Archive|Time \(|Duration:|Number of|Hostname:|This arch|All arch|Chunk|Utilization|Creating|terminating|Local Ex|Remote Ex|Traceback|SSH_ORIG|No space left on device, clean|\w+Error|Keyboard|Got Ctrl|Received SIG|Exiting due)/;

/** The last line of a trace: `borg.crypto.key.PassphraseWrong: passphrase supplied in …`. */
const namedException = /^borg(?:\.\w{1,60}){1,6}: (.+)$/;
const anythingOfBorgs = [
  somethingOfBorgs,
  fatal,
  otherCommand,
  onItsWay,
  inBetween,
  namedException,
  /\[Errno /,
  notValid,
];

/** One line of Borg's text; borgmatic hands its lines on to it. */
export function readBorgText(line: string, log: RunAssembler): boolean {
  if (log.busyTool !== null && log.busyTool !== speaker(log)) return false;
  if (log.isMuted && anythingOfBorgs.some((words) => words.test(line))) return true;
  if (
    somethingOfBorgs.test(line) &&
    (readReturnCode(line, log) || readSignal(line, log) || readStatistics(line, log) || readException(line, log))
  )
    return true;
  if (otherCommand.test(line)) {
    if (line.startsWith('Keeping')) readKept(line, log);
    log.setAside(true);
    return true;
  }
  if (readSynchronizing(line, log) || onItsWay.test(line) || readBorgListed(line, log)) return true;
  const exception = line.startsWith('borg.') ? namedException.exec(line) : null;
  if (exception)
    return log.peek(speaker(log))?.failed ? log.tail(speaker(log)) !== null : readBorgText(exception[1]!, log);
  if (fatal.test(line) || notValid.test(line)) {
    if (log.failAside()) return true;
    const run = runInTrouble(log);
    const again = run.failed && run.ended;
    run.failed = true;
    run.ended = true;
    if (again) return true;
    run.error = line;
    run.startedAt = timeOfTakenName(line, log);
    const place = /^Repository (\S.{0,500}) (?:does not|already) |lock (\S.{0,500})\/lock\./.exec(line);
    const repository = place?.[1] ?? place?.[2];
    if (repository !== undefined) run.repository ??= log.share(repository);
    return true;
  }
  // Words of a run that goes on, and lines of a trace.
  if (inBetween.test(line) && log.busyTool === speaker(log)) return log.tail(speaker(log)) !== null;
  if ((line.includes('[Errno ') || line.includes('file changed while')) && fileTrouble.test(line)) {
    warn(line, log);
    return true;
  }
  return false;
}

/** `Synchronizing chunks cache...` to `Done.`, which is no word of a script's end. */
function readSynchronizing(line: string, log: RunAssembler): boolean {
  const begins = line.startsWith('Synchronizing chunks cache');
  if (!begins && line !== 'Done.') return false;
  const open = log.peek(speaker(log));
  if (!open || open.ended || (!begins && open.openingStep !== synchronizing)) return begins;
  log.tail(speaker(log))!.openingStep = begins ? synchronizing : saidCreating;
  return true;
}

const kept =
  /^Keeping archive(?: \(rule: [^)]{1,60}\))?: {1,20}(\S{1,300}) {1,200}(\w{3}, \d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}) \[([\da-f]{64})\]/;

/** A run that told no statistics, and whose archive the prune behind it finds: it was made. */
function readKept(line: string, log: RunAssembler): void {
  const open = log.peek(speaker(log));
  if (!open || open.ended || open.failed || open.making === null) return;
  const found = kept.exec(line);
  if (found?.[1] !== open.making) return;
  const run = log.tail(speaker(log))!;
  run.runId = found[3]!;
  run.startedAt ??= log.stamps.parse(found[2]);
  run.ended = true;
}

/** A name that carries its time and is taken: the clock went back and shows that time once more. */
function timeOfTakenName(line: string, log: RunAssembler): number | null {
  const name = /^Archive (.{1,300}) already exists/.exec(line)?.[1];
  const time = name?.slice(withoutDate(name).length).replace(/^[-_.:@ ]+/, '') ?? '';
  // A date alone is no time.
  return time.length <= 10 ? null : log.stamps.parseSecond(time);
}

function readStatistics(line: string, log: RunAssembler): boolean {
  const begun = creating.exec(line);
  if (begun) {
    log.setAside(false);
    const open = log.peek(speaker(log));
    // borgmatic's journal has it twice: as it was printed, and as it was logged.
    const isTold = open !== null && open.making === begun[2] && open.endLine === log.line - 1;
    if (open && open.openingStep >= saidCreating && !isTold) log.breakOff(speaker(log));
    const run = runSpeaking(log);
    run.openingStep = saidCreating;
    run.making = begun[2]!;
    nameRun(run, begun[2]!, begun[1]!, log);
    return true;
  }
  if (ofInfo.test(line) && log.busyTool === speaker(log)) {
    log.run(speaker(log)).onlyInCatalog = true;
    return true;
  }
  const found = statLine.exec(line);
  if (!found) return false;
  const [, name, value] = found as unknown as [string, string, string];
  const begins = name === 'Repository' || name === 'Archive name';
  // Other commands print some of these lines too.
  if (!begins && log.busyTool !== speaker(log)) return true;
  if (begins) log.setAside(false);
  const run = log.run(speaker(log));
  const columns = value.split(/ {2,}/);
  switch (name) {
    case 'Repository':
      nameRun(run, null, value, log);
      break;
    case 'Archive name':
      nameRun(run, value, null, log);
      break;
    case 'Archive fingerprint':
      run.runId = value;
      break;
    case 'Hostname':
      run.host = log.share(value);
      break;
    case 'Time (start)':
      run.startedAt = log.stamps.parse(value);
      break;
    case 'Time (end)':
      run.endedAt = log.stamps.parse(value);
      break;
    case 'Duration':
      run.durationMs = parseDuration(value);
      // All of this is told once the archive is saved.
      run.hasResult = true;
      break;
    case 'Number of files':
      run.fileCount = parseGrouped(value);
      break;
    case 'This archive':
      run.sizeBytes = parseSize(columns[0] ?? '', 1000);
      run.addedBytes = parseSize(columns[2] ?? '', 1000);
      break;
    case 'All archives':
      run.repositoryBytes = parseSize(columns[2] ?? '', 1000);
      break;
    case 'Chunk index':
      run.ended = true;
      break;
    default:
  }
  return true;
}

/** An exception's announcement, its traceback and its last line; the report of the machine ends it. */
function readException(line: string, log: RunAssembler): boolean {
  if (line.startsWith('SSH_ORIGINAL_COMMAND:')) {
    const run = log.tail(speaker(log));
    if (run) run.ended = true;
    return run !== null;
  }
  if (line.startsWith('No space left on device, cleaning up')) {
    const run = runSpeaking(log);
    run.failed = true;
    run.error = line;
    return true;
  }
  if (
    !isAnnouncement(line) &&
    !(log.busyTool === speaker(log) && /^(?:Traceback|\w{1,60}Error|KeyboardInterrupt)/.test(line))
  )
    return false;
  if (log.failAside()) return true;
  const run = runInTrouble(log);
  run.failed = true;
  if (!line.startsWith('Traceback') && (run.error === null || isAnnouncement(run.error))) run.error = line;
  return true;
}
