import type { Outcome } from '../run.ts';
import { arrayOf, countOf, objectOf, textOf, type JsonObject } from './jsonValue.ts';
import { parseClock } from './quantity.ts';
import type { LogReader } from './reader.ts';
import type { RunAssembler } from './runAssembler.ts';

const tool = 'duplicati';

/** Duplicati: its result as JSON (a report to a URL, or the log of its database) or text, and its log file. */
export const duplicati: LogReader = {
  tool,
  failures: [
    ['space', /quota|not enough (?:disk )?space/i],
    ['auth', /invalid (?:passphrase|password)|AuthID|401 \(?Unauthorized/i],
    [
      'repositoryMissing',
      /FolderMissing|folder .{0,300}(?:does not exist|missing)|MissingRemoteFiles|RemoteListVerification/i,
    ],
    ['lock', /database is locked|another instance/i],
    ['integrity', /hash mismatch|DatabaseInconsistency|Unexpected difference|recreate/i],
  ],
  readObject(object, log) {
    const data = objectOf(object.Data) ?? object;
    const extra = objectOf(object.Extra);
    if (data.MainOperation === 'Backup' && 'ParsedResult' in data) {
      addResult(data, extra, log);
      return true;
    }
    if (extra?.OperationName !== 'Backup') return 'MainOperation' in data && 'ParsedResult' in data;
    // It ended before there was a result: what there is instead is the exception.
    const error = textOf(data.Message) ?? textOf(data.Exception) ?? textOf(object.Exception);
    log.add(tool, { outcome: 'failure', ...namesIn(extra), startedAt: log.lineTime, error });
    return true;
  },
  readLine(line, log) {
    return readField(line, log) || readLogLine(line, log);
  },
};

const results = new Map<string, Outcome>(
  Object.entries({
    Success: 'success',
    Warning: 'partial',
    Error: 'failure',
    Fatal: 'failure',
  }),
);

function addResult(data: JsonObject, extra: JsonObject | null, log: RunAssembler): void {
  const startedAt = log.stamps.parse(data.BeginTime);
  const endedAt = log.stamps.parse(data.EndTime);
  const told = textOf(data.Duration);
  const backend = objectOf(data.BackendStatistics);
  const outcome = outcomeOf(textOf(data.ParsedResult), data);
  log.add(tool, {
    outcome,
    ...namesIn(extra),
    startedAt,
    durationMs:
      startedAt !== null && endedAt !== null && endedAt >= startedAt
        ? endedAt - startedAt
        : told === null
          ? null
          : parseClock(told),
    sizeBytes: countOf(data.SizeOfExaminedFiles),
    addedBytes: countOf(backend?.BytesUploaded),
    fileCount: countOf(data.ExaminedFiles),
    changedFileCount: (countOf(data.AddedFiles) ?? 0) + (countOf(data.ModifiedFiles) ?? 0),
    repositoryBytes: countOf(backend?.KnownFileSize),
    error: outcome === 'success' ? null : (firstOf(data.Errors) ?? firstOf(data.Warnings)),
  });
}

function outcomeOf(result: string | null, data: JsonObject): Outcome {
  if (data.Dryrun === true) return 'skipped';
  if (data.Interrupted === true) return 'cancelled';
  const outcome = results.get(result ?? '') ?? 'unknown';
  return outcome === 'success' && data.PartialBackup === true ? 'partial' : outcome;
}

function namesIn(extra: JsonObject | null): { host: string | null; label: string | null } {
  return { host: textOf(extra?.['machine-name']), label: textOf(extra?.['backup-name']) };
}

function firstOf(messages: unknown): string | null {
  const first = textOf(arrayOf(messages)[0]);
  return first === null ? null : (logLine.exec(first)?.[2] ?? first);
}

// The result as text: one field a line; those of its parts are indented.
const field =
  /^(DeletedFiles|ExaminedFiles|AddedFiles|ModifiedFiles|SizeOfExaminedFiles|PartialBackup|Dryrun|MainOperation|ParsedResult|BeginTime|EndTime|Duration|Interrupted): (.{0,200})$/;
const indented = /^ {4}(BytesUploaded|KnownFileSize): (\d{1,20})$/;
const firstField = 'DeletedFiles';
/** What its log said is in the result once more; in mails, and from version 2.0.5 on, only the first lines of it. */
const messages = /^(?: {4}){0,3}(?:Limited)?(?:Messages|Warnings|Errors): \[$/;
const endOfMessages = /^(?: {4}){0,3}\]$/;

function readField(line: string, log: RunAssembler): boolean {
  const inside = indented.exec(line);
  const open = log.peek(tool);
  if (inside && open?.hasResult) {
    const run = log.tail(tool)!;
    if (inside[1] === 'KnownFileSize') run.repositoryBytes = countOf(inside[2]);
    else run.addedBytes ??= countOf(inside[2]);
    return true;
  }
  if (open?.hasResult && (messages.test(line) || endOfMessages.test(line))) {
    log.mute(!endOfMessages.test(line));
    log.tail(tool);
    return true;
  }
  const found = field.exec(line);
  if (!found) return false;
  const [, name, value] = found as unknown as [string, string, string];
  if (name === firstField) {
    log.mute(false);
    // A log line may have begun the run whose result this is.
    if (open?.hasResult) log.endRun(tool);
    (open && !open.hasResult ? log.tail(tool)! : log.run(tool)).hasResult = true;
    return true;
  }
  if (!open?.hasResult) return false;
  takeField(name, value, log);
  return true;
}

function takeField(name: string, value: string, log: RunAssembler): void {
  const run = log.tail(tool)!;
  switch (name) {
    case 'MainOperation':
      if (value !== 'Backup') log.abandon(tool);
      break;
    case 'ExaminedFiles':
      run.fileCount = countOf(value);
      break;
    case 'AddedFiles':
    case 'ModifiedFiles':
      run.changedFileCount = (run.changedFileCount ?? 0) + (countOf(value) ?? 0);
      break;
    case 'SizeOfExaminedFiles':
      run.sizeBytes = countOf(value);
      break;
    case 'PartialBackup':
      run.partial ||= value === 'True';
      break;
    case 'Dryrun':
      run.skipped = value === 'True';
      break;
    case 'Interrupted':
      run.cancelled ||= value === 'True';
      break;
    case 'ParsedResult':
      run.failed ||= results.get(value) === 'failure';
      run.partial ||= results.get(value) === 'partial';
      break;
    case 'Duration':
      run.durationMs = parseClock(value);
      break;
    default: {
      // `12/21/2020 2:57:14 PM (1608580634)`; older versions give the local time alone.
      const seconds = /\((\d{9,11})\)$/.exec(value)?.[1];
      const at = log.stamps.parse(seconds === undefined ? value : Number(seconds));
      if (name === 'BeginTime') run.startedAt = at;
      else run.endedAt = at;
    }
  }
}

const logLine =
  /^(?:\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} [+-]\d{2} - )?\[(?:Error|Warning|Information|Profiling|Verbose|Retry|DryRun)-Duplicati\.[\w.]{1,120}?([\w]{1,60}-\w{1,60})\]: (.*)$/;

/** Whether the line in hand was said after the run whose result is repeated: the repetition was cut off. */
function isLater(log: RunAssembler): boolean {
  const endedAt = log.peek(tool)?.endedAt ?? null;
  return endedAt !== null && log.lineTime !== null && log.lineTime > endedAt;
}

const troubled = /\[(?:Error|Warning)-/;

function readLogLine(line: string, log: RunAssembler): boolean {
  const found = logLine.exec(line);
  if (!found) return false;
  const [, id, text] = found as unknown as [string, string, string];
  if (log.isMuted && id === 'Controller-StartingOperation' && isLater(log)) log.mute(false);
  if (log.isMuted) {
    const run = log.tail(tool);
    if (run && troubled.test(line)) run.error ??= text.replace(/,$/, '');
    return true;
  }
  if (id === 'Controller-StartingOperation') {
    const backup = text.startsWith('The operation Backup ');
    log.setAside(!backup);
    if (!backup) return true;
    log.breakOff(tool);
    log.run(tool);
    return true;
  }
  if (log.busyTool !== tool) return true;
  const run = log.run(tool);
  if (id === 'Controller-CompletedOperation') run.ended = true;
  else if (id === 'Controller-FailedOperation' || id.endsWith('-FatalError')) {
    run.failed = true;
    run.error ??= text.replace(/^The operation Backup has failed(?: with error)?:? ?/, '');
    run.ended ||= id === 'Controller-FailedOperation';
  } else if (/\[Error-/.test(line.slice(0, 40))) {
    run.failed = true;
    run.error ??= text;
  } else if (/\[Warning-/.test(line.slice(0, 40))) {
    run.partial = true;
    run.error ??= text;
  }
  return true;
}
