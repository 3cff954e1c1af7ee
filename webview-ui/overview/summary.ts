import type { ReportOverview } from '../../src/protocol/reportOverview.ts';
import { fullIn } from '../fullIn.ts';
import type { Words } from '../words.ts';

/** Beyond this, a storage that fills up is no news of today. */
const soonDays = 90;

/**
 * What matters of all jobs, in a sentence or three.
 *
 * @example summary(report, words) //=> '2 of 10 jobs should wait. Overdue jobs: 1.'
 */
export function summary({ jobs }: ReportOverview, words: Words): string {
  const wait = jobs.filter(({ prediction }) => prediction?.decision.action === 'delay_or_manual').length;
  const overdue = jobs.filter(({ cadence }) => cadence !== null && cadence.overdueMs !== null).length;
  const full = jobs.flatMap(({ daysToFull }) => fullIn(daysToFull) ?? []);
  const earliest = Math.min(...full.map((one) => ('earliest' in one ? one.earliest : Infinity)));
  const sentences = [
    wait > 0 ? words.say('report.summary.wait', { jobs: wait, all: jobs.length }) : words.say('report.summary.calm'),
  ];
  if (overdue > 0) sentences.push(words.say('report.summary.overdue', { jobs: overdue }));
  if (full.some(({ when }) => when === 'now')) sentences.push(words.say('report.summary.fullNow'));
  else if (earliest <= soonDays) sentences.push(words.say('report.summary.full', { days: earliest }));
  return sentences.join(' ');
}
