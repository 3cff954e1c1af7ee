/** Words that say how a run ended. */
import type { Outcome } from '../run.ts';

const outcomeWords = new Map<string, Outcome>();
for (const [outcome, words] of Object.entries({
  // Letters, too, as databases and Bacula's list of jobs put them.
  success:
    't s success succeeded successful successfully ok okay completed complete done passed finished good succes true',
  partial:
    'w partial partially partialsuccess partiallyfailed warning warnings warn completedwithwarnings completedwitherrors successwithwarnings incomplete degraded',
  failure:
    'f e failure failed fail error errored errors fatal aborted abort crashed timeout timedout broken failedvalidation unsuccessful false',
  cancelled: 'cancelled canceled cancel interrupted stopped killed terminated usercancelled',
  running: 'running inprogress started starting pending queued active scheduled waiting new',
  skipped: 'skipped skip notrun disabled',
})) {
  for (const word of words.split(' ')) outcomeWords.set(word, outcome as Outcome);
}
const outcomeCache = new Map<string, Outcome | null>();

/** The outcome a word stands for, in any case and spelling; null when it is none. @example outcomeOfWord('COMPLETED') //=> 'success' */
export function outcomeOfWord(word: string): Outcome | null {
  let outcome = outcomeCache.get(word);
  if (outcome === undefined) {
    outcome = word.length > 40 ? null : (outcomeWords.get(word.toLowerCase().replace(/[^a-z]/g, '')) ?? null);
    if (outcomeCache.size < 1000) outcomeCache.set(word, outcome);
  }
  return outcome;
}
