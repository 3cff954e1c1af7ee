/** Names of jobs: readable, the same every night, and different for each host and repository. */
import { fitToShow, hidePassword } from './cleanText.ts';

/** The name of the job of a file whose lines name none: the tool and the file's own name. */
export function jobOfFile(tool: string, fileName: string): string {
  return fileName === '' ? tool : `${tool} ${fileName}`;
}

/**
 * A job's id from what its records tell; parts that are unknown are left out. With nothing but the tool known, the file
 * stands in.
 *
 * @example
 * jobId('restic', { host: 'web-01', label: '/srv /home', repository: null }, 'backup') //=> 'restic web-01:/srv /home'
 * jobId('borg', { host: null, label: 'web-01', repository: '/mnt/repo' }, 'backup') //=> 'borg web-01 → /mnt/repo'
 * jobId('restic', { host: null, label: null, repository: null }, 'backup') //=> 'restic backup'
 */
export function jobId(
  tool: string,
  parts: { host: string | null; label: string | null; repository: string | null },
  fileName: string,
): string {
  const { host, label, repository } = parts;
  if (host === null && label === null && repository === null) return jobOfFile(tool, fileName);
  const what = host !== null && label !== null && host !== label ? `${host}:${label}` : (label ?? host);
  const name = [tool, what, repository === null ? null : `→ ${repository}`].filter((part) => part !== null).join(' ');
  return hidePassword(fitToShow(name));
}

/** Folders for years and months, as scripts make them that write a file a night; what stands behind is the day's folder. */
const dateFolders = /(?:^|[/\\])(?:19|20)\d{2}(?:[/\\]|[-_]?)(?:0[1-9]|1[0-2])[/\\]((?:0[1-9]|[12]\d|3[01])[/\\])?/;

const outputWord = /(?:^|[-_.])(?:stdout|stderr|output|errors?)$/i;

/**
 * A file's name without what changes from day to day (folder, rotation number, date), without the endings of logs and
 * the word for what a tool writes to one of its two outputs. Empty where nothing is left of a name that told a day or an
 * output.
 *
 * @example
 * fileLabel('/var/log/nightly-2026-01-05.log.2.gz') //=> 'nightly'
 * fileLabel('/var/log/2026/01/nightly-05.log') //=> 'nightly'
 * fileLabel('/var/log/2026/01/05/web-01.log') //=> 'web-01'
 * fileLabel('/var/log/backup.err.log') //=> 'backup'
 * fileLabel('/var/log/web/2026-01-05.log') //=> ''
 */
export function fileLabel(path: string): string {
  let name = fitToShow(path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1));
  const whole = name;
  for (let before = ''; before !== name;) {
    before = name;
    name = name.replace(/\.(?:gz|zst|bz2|xz|log|json|jsonl|ndjson|csv|tsv|txt|out|err|old|bak|\d{1,3})$/i, '');
    name = withoutDate(name).replace(outputWord, '');
  }
  const dated = dateFolders.exec(path);
  if (!dated) return name === '' && !/^\d|^std|^err|^out/i.test(whole) ? whole : name;
  // In the folder of a month a number is the day's; `web01` is a host.
  return dated[1] === undefined ? name.replace(/(?:^|[-_.])(?:0[1-9]|[12]\d|3[01])$/, '') : name;
}

/**
 * A name without the date, time or serial stamp at its end or start, as archives and rotated logs carry them.
 *
 * @example
 * withoutDate('web-01-2026-01-05T03:00:01.123') //=> 'web-01'
 * withoutDate('20260105-db') //=> 'db'
 */
export function withoutDate(name: string): string {
  return name
    .replace(
      /[-_.:@ ]{0,2}(?:19|20)\d{2}[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:[0-2]\d|3[01])(?:[-_.T: ]{0,2}\d{1,2}(?:[-_.:h]?\d{2}){0,2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?$/,
      '',
    )
    .replace(/[-_.:@ ]{1,2}1\d{9}(?:\.\d{1,6})?$/, '')
    .replace(
      /^(?:19|20)\d{2}[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:[0-2]\d|3[01])(?:[-_.T: ]{0,2}\d{1,2}(?:[-_.:h]?\d{2}){0,2})?[-_.:@ ]{1,2}(?=\D)/,
      '',
    );
}

const wordsOfAnyJob = new Set(
  (
    'backup backups restic borg borgmatic borgbackup rclone rsnapshot rsync duplicity cron run script job jobs service sh ' +
    'bash py pl nightly daily do make start systemd local system root logger'
  ).split(' '),
);

/**
 * What the name of a process or unit says of its job; null when it is one that any backup could have.
 *
 * @example
 * nameOfProcess('backup-www.service') //=> 'www'
 * nameOfProcess('restic') //=> null
 */
export function nameOfProcess(name: string): string | null {
  const words = name.split(/[-_.@: ]+/).filter((word) => word !== '' && !wordsOfAnyJob.has(word.toLowerCase()));
  // The number of a container alone, of `backup-1`, says nothing either.
  return words.every((word) => /^\d+$/.test(word)) ? null : words.join('-');
}
