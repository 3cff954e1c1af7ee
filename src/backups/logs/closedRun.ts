/** What a run turned out to be once nothing more is said of it: its outcome, its times, its reason. */
import type { BackupRun, Outcome } from '../run.ts';
import { outcomeOfExitCode } from './exitCode.ts';
import { classifyFailure } from './failureClass.ts';
import type { OpenRun } from './openRun.ts';

/** Why a run is closed: the next one begins, or the log ends. */
export type Closing = 'next' | 'end';

/**
 * How the run ended. What the tool said weighs more than an exit code of 0, which may be that of a pipe's last command; a
 * run that never ended is running where the log ends, and was cut off where another follows.
 */
export function outcomeOfOpenRun(open: OpenRun, why: Closing): Outcome {
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
export function timesOfOpenRun(open: OpenRun): Pick<BackupRun, 'startedAt' | 'startedAtFrom' | 'durationMs'> {
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
export function reasonOfOpenRun({ tool, error, hint }: OpenRun, outcome: Outcome): string | null {
  if (outcome === 'success') return null;
  if (outcome !== 'failure' || hint === null) return error;
  if (error === null) return hint;
  return classifyFailure(tool, error) === 'other' && classifyFailure(tool, hint) !== 'other'
    ? `${error} (${hint})`
    : error;
}
