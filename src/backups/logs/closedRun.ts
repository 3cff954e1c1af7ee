/** What a run turned out to be once nothing more is said of it: its outcome, its times, its reason. */
import { newRun, type BackupRun, type Outcome } from '../run.ts';
import { outcomeOfExitCode } from './exitCode.ts';
import { classifyFailure } from './failureClass.ts';
import type { OpenRun } from './openRun.ts';

/** Why a run is closed: the next one begins, or the log ends. */
export type Closing = 'next' | 'end';

/** The run as it turned out, in the log at a path; its job's name is the caller's to give. */
export function closedRun(open: OpenRun, why: Closing, { job, path }: { job: string; path: string }): BackupRun {
  const outcome = outcomeOf(open, why);
  return newRun({
    ...timesOf(open),
    job,
    tool: open.tool,
    host: open.host,
    repository: open.repository,
    runId: open.runId,
    outcome,
    sizeBytes: open.sizeBytes,
    addedBytes: open.addedBytes,
    fileCount: open.fileCount,
    changedFileCount: open.changedFileCount,
    repositoryBytes: open.repositoryBytes,
    kind: open.kind,
    onlyInCatalog: open.onlyInCatalog,
    error: reasonOf(open, outcome),
    source: { path, line: open.line, endLine: Math.max(open.line, open.endLine) },
  });
}

/** When a run ended, or began where it tells no length; null where it tells no time. */
export function endOf({ startedAt, durationMs }: BackupRun): number | null {
  return startedAt === null ? null : startedAt + (durationMs ?? 0);
}

/**
 * How the run ended. What the tool said weighs more than an exit code of 0, which may be that of a pipe's last command; a
 * run that never ended is running where the log ends, and was cut off where another follows.
 */
function outcomeOf(open: OpenRun, why: Closing): Outcome {
  const { exitCode } = open;
  if (open.cancelled && !open.failed) return 'cancelled';
  if (exitCode !== null && exitCode !== 0)
    return open.failed && exitCode < 128 ? 'failure' : outcomeOfExitCode(open.tool, exitCode);
  if (open.failed) return 'failure';
  if (open.skipped) return 'skipped';
  if (open.partial || (exitCode === null && open.warnings > 0 && (open.ended || open.hasResult))) return 'partial';
  if (exitCode === 0 || open.ended || open.hasResult) return 'success';
  if (why === 'end') return 'running';
  // A tool that had spoken was cut off; of a bare start line nobody knows.
  return open.spoken ? 'failure' : 'unknown';
}

/** Start and length: the tool's own word first, then the lines around it, then the stamps in front of its lines. */
function timesOf(open: OpenRun): Pick<BackupRun, 'startedAt' | 'startedAtFrom' | 'durationMs'> {
  const endedAt = open.endedAt ?? open.stampedEnd ?? (open.ended ? open.lastSeenAt : null);
  const told = open.startedAt ?? open.stampedStart;
  const reckoned = endedAt !== null && open.durationMs !== null ? endedAt - open.durationMs : null;
  const { firstSeenAt } = open;
  // No run begins after its first line.
  const early = reckoned !== null && firstSeenAt !== null ? Math.min(reckoned, firstSeenAt) : (reckoned ?? firstSeenAt);
  const begun = told ?? early;
  const startedAt = begun ?? endedAt;
  const startedAtFrom = open.startedAt !== null ? 'record' : startedAt !== null ? 'wrapper' : 'none';
  const elapsed = begun !== null && endedAt !== null && endedAt >= begun ? endedAt - begun : null;
  return { startedAt, startedAtFrom, durationMs: open.durationMs ?? elapsed };
}

/** The tool's own words; where these explain nothing, the line beside them that does. Null for a success. */
function reasonOf({ tool, error, hint }: OpenRun, outcome: Outcome): string | null {
  if (outcome === 'success') return null;
  if (outcome !== 'failure' || hint === null) return error;
  if (error === null) return hint;
  return classifyFailure(tool, error) === 'other' && classifyFailure(tool, hint) !== 'other'
    ? `${error} (${hint})`
    : error;
}
