/** The lines that a cron script, a timer or a shell puts around a tool's own. */
import type { LogReader } from './reader.ts';
import type { RunAssembler } from './runAssembler.ts';

const exitCode =
  /\b(?:exit(?:ed)?|rc|ret|retval|retcode|return(?:ed)?|errorlevel|exitcode|exit_?status|error[ _-]code|status(?==)|(?<=\bwith )status)[ _-]?(?:code|status|value)?(?: (?:with|was|is|of|non-zero))*(?: (?:exit|return|error))?(?: (?:code|status|value))?[ )]?[:=(]? ?(-?\d{1,5})(?![\d:]|[.-]\d)/i;
const startWord = /\b(?:start(?:s|ed|ing)?|begin(?:s|ning)?|began|launch(?:ed|ing)?|running|commenc(?:ed|ing))\b/i;
const endWord = /\b(?:end(?:s|ed|ing)?|finish(?:ed|es|ing)?|complet(?:ed?|es|ion)|done|stopped|exit(?:ed|s)?|took)\b/i;
const failWord = /\b(?:fail(?:ed|ure|s)?|unsuccessful(?:ly)?|aborted|with errors?)\b/i;
const warnWord = /\bwith (?:some )?warnings?\b/i;
const backupWord = /backup|back up|backing up|\bdump|snapshot|archiv|\bsync|mirror/i;
const toolWord =
  /\b(restic|borgmatic|borg|rclone|rsnapshot|rsync|duplicity|kopia|barman|pgbackrest|wal-g|velero|duplicati|vzdump)\b/i;
const otherCommand = /\b(?:forget|prun(?:e|ing)|check|compact|verif(?:y|ying)|expire|cleanup|clean up)\b/i;
const jobName =
  /\b(?:back(?:ing)?[ -]?up (?:of|for)|backing up|job(?:[ _-]?name)?(?: ?[=:]| )|name=|repo(?:sitory)?=|host=) ?"?'?([^\s"',;:=()[\]]{1,120})/i;
const problem =
  /error|fail|denied|not found|no such|cannot|can't|could not|unable|no space|time(?:d )?out|refused|killed|fatal|aborted|terminated|segmentation|out of memory|unreachable|invalid|missing/i;
const longestLine = 2000;

/** Scripts: start and end stamps, exit codes, verdicts. Tried last, after every tool. */
export const script: LogReader = {
  tool: 'script',
  readLine(line, log) {
    if (line.length > longestLine) return false;
    if (line === '' || isRuled(line)) {
      if (log.lineTime !== null) log.passTime(log.lineTime);
      return log.lineTime !== null;
    }
    const code = exitCode.exec(line);
    const starts = startWord.exec(line);
    const ends = endWord.exec(line);
    const fails = failWord.test(line);
    if (code || (ends && (!starts || ends.index < starts.index)) || (fails && backupWord.test(line))) {
      return readEnd(line, code ? Number(code[1]) : null, fails, log);
    }
    if (starts) return readStart(line, log);
    if (problem.test(line)) log.noteHint(line);
    return false;
  },
};

function readStart(line: string, log: RunAssembler): boolean {
  const at = log.lineTime ?? log.stamps.find(line)?.at ?? null;
  if (otherCommand.test(line) && !backupWord.test(line)) {
    log.setAside(true);
    return true;
  }
  const backup = isAboutBackup(line, log);
  if (at === null && !backup) return false;
  // Within a run that is under way only a plain word of the next backup counts as a start.
  if (log.busyTool !== null && (at === null || !(backupWord.test(line) || toolWord.test(line)))) return false;
  log.beginSession(at, { label: labelIn(line), backup });
  return true;
}

function readEnd(line: string, code: number | null, failed: boolean, log: RunAssembler): boolean {
  const at = log.lineTime ?? log.stamps.find(line)?.at ?? null;
  // A verdict without time and code must at least speak of a backup.
  if (at === null && code === null && !isAboutBackup(line, log)) {
    if (problem.test(line)) log.noteHint(line);
    return false;
  }
  log.endSession(at, {
    exitCode: code,
    failed,
    partial: warnWord.test(line),
    tool: toolWord.exec(line)?.[1]?.toLowerCase() ?? null,
    backup: isAboutBackup(line, log),
    aside: otherCommand.test(line) && !backupWord.test(line),
  });
  return true;
}

function isAboutBackup(line: string, log: RunAssembler): boolean {
  return backupWord.test(line) || toolWord.test(line) || backupWord.test(log.fileName);
}

/** The job's name, where the line says one plainly; nothing that changes from night to night. */
function labelIn(line: string): string | null {
  const name = jobName.exec(line)?.[1];
  if (
    name === undefined ||
    /^(?:the|a|at|on|to|all|of|for|in|from|is|was|and|process|script|job|number|id)$/i.test(name)
  )
    return null;
  return /\d{4,}|\d{2}:\d{2}/.test(name) || /^#?\d+$/.test(name) ? null : name.replace(/[.…]+$/, '');
}

function isRuled(line: string): boolean {
  return /^[\s=*#_~+-]{1,200}$/.test(line);
}
