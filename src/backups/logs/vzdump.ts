import { numberOf, textOf } from './jsonValue.ts';
import { parseClock, parseSize } from './quantity.ts';
import type { Outcome } from '../run.ts';
import type { OpenRun } from './openRun.ts';
import type { LogReader } from './reader.ts';
import type { RunAssembler, RunFacts } from './runAssembler.ts';

const tool = 'vzdump';

/** Proxmox VE: its index of tasks, the tasks that its API lists, and the log of vzdump. Each guest is a job. */
export const vzdump: LogReader = {
  tool,
  failures: [
    ['lock', /can't (?:acquire|lock)|got timeout.{0,40}lock|is locked|vm is locked|CT is locked/i],
    ['timeout', /got timeout|timed out/i],
    ['space', /No space left|not enough space|ENOSPC|vma_queue_write/i],
    [
      'repositoryMissing',
      /storage '.{1,80}' (?:is not online|does not exist|is disabled)|unable to (?:activate|detect) storage/i,
    ],
    ['sourceMissing', /Configuration file .{0,200}does not exist|unable to find VM|volume .{1,80}does not exist/i],
  ],
  readObject(object, log) {
    const upid = textOf(object.upid);
    if (upid === null || object.type !== 'vzdump' || numberOf(object.starttime) === null) return false;
    addTask(upid, numberOf(object.endtime), textOf(object.status), log);
    return true;
  },
  readLine(line, log) {
    const indexed = indexLine.exec(line);
    if (indexed) {
      if (!indexed[1]!.includes(':vzdump:')) return true;
      addTask(indexed[1]!, parseInt(indexed[2]!, 16), indexed[3]!, log);
      return true;
    }
    const said = levelled.exec(line);
    return said !== null && readSaid(said[1]!, said[2]!, log);
  },
};

const indexLine = /^(UPID:[^\s]{10,300}:) (?:[01] )?([0-9A-F]{8}) (.+)$/;
const upidParts = /^UPID:([^:]{1,100}):[0-9A-F]{8}:[0-9A-F]{8,9}:([0-9A-F]{8}):vzdump:([^:]{0,40}):/;

function addTask(upid: string, endSeconds: number | null, status: string | null, log: RunAssembler): void {
  const found = upidParts.exec(upid);
  if (!found) return;
  const [, node, start, guest] = found as unknown as [string, string, string, string];
  const startedAt = log.stamps.parse(parseInt(start, 16));
  const endedAt = endSeconds === null ? null : log.stamps.parse(endSeconds);
  log.add(tool, {
    ...outcomeOfTask(status),
    host: log.share(node),
    label: log.share(guest === '' ? 'all guests' : `VM ${guest}`),
    runId: upid,
    startedAt,
    durationMs: startedAt !== null && endedAt !== null && endedAt >= startedAt ? endedAt - startedAt : null,
  });
}

function outcomeOfTask(status: string | null): Pick<RunFacts, 'error'> & { outcome: Outcome } {
  if (status === null || status === 'RUNNING') return { outcome: 'running' };
  if (status === 'OK') return { outcome: 'success' };
  if (/^WARNINGS: \d/.test(status)) return { outcome: 'partial', error: status };
  if (/^interrupted by signal|^received interrupt/.test(status)) return { outcome: 'cancelled', error: status };
  return { outcome: status.startsWith('unexpected status') ? 'unknown' : 'failure', error: status };
}

const levelled = /^(INFO|ERROR|WARN): (.*)$/;
const beginning = /^Starting Backup of VM (\d{1,10}) \((?:qemu|lxc|openvz)\)/;
const startedAtLine = /^Backup started at (\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2})/;
const endedAtLine = /^(?:Backup finished|Failed) at (\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2})/;
const finished = /^Finished Backup of VM (\d{1,10}) \((\d{1,4}:\d{2}:\d{2})\)/;
const failed = /^Backup of VM (\d{1,10}) failed - (.*)$/;
const written = /^Total bytes written: (\d{1,20})/;
const transferred = /^transferred ([\d.]{1,20} [KMGTP]?i?B) in /;
const archiveSize = /^archive file size: ([\d.]{1,20} ?[KMGTP]?i?B)/;
const archive = /^creating (?:vzdump|vzdump archive|archive) '(.{1,400})\/[^/']{1,200}'/;
const serverArchive =
  /^creating Proxmox Backup Server archive '((?:vm|ct)\/(\d{1,10})\/(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z))'/;
const jobOver = /^Backup job finished/;

function readSaid(level: string, text: string, log: RunAssembler): boolean {
  if (text.startsWith('starting new backup job: vzdump')) return true;
  const begun = beginning.exec(text);
  if (begun) {
    log.breakOff(tool);
    log.run(tool).label = log.share(`VM ${begun[1]!}`);
    return true;
  }
  const lost = level === 'ERROR' ? failed.exec(text) : null;
  if (lost) {
    // A guest that could not even be begun has this line alone.
    const label = log.share(`VM ${lost[1]!}`);
    if (log.busyTool === tool && log.peek(tool)?.label !== label) log.breakOff(tool);
    const run = log.run(tool);
    run.label = label;
    run.failed = true;
    run.ended = true;
    run.error = lost[2]!;
    return true;
  }
  const server = serverArchive.exec(text);
  const open = log.peek(tool);
  // A log that was cut in front may begin here.
  if (!open && !server && !finished.test(text)) return false;
  if (server && !open) nameGuest(log.run(tool), server[2]!, log);
  const done = finished.exec(text);
  if (done) {
    const run = log.run(tool);
    nameGuest(run, done[1]!, log);
    run.durationMs = parseClock(done[2]!);
    run.ended = true;
    return true;
  }
  const end = endedAtLine.exec(text);
  if (end) {
    log.tail(tool)!.endedAt = log.stamps.parse(end[1]!);
    return true;
  }
  if (jobOver.test(text)) return true;
  if (open?.ended) return false;
  readDetail(level, text, log);
  return true;
}

function nameGuest(run: OpenRun, id: string, log: RunAssembler): void {
  run.label ??= log.share(`VM ${id}`);
}

function readDetail(level: string, text: string, log: RunAssembler): void {
  const run = log.run(tool);
  const size = written.exec(text) ?? transferred.exec(text);
  if (size) run.sizeBytes = parseSize(size[1]!, 1024);
  const packed = archiveSize.exec(text);
  if (packed) run.addedBytes = parseSize(packed[1]!, 1024);
  const start = startedAtLine.exec(text);
  if (start) run.startedAt = log.stamps.parse(start[1]!);
  const place = archive.exec(text);
  if (place) run.repository = log.share(place[1]!);
  const server = serverArchive.exec(text);
  if (server) {
    run.runId = server[1]!;
    run.startedAt ??= log.stamps.parse(server[3]!);
  }
  if (level === 'ERROR') run.error ??= text;
}
