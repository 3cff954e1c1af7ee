import { readBorgText } from './borg.ts';
import { withoutDate } from './jobName.ts';
import type { LogReader } from './reader.ts';
import type { RunAssembler } from './runAssembler.ts';

const tool = 'borgmatic';

/** borgmatic: its log file, its lines in the system log, and what it prints; the Borg lines in them are Borg's. */
export const borgmatic: LogReader = {
  tool,
  readLine(line, log) {
    const found = levelled.exec(line);
    const text = found?.[2] ?? line;
    if (!readOwn(text, log)) return found !== null && log.lastTool === tool && readBorgText(text, log);
    return true;
  },
};

const levelled = /^(DEBUG|INFO|ANSWER|WARNING|ERROR|CRITICAL):? (.*)$/;
const action =
  /^(?:borgmatic: )?(\S.{0,500}?): (Creating archive|Pruning archives|Compacting segments|Running consistency checks)$/;
// Looked for first: these are cheap on the many lines that are not borgmatic's.
const actions = ['Creating archive', 'Pruning archives', 'Compacting segments', 'Running consistency checks'];
const mayEnd = (text: string): boolean => text.endsWith(' configuration file') || text.startsWith('Need some help?');
const readsOnly = /(?:^|\/)borg (?:list|extract|mount|umount|export-tar|diff|break-lock|key) /;
const trouble =
  /^(?:borgmatic: )?(\S.{0,500}?): Error running (?:actions for repository|configuration file|(?:pre|post|before|on|after)\S* \S{0,30} ?hook|\S{1,30} hook)/;
const command =
  /^(?:\S{1,300}: )?Command '(.{1,2000})' (?:returned non-zero exit status (\d{1,3})|died with <Signals\.(\w{1,20}))/;
/** A trace of borgmatic's own. */
const ownTrace = /^ {2}File "\S{0,200}\/borgmatic", line \d/;
const ended = /^\S.{0,500}?: Successfully ran configuration file$|^Need some help\? /;

/** What borgmatic says on its way when it is talkative. */
const onItsWay =
  /^(?:Ensuring legacy configuration|\S.{0,500}?: (?:No commands to run for |Running (?:command|\d+ commands?) for |Running \d+ (?:before|after|error) |Running actions for repository$|Calling \S{1,60} hook function |(?:Removing|Dumping) \S{1,30} databases?|Pinging ))/;

/** Its first words where a command of the user's comes first: a run that ended well is not what they are about. */
const beforeAll =
  /: Running (?:command for pre-(?:everything|actions|backup) hook|\d+ before (?:everything|action|configuration|repository) )/;

function readOwn(text: string, log: RunAssembler): boolean {
  if (text.includes(': Running ') && beforeAll.test(text)) {
    if (log.busyTool === null) log.beginSession(log.lineTime, { label: null, backup: true, step: true });
    return true;
  }
  // Looked for first: most lines are not its own.
  if ((text.includes(': ') || text.startsWith('Ensuring ')) && onItsWay.test(text)) return true;
  if (text === 'summary:') {
    log.mute(true);
    return true;
  }
  if (mayEnd(text) && ended.test(text)) {
    log.mute(false);
    // Nothing came of another try but this.
    if (text.startsWith('Need ') && log.peek(tool)?.triesAnew) log.tail(tool)!.failed = true;
    log.endRun(tool);
    return true;
  }
  const begun = actions.some((words) => text.endsWith(words)) ? action.exec(text) : null;
  if (begun) {
    log.mute(false);
    log.setAside(begun[2] !== 'Creating archive');
    if (begun[2] === 'Creating archive') {
      // Once more for the same repository: the run before it was killed. Another one follows the first in one run.
      if (log.peek(tool)?.repository === begun[1]) log.breakOff(tool);
      else log.endRun(tool);
      log.run(tool).repository = log.share(begun[1]!);
    }
    return true;
  }
  if (ownTrace.test(text)) {
    // With --json only Borg's own record tells of the runs before.
    log.runInTrouble(log.lastTool === 'borg' ? 'borg' : tool).failed = true;
    return true;
  }
  const failed = text.includes(': Error running ') ? trouble.exec(text) : null;
  const exit = failed || !text.includes("Command '") ? null : command.exec(text);
  if (!failed && !exit) return false;
  const last = log.peek(tool);
  // After a backup that went well: prune or check failed, or the summary repeats it.
  if (log.failAside() || (last?.ended === true && !last.failed)) return true;
  if (exit && readsOnly.test(exit[1]!)) {
    // Somebody looked into the repository: the line before, which names no command, was about that.
    if (last?.openingStep === 0 && last.error?.includes(': Error running actions for ')) log.abandon(tool);
    return true;
  }
  if (exit && !/ create(?: |$)/.test(exit[1]!)) return true;
  // The line before said why: Borg's own, and its run may have been taken for one that Borg ran alone.
  const run = log.tail(tool) ?? log.tail('borg') ?? log.runInTrouble(tool);
  run.failed = true;
  run.error ??= text;
  if (failed?.[2] === 'actions for repository') run.repository ??= log.share(failed[1]!);
  if (exit) {
    run.ended = true;
    if (exit[2] !== undefined) run.exitCode ??= Number(exit[2]);
    const archive = /(\S{1,500})::(\S{1,300})/.exec(exit[1]!);
    if (archive) {
      run.repository ??= log.share(archive[1]!);
      const label = withoutDate(archive[2]!.replace(/[-_.]?\{.*$/, ''));
      if (label !== '') run.label ??= log.share(label);
    }
  }
  return true;
}
