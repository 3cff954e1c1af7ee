import type { Outcome } from '../run.ts';
import { arrayOf, countOf, durationOfSeconds, objectOf, numberOf, textOf, type JsonObject } from './jsonValue.ts';
import type { LogReader } from './reader.ts';
import type { RunAssembler } from './runAssembler.ts';

/** It is restic that runs: its snapshots' ids are restic's. */
const runsTool = 'restic';

/** Backrest: its operations, as its API and its log of operations list them. The plan is the job. */
export const backrest: LogReader = {
  tool: 'backrest',
  readObject(object, log) {
    if (Array.isArray(object.operations) && arrayOf(object.operations).some((one) => isOperation(objectOf(one)))) {
      log.eachElement(object, 'operations', (operation) => addOperation(operation, log));
      return true;
    }
    if (!isOperation(object)) return false;
    addOperation(object, log);
    return true;
  },
};

const statuses = new Map<string, Outcome>(
  Object.entries({
    STATUS_PENDING: 'running',
    STATUS_INPROGRESS: 'running',
    STATUS_SUCCESS: 'success',
    STATUS_WARNING: 'partial',
    STATUS_ERROR: 'failure',
    STATUS_SYSTEM_CANCELLED: 'cancelled',
    STATUS_USER_CANCELLED: 'cancelled',
  }),
);

function isOperation(object: JsonObject | null): boolean {
  return (
    object !== null && typeof object.status === 'string' && object.status.startsWith('STATUS_') && 'repoId' in object
  );
}

function addOperation(operation: JsonObject, log: RunAssembler): void {
  const backup = objectOf(operation.operationBackup);
  const outcome = statuses.get(textOf(operation.status) ?? '') ?? 'unknown';
  // Pending ones are plans for the next night.
  if (!backup || operation.status === 'STATUS_PENDING') return;
  const startedAt = timeOf(operation.unixTimeStartMs);
  const endedAt = timeOf(operation.unixTimeEndMs);
  const summary = objectOf(objectOf(backup.lastStatus)?.summary);
  const repository = textOf(operation.repoId);
  log.add(runsTool, {
    outcome,
    label: textOf(operation.planId),
    repository: repository === null ? null : log.share(repository),
    runId: textOf(operation.snapshotId) ?? textOf(summary?.snapshotId),
    startedAt,
    durationMs:
      endedAt !== null && startedAt !== null && endedAt >= startedAt
        ? endedAt - startedAt
        : durationOfSeconds(summary?.totalDuration),
    sizeBytes: countOf(summary?.totalBytesProcessed),
    addedBytes: countOf(summary?.dataAdded),
    fileCount: countOf(summary?.totalFilesProcessed),
    changedFileCount: summary ? (countOf(summary.filesNew) ?? 0) + (countOf(summary.filesChanged) ?? 0) : null,
    error: outcome === 'success' ? null : (firstError(backup) ?? textOf(operation.displayMessage)),
  });
}

/** Milliseconds, which may be text: 64-bit numbers are in its JSON. 0 is a time that has not come. */
function timeOf(value: unknown): number | null {
  const at = numberOf(value);
  return at !== null && at > 0 ? at : null;
}

function firstError(backup: JsonObject): string | null {
  const first = objectOf(arrayOf(backup.errors)[0]);
  const message = textOf(first?.message);
  const item = textOf(first?.item);
  return message === null || item === null || message.includes(item) ? message : `${message} (${item})`;
}
