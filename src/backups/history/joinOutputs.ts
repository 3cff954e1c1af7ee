/** One run told by the two outputs of its tool, in two files, becomes one run. */
import type { ParsedLog } from '../logs/parseLog.ts';
import type { BackupRun, Outcome } from '../run.ts';
import { mergeRuns, type PlacedRun } from './joinRuns.ts';
import { pairedLogs } from './pairedLogs.ts';

/** So far outside of a run the stamps on the other output's lines may stand, or the time of its file. */
const slackMs = 5000;
/** A run that tells no end may have said so much later what went wrong. */
const longestMs = 60_000;

/**
 * Joins what a log of errors tells to the runs of the log beside it: what has a time to the run that went on then; what
 * has none, in order, to the runs there that failed between the same two others. Where the log tells failures but not as
 * many, nobody knows whose the words are, and they are no runs of their own either. Where it tells none, they stay.
 */
export function joinOutputs(placed: PlacedRun[], logs: readonly ParsedLog[]): PlacedRun[] {
  const pairs = pairedLogs(logs);
  if (pairs.size === 0) return placed;
  const byLog = new Map<ParsedLog, PlacedRun[]>();
  for (const entry of placed) {
    if (entry.run.onlyInCatalog) continue;
    const known = byLog.get(entry.log);
    if (known) known.push(entry);
    else byLog.set(entry.log, [entry]);
  }
  const joined = new Set<PlacedRun>();
  for (const [errors, beside] of pairs) {
    const told = byLog.get(errors);
    const runs = byLog.get(beside);
    if (told && runs) joinPair(told, runs, joined);
  }
  return joined.size === 0 ? placed : placed.filter((entry) => !joined.has(entry));
}

function joinPair(told: readonly PlacedRun[], runs: readonly PlacedRun[], joined: Set<PlacedRun>): void {
  const taken = new Set<PlacedRun>();
  // When a file of errors was last written is when its run went wrong only where it is the file of that run.
  const isOneRuns = runs.length <= 2;
  const timeOf = ({ run }: PlacedRun): number | null =>
    run.startedAtFrom === 'fileTime' && !isOneRuns ? null : run.startedAt;
  /** Entries without a time since the last one that had its run. */
  let untimed: PlacedRun[] = [];
  let from = 0;
  const settle = (to: number): void => {
    const failed = runs.slice(from, to).filter((entry) => !taken.has(entry) && isTrouble(entry.run));
    if (untimed.length === 0 || failed.length === 0) return;
    untimed.forEach((entry, n) => {
      if (failed.length === untimed.length) take(failed[n]!, entry.run);
      joined.add(entry);
    });
  };
  for (const entry of told) {
    const time = timeOf(entry);
    if (time === null) {
      untimed.push(entry);
      continue;
    }
    const at = runs.findIndex((one, n) => n >= from && !taken.has(one) && wentOnAt(one.run, time));
    if (at === -1) continue;
    settle(at);
    untimed = [];
    take(runs[at]!, entry.run);
    taken.add(runs[at]!);
    joined.add(entry);
    from = at;
  }
  settle(runs.length);
}

function isTrouble({ outcome }: BackupRun): boolean {
  return outcome === 'failure' || outcome === 'partial' || outcome === 'cancelled';
}

function wentOnAt({ startedAt, durationMs }: BackupRun, at: number): boolean {
  return startedAt !== null && at >= startedAt - slackMs && at <= startedAt + (durationMs ?? longestMs) + slackMs;
}

function take(entry: PlacedRun, errors: BackupRun): void {
  const { run } = entry;
  const tool = run.tool === 'script' ? errors.tool : run.tool;
  const outcome = outcomeOf(run, errors);
  const merged = { ...mergeRuns(run, errors), tool, outcome };
  entry.run = outcome === 'success' ? { ...merged, error: null, failureClass: null } : merged;
}

/** How a run ended by what both outputs say. */
function outcomeOf(run: BackupRun, errors: BackupRun): Outcome {
  if (isOpen(run)) return errors.outcome;
  // The script knows no more than a code; the tool's words tell what it means.
  if (run.tool === 'script' && run.outcome === 'failure' && isTrouble(errors)) return errors.outcome;
  if (run.outcome === 'failure' && errors.outcome === 'cancelled') return 'cancelled';
  if (run.outcome !== 'success' || errors.error === null) return run.outcome;
  // Something was said to have gone wrong, and a backup was made.
  if (isOpen(errors) || (errors.outcome === 'failure' && run.sizeBytes !== null)) return 'partial';
  return errors.outcome;
}

function isOpen({ outcome }: BackupRun): boolean {
  return outcome === 'running' || outcome === 'unknown';
}
