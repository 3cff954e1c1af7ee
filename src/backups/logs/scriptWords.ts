/** The words by which scripts speak of backups. */

const backupWord =
  /back-?up|back up|backing up|(?:\b|_|mysql|mongo)dump|snapshot|archiv|\bsync|mirror|respaldo|copia de seguridad|c[óo]pia de seguran[çc]a|datensicherung|\bsicherung|sauvegarde/i;
const toolWord =
  /\b(restic|borgmatic|borg|rclone|rsnapshot|rsync|duplicity|kopia|barman|pgbackrest|wal-g|velero|duplicati|vzdump)\b/i;

/**
 * The backup tool that a text names; null when it names none.
 *
 * @example toolNamedIn('Starting restic') //=> 'restic'
 */
export function toolNamedIn(text: string): string | null {
  return toolWord.exec(text)?.[1]?.toLowerCase() ?? null;
}

/** Whether a text has a word for backups in it. @example hasBackupWord('mirror of /srv') //=> true */
export function hasBackupWord(text: string): boolean {
  return backupWord.test(text);
}

/** Whether a text is about a backup: by a word for it, or by a tool's name. @example speaksOfBackup('borg') //=> true */
export function speaksOfBackup(text: string): boolean {
  return backupWord.test(text) || toolWord.test(text);
}

/** A number in front is that of the process, as go-cron tells it. */
const dumpFailed =
  /^(?:\d{1,6}: )?(?:\S{0,100}\/)?(?:pg_dump(?:all)?|mysqldump|mariadb-dump|mongodump|mydumper)(?:\.exe)?: (?:error: |fatal: |\[archiver|could not |aborting because |Got error|Error:? \d|Couldn't )/i;

/**
 * Whether a line is what a program that dumps databases says of its failure; of its success it says nothing.
 *
 * @example isOfFailedDump('pg_dump: error: connection to server failed') //=> true
 */
export function isOfFailedDump(line: string): boolean {
  return line.includes('dump') && dumpFailed.test(line);
}
