import type { Outcome } from '../run.ts';
import { withoutDate } from './jobName.ts';
import { arrayOf, objectOf, textOf, type JsonObject } from './jsonValue.ts';
import type { LogReader } from './reader.ts';
import type { RunAssembler } from './runAssembler.ts';

const tool = 'velero';

/** Velero: `velero backup get -o json`, or the Backup resources of `kubectl get`. The schedule is the job. */
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
    if (!arrayOf(object.items).some((item) => isBackup(objectOf(item)))) return false;
    log.eachElement(object, 'items', (item) => {
      if (isBackup(item)) addBackup(item, log);
    });
    return true;
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
