/** The job's name in a script's start line. */

const name = String.raw`["']?([A-Za-z][\w.@:/-]{0,80})["']?`;
const start = String.raw`(?:start(?:s|ed|ing)?|begin(?:s|ning)?|began|launch(?:ed|ing)?|running)`;

/** Where a name stands, the plainest place first. */
const places = [
  /\b(?:back(?:ing)?[ -]?up (?:of|for)|backing up|job(?:[ _-]?name)?(?: ?[=:]| )|name=|repo(?:sitory)?=|host=) ?"?'?([^\s"',;:=()[\]]{1,120})/i,
  /(?:^|\s)\[([A-Za-z][\w.@:/-]{0,80})\](?=\s|$)/,
  /\b(?:dumping|dump of|backup of|backup for)(?: \w{1,20}){0,2}? (?:database|db):? ["']?([A-Za-z][\w.@-]{0,80})/i,
  new RegExp(`\\b${start} (?:the )?${name} (?:backup|dump|sync|snapshot|job|archive)\\b`, 'i'),
  new RegExp(`\\b(?:backup|dump|sync|snapshot|job) ${name} (?:is |was )?${start}\\b`, 'i'),
  new RegExp(`^${name}:? (?:backup |job )?${start}(?=[ :=.]|$)`, 'i'),
  new RegExp(`\\b(?:starting|running|executing):? (?:\\S{0,120}/)?${name}$`, 'i'),
];

/** Words that stand there and are no names: any backup could be called so, or the next one is called otherwise. */
const noNames = new RegExp(
  '^(?:' +
    'the|a|an|at|on|to|all|of|for|in|from|is|was|and|by|this|my|new|process|script|job|jobs|number|id|run|it|now|' +
    'backup|backups|sync|dump|snapshot|archive|restic|borg|borgmatic|rclone|rsnapshot|rsync|duplicity|' +
    'nightly|daily|weekly|monthly|hourly|full|incremental|differential|scheduled|automatic|automated|' +
    'database|system|server|remote|local|offsite|cron|start|started|starting|begin|create|' +
    'debug|info|notice|warn|warning|error|err|critical|fatal' +
    ')$',
  'i',
);

/**
 * The job's name, where the line says one plainly; null when it does not, or says what changes from night to night.
 *
 * @example
 * labelOf('[mail] 2026-05-25 02:10:35 START') //=> 'mail'
 * labelOf('Starting www backup at Mon Jun 1 02:00:00 UTC 2026') //=> 'www'
 * labelOf('Starting nightly backup') //=> null
 */
export function labelOf(line: string): string | null {
  for (const place of places) {
    const found = place.exec(line)?.[1]?.replace(/[.:…]{1,20}$/, '');
    if (found === undefined || found === '' || noNames.test(found)) continue;
    if (/\d{4,}|\d{2}:\d{2}/.test(found) || /^#?\d+$/.test(found)) continue;
    return found;
  }
  return null;
}
