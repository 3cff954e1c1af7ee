import { outcomeOfExitCode } from './exitCode.ts';
import { countOf, durationOfSeconds, objectOf, textOf, type JsonObject } from './jsonValue.ts';
import type { LogReader } from './reader.ts';
import type { RunAssembler } from './runAssembler.ts';

/** It is restic that runs: its snapshots' ids and its exit codes are restic's. */
const runsTool = 'restic';

/** resticprofile: its status file, which tells of each profile's last backup, and its log around restic's lines. */
export const resticprofile: LogReader = {
  tool: 'resticprofile',
  readObject(object, log) {
    const profiles = objectOf(object.profiles);
    if (!profiles) return false;
    let known = false;
    for (const [name, profile] of Object.entries(profiles).slice(0, 1000)) {
      const backup = objectOf(objectOf(profile)?.backup);
      if (backup && typeof backup.success === 'boolean') {
        addBackup(backup, name, log);
        known = true;
      } else if (objectOf(objectOf(profile)?.retention) ?? objectOf(objectOf(profile)?.check)) known = true;
    }
    return known;
  },
  readLine(line, log) {
    const step = stepLine.exec(line);
    if (step) {
      readStep(step[1]!, step[2]! === 'starting', step[3]!, log);
      return true;
    }
    if (line.startsWith('dry-run: ') && dryRun.test(line)) {
      log.run(runsTool).skipped = true;
      return true;
    }
    const failed = line.includes(" on profile '") ? failedLine.exec(line) : null;
    if (!failed) return false;
    // `… on profile 'home': exit status 3`
    if (failed[1] !== 'backup') return true;
    end(Number(failed[3]), log);
    return true;
  },
};

const stepLine = /^[Pp]rofile '([^']{1,200})': ([Ss]tarting|[Ff]inished) '([\w-]{1,30})'/;
/** With `--dry-run` it shows the command and runs none. */
const dryRun = /^dry-run: (?:\S{0,200}[\\/])?restic(?:\.exe)? backup /;
const failedLine = /^(?:\[?ERROR\]?:? )?([\w-]{1,30}) on profile '([^']{1,200})': exit status (\d{1,3})/;

function readStep(profile: string, starts: boolean, command: string, log: RunAssembler): void {
  if (command !== 'backup') log.setAside(starts);
  else if (starts) log.beginSession(log.lineTime, { label: profile, backup: true });
  else end(0, log);
}

function end(exitCode: number, log: RunAssembler): void {
  log.endSession(log.lineTime, {
    exitCode,
    failed: false,
    partial: false,
    tool: runsTool,
    backup: true,
    aside: false,
  });
}

function addBackup(backup: JsonObject, profile: string, log: RunAssembler): void {
  const endedAt = log.stamps.parse(backup.time);
  const durationMs = durationOfSeconds(backup.duration);
  const error = textOf(backup.error);
  const code = /exit status (\d{1,3})/.exec(error ?? '')?.[1];
  const startedAt = endedAt === null ? null : endedAt - (durationMs ?? 0);
  // The file is written anew for each profile, with the others' last backups in it again.
  if (log.hasTold(runsTool, log.nameJob(runsTool, { host: null, label: profile, repository: null }), startedAt)) return;
  const outcome =
    backup.success === true ? 'success' : code === undefined ? 'failure' : outcomeOfExitCode(runsTool, Number(code));
  const counted = (countOf(backup.bytes_total) ?? 0) > 0 || (countOf(backup.files_total) ?? 0) > 0;
  log.add(runsTool, {
    outcome,
    label: profile,
    runId: textOf(backup.snapshot_id),
    startedAt,
    durationMs,
    // Without extended status every count is 0.
    sizeBytes: counted ? countOf(backup.bytes_total) : null,
    addedBytes: counted ? countOf(backup.bytes_added) : null,
    fileCount: counted ? countOf(backup.files_total) : null,
    changedFileCount: counted ? (countOf(backup.files_new) ?? 0) + (countOf(backup.files_changed) ?? 0) : null,
    error: outcome === 'success' ? null : (fatalLine(textOf(backup.stderr)) ?? error),
  });
}

/** What restic printed says more than its exit code. */
function fatalLine(stderr: string | null): string | null {
  const lines = (stderr ?? '').slice(0, 20_000).split('\n');
  return lines.find((line) => /^(?:Fatal|error): /i.test(line)) ?? null;
}
