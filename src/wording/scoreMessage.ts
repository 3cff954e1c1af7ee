import { message, type Message } from './message.ts';

/** Less than this reads as no difference. */
const leastSkill = 0.005;

/**
 * What a scorecard says of predictions beside a job's failure rate. Which is better goes by the log loss, how much by the
 * Brier score: where the two do not agree, the error was about the same.
 *
 * @param isBetter whether the predictions are what is used
 * @param skill 1 − the Brier score over that of the failure rate; may be below 0 or not a number
 * @example scoreMessage(true, -0.04).code //=> 'report.score.likeBase'
 */
export function scoreMessage(isBetter: boolean, skill: number): Message {
  if (!isBetter) return message('report.score.noBetterThanBase');
  return skill >= leastSkill ? message('report.score.betterThanBase', { skill }) : message('report.score.likeBase');
}
