/** The lines that a cron script, a timer or a shell puts around a tool's own. */
import type { LogReader } from './reader.ts';
import type { RunAssembler } from './runAssembler.ts';
import type { JsonObject } from './jsonValue.ts';
import { labelOf } from './scriptLabel.ts';
import { messageOf } from './scriptRecord.ts';
import { hasBackupWord, isOfFailedDump, speaksOfBackup, toolNamedIn } from './scriptWords.ts';
import { epochOfNumber } from './stamps.ts';

// Not that of a version: `3.0.0-rc15`.
const exitCodeWord =
  /\b(?<!\d-)(?:exit(?:ed)?|rc|ret|retval|retcode|return(?:ed)?|errorlevel|exitcode|exit_?status|error[ _-]code|status(?==)|(?<=\bwith )(?:status|code))[ _-]?(?:code|status|value)?(?: (?:with|was|is|of|non-zero))*(?: (?:exit|return|error))?(?: (?:code|status|value))?[ )]?[:=(]? {0,8}(-?\d{1,5})(?![\d:]|[.-]\d)/i;
/** As scripts print the shell's own variable: `$?=1`, and where the line ends with it: `Result: 1`. */
const shellCode = /(?<!\S)\$\? ?[:=] ?(\d{1,3})(?!\d)|\bresult(?: code)? ?[:=] ?(\d{1,3})$/i;
/** The same in the other languages whose words are known here. */
const foreignCode =
  /(?:c[óo]digo de (?:salida|error|retorno)|r[üu]ckgabewert|exit-?code|fehlercode|code (?:de )?(?:retour|sortie)) ?[:=]? ?(\d{1,3})(?!\d)/i;
// A word of code (`sys.exit(`) is none of the script's.
const startWord =
  /(?<!\.)\b(?:start(?:s|ed|ing)?|begin(?:s|ning)?|began|launch(?:ed|ing)?|running(?! as )|commenc(?:ed|ing)|inicio|in[íi]cio|inicia(?:d[oa]|ndo)?|comienz[oa]|comenzando|gestartet|startet|beginnt|d[ée]but|d[ée]marrage)\b(?!\()/i;
/** A script that dumps databases says this of each; where a run is under way it is one of its steps. */
const dumpWord =
  /(?<!\.)\b(?:dumping|creating (?:a )?(?:dump|pg_dump(?:all)?) of) (?!.{0,400}\b(?:done|finished|completed?|fail(?:ed|s)?|errors?)\b)/i;
const endWord =
  /(?<!\.)\b(?:end(?:s|ed|ing)?|finish(?:ed|es|ing)?|complet(?:ed?|es|ion)|done|stopped|exit(?:ed|s)?|took|time taken|fin|finaliza(?:d[oa])?|termina(?:d[oa])?|completad[oa]|realizad[oa]|efetuad[oa]|conclu[íi]d[oa]|ende|beendet|abgeschlossen|termin[ée]e?)(?![\wà-ÿ(])/i;
/** In capitals only: a verdict, where the small words may be about anything. */
const okWord = /\b(?:OK|SUCCESS|SUCCEEDED)\b/;
/** In any letters where it is said of the backup itself: `Backup successful`, `Backup of /srv was successful`. */
const successWord =
  /\b(?:backup|dump|sync|snapshot)(?: of \S{1,100})?(?: [a-z]{2,12}){0,2} (?:successful(?:ly)?|success|succeeded)\b/i;
/** What `/usr/bin/time` says last: `0.91user 0.08system 0:02.30elapsed 42%CPU (…)`; before it, how the command ended. */
const timed = /^[\d.]{1,12}user [\d.]{1,12}system [\d:.]{1,14}elapsed /;
const endedBySignal = /\b(?:terminated|killed) by signal (\d{1,2})\b/i;
const failWord =
  /\b(?:fail(?:ed|ure|s)?|unsuccessful(?:ly)?|not successful(?:ly)?|went wrong|aborted|with errors?|fallid[oa]|con errores|fehlgeschlagen|erro ao|falhou)\b|\bfall[óo](?![a-z])|(?<![\wà-ÿ])[ée]chec|(?<![\wà-ÿ])échou/i;
const warnWord = /\bwith (?:some )?warnings?\b/i;
const otherCommand =
  /\b(?:forget|prun(?:e|ing)|check|compact|verif(?:y|ying)|expire|cleanup|clean up|maintenance|housekeeping|retention|rotat(?:e|ing)|unlock(?:ing|ed)?|restor(?:e[ds]?|ing|ation))\b/i;
/** The script itself is over, whatever it did last. */
const wholeScript = /\b(?:script|all (?:jobs|tasks|done))\b/i;
/** A step that makes the backup: the script's start where it says no other. */
const makes =
  /\b(?:creating|performing|making|taking) (?:an? |the |new |full |incremental |daily |local ){0,3}(?:backup|dump|snapshot)\b/i;
/** That a backup is done, said at the beginning of the line; of scripts that say no more. */
const doneBackup =
  /^\W{0,6}(?:[\w./-]{1,40}(?::? |\W{2,8})){0,3}(?:back-?up|dump|respaldo|sicherung|sauvegarde|c[óo]pia de seguran[çc]a)\b.{0,80}\b(?:complet|finish|succe|done|saved|created|fail|realizad|efetuad|conclu|finaliz|termin|erstellt|abgeschlossen|fehlgeschlagen|r[ée]ussi)/i;
const notOfNow = /\b(?:last|previous|latest|no|not|next|every|if|when|until|since|would|will)\b/i;
/** Another attempt follows. */
const retryWord = /\b(?:retry(?:ing)?|trying again|try again) (?:in|after|now|\d)|\bwill retry\b|, retrying\b/i;
/** A step of the script that is no backup. */
const sideStep = /^\W{0,10}(?:pruning|compacting|forgetting|expiring|checking|verifying|cleaning)\b/i;
/** A command that the shell shows before it runs it: `set -x`, behind its prompt, or a script that says so. */
const command =
  /^(?:\+{1,5} |(?:[\w.@:~/()[\] -]{0,80}\S)?[$%❯➤] {1,2}|[\w.@:~/()[\] -]{0,80}[~\]\w/]# |(?:> )?(?:(?:running|executing)(?: command)?|cmd|command): ?)(?:\w{1,40}=\S{0,200} )*(?:(?:sudo|nice|ionice|timeout|time|env|flock)(?: \S{1,60}){0,6}? )?(?:\/\S{0,100}\/)?(restic|borg|borgmatic|rclone|rsync|rsnapshot|duplicity) (.*)$/i;
// Looked for first: these are cheap on the many lines that show none.
const commandNames = ['restic ', 'borg ', 'borgmatic ', 'rclone ', 'rsync ', 'rsnapshot ', 'duplicity '];
const savingCommand = /(?:^| )(?:backup|create|sync|copy|copyto|move|bisync|full|incr|incremental)(?: |$)/;
/** rsnapshot is told the name of an interval, which may be any word, to save. */
const lookingCommand = /(?:^| )(?:configtest|du|diff|upgrade-config-file|version|version_only)(?: |$)/;
const problem =
  /error|fail|denied|not found|no such|cannot|can't|could not|unable|no space|time(?:d )?out|refused|killed|fatal|aborted|terminated|segmentation|out of memory|unreachable|invalid|missing/i;
/** How a program written in Go tells that a command it ran has failed, on a line of its own behind that command's. */
const exitStatus = /^exit status \d{1,3}$/;
const longestLine = 2000;
/** A line of a record in JSON that nobody could put together: `"start": "2026-06-01T02:00:03",` begins nothing. */
const jsonField = /^[^"A-SU-Ya-z]{0,60}"[\w.-]{1,60}"\s?:/;
/** The same behind what else stands on its line. */
const fieldOfStart = /"\w{0,20}start\w{0,20}"\s?:/i;
/** Seconds since 1970, from 2014 on, as `date +%s` prints them. */
const epochSeconds = /(?<![\d.:/-])(1[4-9]\d{8})(?![\d:/-])/;
/** A start line of few words: a tag, a time, START. */
const fewWords = 4;

/** Scripts: start and end stamps, exit codes, verdicts. Tried last, after every tool. */
export const script: LogReader = {
  tool: 'script',
  readLine(line, log) {
    if (line.length > longestLine || jsonField.test(line)) return false;
    if (line === '' || isRuled(line)) {
      if (log.lineTime !== null) log.passTime(log.lineTime);
      return log.lineTime !== null;
    }
    if (readCommand(line, log) || readMailHead(line, log)) return true;
    // Tools try single steps once more, too, while they are at work.
    if (retryWord.test(line) && (log.busyTool === null || /\b(?:attempt|try) #?\d/i.test(line))) {
      log.retry();
      return true;
    }
    if (sideStep.test(line) && !hasBackupWord(line)) {
      log.setAside(true);
      return true;
    }
    if (isOfFailedDump(line)) return readDumpFailed(line, log);
    const exitCode = codeIn(line);
    const begins = fieldOfStart.test(line) ? null : startWord.exec(line);
    const starts = begins ?? (mayBeginDump(log) ? dumpWord.exec(line) : null);
    const ends = endWord.exec(line);
    const fails = failWord.test(line);
    const verdict =
      (fails && (hasBackupWord(line) || log.lineRuled)) ||
      (log.inSession && (okWord.test(line) || successWord.test(line)));
    if (exitCode !== null || (ends && (!starts || ends.index < starts.index)) || verdict) {
      return readEnd(line, { exitCode, failed: fails }, log);
    }
    if (starts) return readStart(line, labelOf(line), log);
    if (log.lineTime !== null && log.busyTool === null && makes.test(line)) {
      log.beginSession(log.lineTime, { label: labelOf(line), backup: true, step: true });
      return true;
    }
    if ((log.lineRuled || isHeading(line)) && readHeading(line, log)) return true;
    if (problem.test(line)) log.noteHint(line);
    return false;
  },
  readObject,
};

/** Whether a dump may be a run of its own: no script's words are around it, and no tool's run is under way. */
function mayBeginDump(log: RunAssembler): boolean {
  return log.isIdle && (log.lastTool === null || log.lastTool === 'script');
}

/** Beside the run of a tool it is at most the reason of the script's exit code. */
function readDumpFailed(line: string, log: RunAssembler): boolean {
  if (log.lastTool !== null && log.lastTool !== 'script') {
    log.noteHint(line);
    return false;
  }
  const run = log.runInTrouble('script');
  run.failed = true;
  run.ended = true;
  run.error ??= line;
  return true;
}

/** A record of a script's own: its words say that the backup begins, or that the one that began is over. */
function readObject(object: JsonObject, log: RunAssembler): boolean {
  const message = messageOf(object);
  if (message === null) return false;
  const { job, exitCode, isError } = message;
  // Names of events: `backup_start`, `backup_end`. In a sentence such a name is a variable's or a function's.
  const text = message.text.includes(' ') ? message.text : message.text.replaceAll('_', ' ');
  const starts = startWord.exec(text);
  const ends = endWord.exec(text);
  const begins = starts !== null && exitCode === null && (!ends || starts.index < ends.index);
  const isOver = ends !== null || exitCode !== null || failWord.test(text) || okWord.test(text);
  if (!begins && !(isOver && log.inSession && (hasBackupWord(text) || exitCode !== null))) return false;
  log.lineTime = log.stamps.parse(message.at) ?? log.lineTime;
  if (begins) return readStart(text, job ?? labelOf(text), log);
  const written = exitCode ?? Number(exitCodeWord.exec(text)?.[1] ?? NaN);
  const code = Number.isNaN(written) ? null : written;
  return readEnd(text, { exitCode: code, failed: failWord.test(text) || isError }, log);
}

/** The exit code that a line tells; null when it tells none. */
function codeIn(line: string): number | null {
  const code = exitCodeWord.exec(line) ?? foreignCode.exec(line) ?? shellCode.exec(line);
  if (code) return Number(code[1] ?? code[2]);
  const signal = endedBySignal.exec(line)?.[1];
  if (signal !== undefined) return 128 + Number(signal);
  return timed.test(line) ? 0 : null;
}

function readCommand(line: string, log: RunAssembler): boolean {
  const found = commandNames.some((name) => line.includes(name)) ? command.exec(line) : null;
  if (!found) return false;
  const [, tool, rest] = found as unknown as [string, string, string];
  const saves = tool === 'rsnapshot' ? !lookingCommand.test(rest) : savingCommand.test(rest);
  const isOther = !saves && !/^(?:borgmatic|rsync|duplicity)$/.test(tool);
  if (isOther) log.setAside(true);
  else log.beginSession(log.lineTime, { label: null, backup: true });
  return true;
}

/** `From root@nas  Mon Jan  5 02:17:40 2026`: in a mailbox, the mail that cron sent when the script was over. */
function readMailHead(line: string, log: RunAssembler): boolean {
  if (!line.startsWith('From ') || !/^From \S{1,200} {1,4}[A-Z][a-z]{2} [A-Z][a-z]{2} /.test(line)) return false;
  const at = log.stamps.find(line)?.at;
  if (at !== undefined) log.beginMail(at);
  return at !== undefined;
}

function timeIn(line: string, log: RunAssembler): number | null {
  if (log.lineTime !== null) return log.lineTime;
  const written = log.stamps.find(line)?.at;
  if (written !== undefined) return written;
  const seconds = epochSeconds.exec(line)?.[1];
  return seconds === undefined ? null : epochOfNumber(Number(seconds));
}

function readStart(line: string, label: string | null, log: RunAssembler): boolean {
  const at = timeIn(line, log);
  if (otherCommand.test(line) && !hasBackupWord(line)) {
    log.setAside(true);
    return true;
  }
  const backup = isAboutBackup(line, log);
  if (at === null && !backup) return false;
  // Within a run that is under way only a plain word of the next backup counts as a start.
  if (log.busyTool !== null && (at === null || !(speaksOfBackup(line) || line.split(' ').length <= fewWords)))
    return false;
  log.beginSession(at, { label, backup });
  return true;
}

function readEnd(line: string, verdict: { exitCode: number | null; failed: boolean }, log: RunAssembler): boolean {
  // A backup that went well is not made worse by the command after it.
  if (exitStatus.test(line) && log.isAside && log.busyTool === null) return true;
  const at = timeIn(line, log);
  // A verdict without time and code must at least speak of a backup.
  if (at === null && verdict.exitCode === null && !isAboutBackup(line, log)) {
    if (problem.test(line)) log.noteHint(line);
    return false;
  }
  log.endSession(at, {
    ...verdict,
    partial: warnWord.test(line),
    tool: toolNamedIn(line),
    backup: isAboutBackup(line, log),
    aside: otherCommand.test(line) && !hasBackupWord(line) && !wholeScript.test(line),
    alone: doneBackup.test(line) && !notOfNow.test(line) && !otherCommand.test(line),
    shape: line.replace(/\d+|(?<![\wà-ÿ])[A-Za-zà-ÿ]{3}(?![\wà-ÿ])/g, '0'),
  });
  return true;
}

/**
 * A ruled line with a time and no verb (`--- 2026-01-05 02:17:03 nightly backup ---`) is a stamp like a bare one; with the
 * time behind the words (`=== Nightly backup, 2026-01-05 02:17:03 ===`) it is a backup's first line, if more comes.
 */
function readHeading(line: string, log: RunAssembler): boolean {
  const at = timeIn(line, log);
  const ofBackup = speaksOfBackup(line);
  if (at === null || !(log.lineTime === null || log.lineRuled || ofBackup)) return false;
  log.passTime(at, log.lineTime === null && ofBackup && !otherCommand.test(line));
  return true;
}

function isHeading(line: string): boolean {
  return line.length <= 160 && /^[=*#~-]{2}|[=*#~-]{3}$/.test(line);
}

function isAboutBackup(line: string, log: RunAssembler): boolean {
  return speaksOfBackup(line) || hasBackupWord(log.fileName);
}

function isRuled(line: string): boolean {
  return /^[\s=*#_~+-]{1,200}$/.test(line);
}
