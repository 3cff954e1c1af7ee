import type { Outcome } from '../run.ts';
import { withoutDate } from './jobName.ts';
import { arrayOf, objectOf, textOf, type JsonObject } from './jsonValue.ts';
import type { LogReader } from './reader.ts';
import type { RunAssembler } from './runAssembler.ts';
import { readDescription } from './veleroDescribe.ts';

const tool = 'velero';

/**
 * Velero: `velero backup get` as a table or with `-o json`, `velero backup describe`, the Backup resources of `kubectl get`,
 * and the log of a backup or of the server as text and as JSON. The schedule is the job.
 */
export const velero: LogReader = {
  tool,
  failures: [
    ['repositoryMissing', /BackupStorageLocation.{0,200}(?:unavailable|not found)|backup storage location/i],
    ['space', /InsufficientCapacity|no space left/i],
  ],
  readObject(object, log) {
    if (isBackup(object)) {
      addBackup(object, log);
      return true;
    }
    if (typeof object.logSource === 'string' && typeof object.level === 'string') return readLogRecord(object, log);
    if (!arrayOf(object.items).some((item) => isBackup(objectOf(item)))) return false;
    log.eachElement(object, 'items', (item) => {
      if (isBackup(item)) addBackup(item, log);
    });
    return true;
  },
  readLine(line, log) {
    return readRow(line, log) || readLogLine(line, log) || readDescription(tool, line, phases, log);
  },
};

const phases = new Map<string, Outcome>(
  Object.entries({
    New: 'running',
    Queued: 'running',
    ReadyToStart: 'running',
    InProgress: 'running',
    WaitingForPluginOperations: 'running',
    WaitingForPluginOperationsPartiallyFailed: 'running',
    Finalizing: 'running',
    FinalizingPartiallyFailed: 'partial',
    Completed: 'success',
    PartiallyFailed: 'partial',
    Failed: 'failure',
    FailedValidation: 'failure',
  }),
);

function isBackup(object: JsonObject | null): boolean {
  return (
    object?.kind === 'Backup' && typeof object.apiVersion === 'string' && object.apiVersion.startsWith('velero.io/')
  );
}

function addBackup(backup: JsonObject, log: RunAssembler): void {
  const metadata = objectOf(backup.metadata);
  const status = objectOf(backup.status);
  const name = textOf(metadata?.name);
  const outcome = phases.get(textOf(status?.phase) ?? 'New') ?? 'unknown';
  if (name === null || status?.phase === 'Deleting') return;
  const startedAt = log.stamps.parse(status?.startTimestamp ?? metadata?.creationTimestamp);
  const endedAt = log.stamps.parse(status?.completionTimestamp);
  const location = textOf(objectOf(backup.spec)?.storageLocation);
  log.add(tool, {
    outcome,
    label: textOf(objectOf(metadata?.labels)?.['velero.io/schedule-name']) ?? (withoutDate(name) || name),
    repository: location === null ? null : log.share(location),
    runId: name,
    startedAt,
    durationMs: startedAt !== null && endedAt !== null && endedAt >= startedAt ? endedAt - startedAt : null,
    error: outcome === 'success' ? null : reasonOf(status),
  });
}

function reasonOf(status: JsonObject | null): string | null {
  const reason = textOf(status?.failureReason) ?? textOf(arrayOf(status?.validationErrors)[0]);
  if (reason !== null) return reason;
  const errors = status?.errors;
  return typeof errors === 'number' && errors > 0 ? `${errors} of its items could not be saved` : null;
}

/** Versions before 1.4 had no columns for errors and warnings. */
const row =
  /^(\S{1,253}) {2,60}([A-Z][A-Za-z]{2,60}) {2,60}(?:(\d{1,9}) {2,60}\d{1,9} {2,60})?(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} [+-]\d{4})(?: [A-Z]{1,5}|[+-]\d{2,4})? {2,60}\S{1,20} {2,60}(\S{1,253})(?: |$)/;

function readRow(line: string, log: RunAssembler): boolean {
  const found = row.exec(line);
  if (!found) return false;
  const [, name, phase, errors, createdAt, location] = found as unknown as [
    string,
    string,
    string,
    string | undefined,
    string,
    string,
  ];
  if (phase === 'Deleting') return true;
  const outcome = phases.get(phase);
  if (outcome === undefined) return false;
  log.add(tool, {
    outcome,
    label: withoutDate(name) || name,
    repository: log.share(location),
    runId: name,
    startedAt: log.stamps.parse(createdAt),
    error: outcome === 'success' ? null : reasonOf({ errors: Number(errors ?? 0) }),
  });
  return true;
}

const logLine =
  /^(?:" )?level=(\w{1,10}) msg="((?:[^"\\]|\\.){0,2000})" .*?\b(?:backup|key)=(?:[\w.-]{1,253}\/)?([\w.-]{1,253})(?: |$)/;
const cause = / error="((?:[^"\\]|\\.){1,2000})"/;
/** Said of a backup that is under way, also in a log that was cut in front. */
const troubles = /^(?:backup failed|Error backing up item|\d{1,9} errors encountered backup up item)$/;
const begins = /^Setting up backup (?:log|temp file)$/;
const lastWord = /^(?:Backed up a total of \d{1,12} items|Initial backup processing complete|Backup completed)/;

/** What one line of a log says of one backup. */
interface LogEntry {
  level: string;
  text: string;
  name: string;
  cause: string | null;
}

function readLogLine(line: string, log: RunAssembler): boolean {
  const found = logLine.exec(line);
  if (!found) return false;
  const [, level, text, name] = found as unknown as [string, string, string, string];
  const reason = level === 'error' ? (cause.exec(line)?.[1] ?? text).replaceAll(/\\(.)/g, '$1') : null;
  readEntry({ level, text, name, cause: reason }, log);
  return true;
}

/** A line of a log with `--log-format=json`. */
function readLogRecord(record: JsonObject, log: RunAssembler): boolean {
  const text = textOf(record.msg);
  const of = textOf(record.backup) ?? textOf(record.key);
  const level = textOf(record.level);
  if (text === null || of === null || level === null) return text !== null;
  log.lineTime = log.stamps.parse(record.time) ?? log.lineTime;
  const reason = level === 'error' ? (textOf(record.error) ?? text) : null;
  readEntry({ level, text, name: of.slice(of.lastIndexOf('/') + 1), cause: reason }, log);
  return true;
}

/** An error in a backup's log leaves something out; only where the controller says so has it failed. */
function readEntry({ level, text, name, cause }: LogEntry, log: RunAssembler): void {
  const open = log.peek(tool);
  if (open?.runId !== name) {
    // Controllers speak of backups long after, and of others beside the one under way.
    if (!begins.test(text) && !troubles.test(text)) return;
    if (open?.hasResult) log.endRun(tool);
    else log.breakOff(tool);
  }
  const run = log.run(tool);
  run.runId = name;
  run.label = withoutDate(name) || name;
  if (text === 'backup failed') run.failed = true;
  else if (level === 'error' || troubles.test(text)) run.partial = true;
  run.error ??= cause;
  if (run.failed || lastWord.test(text)) {
    run.hasResult = true;
    run.endedAt = log.lineTime;
  }
}
