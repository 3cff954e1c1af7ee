import type { JobReport } from '../../src/backups/report.ts';
import { roundToSpoken, type Words } from '../words.ts';

/**
 * Sentences about the last run, the last success and the next run, in this order.
 *
 * @example whatHappened(job, now, words) //=> ['The last 3 runs failed.', 'The newest started 2026-11-23 02:00, 8 h ago.', …]
 */
export function whatHappened(job: JobReport, now: number, words: Words): string[] {
  const { lastRun, lastSuccessAt, cadence } = job;
  const age = (at: number): number => roundToSpoken(Math.max(0, now - at));
  const failures = failureStreak(job);
  const sentences = [
    failures > 1
      ? words.say('report.happened.failures', { runs: failures })
      : words.say(`report.happened.${lastRun.outcome}`),
  ];
  if (lastRun.startedAt !== null) {
    const code = failures > 1 ? 'report.happened.newestAt' : 'report.happened.startedAt';
    sentences.push(words.say(code, { at: lastRun.startedAt, age: age(lastRun.startedAt) }));
  }
  if (lastRun.outcome !== 'success') {
    if (lastSuccessAt !== null)
      sentences.push(words.say('report.happened.lastSuccess', { at: lastSuccessAt, age: age(lastSuccessAt) }));
    else if (job.outcomes.success === 0) sentences.push(words.say('report.happened.neverSucceeded'));
  }
  const { overdueMs, nextExpectedAt } = cadence ?? { overdueMs: null, nextExpectedAt: null };
  if (overdueMs !== null) sentences.push(words.say('report.happened.overdue', { late: roundToSpoken(overdueMs) }));
  else if (nextExpectedAt !== null) sentences.push(words.say('report.happened.nextAt', { at: nextExpectedAt }));
  return sentences;
}

/** Failures since anything else; runs that were skipped or are still going on break no streak. */
function failureStreak({ recentRuns }: JobReport): number {
  const ended = recentRuns.filter(({ outcome }) => outcome !== 'skipped' && outcome !== 'running');
  const end = ended.findIndex(({ outcome }) => outcome !== 'failure');
  return end < 0 ? ended.length : end;
}
