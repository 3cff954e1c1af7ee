import type { Definition } from './definition.ts';

const timed =
  /^\s*(?:@(?:reboot|yearly|annually|monthly|weekly|daily|midnight|hourly)|(?:[\d*,/\-~]+|[\d,-]*[a-z]{3}[a-z,-]*)(?:\s+\S+){4})\s+\S/i;
const comment = /^\s*#/;
const assignment = /^\s*\w+\s*=/;

/**
 * The timed commands of a crontab, one a line.
 *
 * @example
 * crontab('0 2 * * * restic backup /etc') //=> [{ line: 0, name: null, text: '0 2 * * * restic backup /etc' }]
 */
export function crontab(text: string): Definition[] {
  return text
    .split('\n')
    .map((content, line) => ({ line, name: null, text: content }))
    .filter(({ text: content }) => timed.test(content) && !comment.test(content) && !assignment.test(content));
}
