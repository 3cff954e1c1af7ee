import type { Outcome } from '../run.ts';
import { countOf, numberOf, objectOf, textOf, type JsonObject } from './jsonValue.ts';
import { parseDuration, parseSize } from './quantity.ts';
import type { LogReader } from './reader.ts';
import type { RunAssembler } from './runAssembler.ts';

const tool = 'kopia';

/** Kopia: the catalog of `snapshot list --json`, and what `snapshot create` prints or writes to its log. */
export const kopia: LogReader = {
  tool,
  failures: [
    [
      'repositoryMissing',
      /repository is not connected|repository not initialized|can't open repository|BLOB not found/i,
    ],
    ['auth', /invalid repository password|invalid password|access denied/i],
    ['sourceMissing', /unable to get local filesystem entry|unsupported source|entry not found/i],
    ['integrity', /invalid checksum|corrupt|unable to decrypt|content .{0,80}not found/i],
  ],
  readObject(object, log) {
    const source = objectOf(object.source);
    if (!source || typeof source.path !== 'string' || !('startTime' in object) || !('rootEntry' in object))
      return false;
    return addSnapshot(object, source, log);
  },
  readLine(line, log) {
    return readSaid(line.replace(head, ''), log);
  },
};

const head = /^(?:DEBUG|INFO|WARN|ERROR) {1,4}(?:(?:kopia|snapshotfs|upload)[\w./-]{0,40} )?/;
const beginning = /^Snapshotting ([^\s@]{1,100})@([^\s:]{1,255}):(.{1,1000}?) \.\.\.$/;
const created = /^Created( partial)? snapshot with root (\w{1,80}) and ID ([0-9a-f]{8,64}) in (\S{1,30})/;
/**
 * `* 0 hashing, 42 hashed (1.1 GB), 7 cached (20 MB), uploaded 23.6 MB, estimated …`; a failure follows on the same line.
 */
const progress =
  /^ ?[|/\\*-] \d{1,12} hashing, \d{1,12} hashed \(([\d.]{1,12} [KMGTP]?i?B)\), \d{1,12} cached \(([\d.]{1,12} [KMGTP]?i?B)\), uploaded ([\d.]{1,12} [KMGTP]?i?B)(.{0,200}?)(?:ERROR (.{1,2000}))?$/;
const fatal = /^Found \d{1,12} fatal error\(s\) while snapshotting/;
const ignored = /^Ignored \d{1,12} error\(s\) while snapshotting/;
const failing =
  /^(?:upload error|unable to |cannot save manifest|flush error|open repository|failed to open repository|error connecting)/;
const problemWithEntry = /^(?:Error when processing|! )/i;

function addSnapshot(snapshot: JsonObject, source: JsonObject, log: RunAssembler): boolean {
  const startedAt = log.stamps.parse(snapshot.startTime);
  const id = textOf(snapshot.id);
  if (startedAt === null || id === null) return false;
  const endedAt = log.stamps.parse(snapshot.endTime);
  const summary = objectOf(objectOf(snapshot.rootEntry)?.summ);
  const stats = objectOf(snapshot.stats);
  const added = objectOf(objectOf(snapshot.storageStats)?.newData);
  const failed = numberOf(summary?.numFailed) ?? numberOf(stats?.errorCount) ?? 0;
  const incomplete = textOf(snapshot.incomplete);
  const host = textOf(source.host);
  log.add(tool, {
    outcome: outcomeOf(incomplete, failed),
    // It lists what was kept; attempts that kept nothing stand in the log alone.
    onlyInCatalog: true,
    host: host === null ? null : log.share(host),
    label: textOf(source.path),
    runId: id,
    startedAt,
    durationMs: endedAt !== null && endedAt >= startedAt ? endedAt - startedAt : null,
    sizeBytes: countOf(summary?.size ?? stats?.totalSize),
    fileCount: countOf(summary?.files ?? stats?.fileCount),
    changedFileCount: countOf(stats?.nonCachedFiles),
    addedBytes: countOf(added?.packedContentBytes ?? added?.newPackedContentBytes),
    error: incomplete === null ? firstError(summary) : `incomplete: ${incomplete}`,
  });
  return true;
}

function outcomeOf(incomplete: string | null, failed: number): Outcome {
  if (incomplete !== null) return incomplete.startsWith('cancel') ? 'cancelled' : 'failure';
  return failed > 0 ? 'partial' : 'success';
}

function firstError(summary: JsonObject | null): string | null {
  const errors = summary?.errors;
  const first = Array.isArray(errors) ? objectOf(errors[0]) : null;
  const path = textOf(first?.path);
  const error = textOf(first?.error);
  return error === null ? null : path === null || error.includes(path) ? error : `${path}: ${error}`;
}

/** How far it is: the last of these lines tells how much was read, and may end in the reason why it stopped. */
function readProgress(text: string, log: RunAssembler): boolean {
  const found = progress.exec(text);
  if (!found) return false;
  const [, hashed, cached, uploaded, counts, reason] = found as unknown as [
    string,
    string,
    string,
    string,
    string,
    string?,
  ];
  const run = log.run(tool);
  run.sizeBytes = (parseSize(hashed, 1000) ?? 0) + (parseSize(cached, 1000) ?? 0);
  run.addedBytes = parseSize(uploaded, 1000);
  if (/\(\d{1,12} fatal errors?\)/.test(counts)) run.partial = true;
  if (reason === undefined) return true;
  run.failed = true;
  run.ended = true;
  run.error = reason;
  return true;
}

function readSaid(text: string, log: RunAssembler): boolean {
  const begun = beginning.exec(text);
  if (begun) {
    log.breakOff(tool);
    const run = log.run(tool);
    run.host = log.share(begun[2]!);
    run.label = log.share(begun[3]!);
    return true;
  }
  if (readProgress(text, log)) return true;
  const saved = created.exec(text);
  const open = log.peek(tool);
  if (!open && !saved) return false;
  if (saved) {
    const run = log.run(tool);
    run.runId = saved[3]!;
    run.durationMs = parseDuration(saved[4]!);
    // It stopped before everything was read.
    run.failed = saved[1] !== undefined;
    run.ended = true;
    return true;
  }
  if (ignored.test(text)) return true;
  if (fatal.test(text)) {
    const run = log.tail(tool)!;
    run.partial = true;
    run.error ??= text;
    return true;
  }
  if (problemWithEntry.test(text)) {
    log.tail(tool)!.error ??= text;
    return true;
  }
  if (!failing.test(text) || open!.ended) return false;
  const run = log.run(tool);
  run.failed = true;
  run.ended = true;
  run.error = text;
  return true;
}
