/** What the lines of a script do to the run they stand around. */
import type { OpenRun } from './openRun.ts';
import { isOfFailedDump } from './scriptWords.ts';
import type { Place, Strand } from './strand.ts';

/** What a script's first line tells. */
export interface ScriptStart {
  /** The job's name; null when it tells none. */
  label: string | null;
  /** Whether it speaks of a backup. */
  backup: boolean;
  /** Whether it may be one of the script's steps, which begins nothing where the script has said that it starts. */
  step?: boolean;
  /** Whether it may be the start of something else. */
  unsure?: boolean;
}

/** What a script's last line tells. */
export interface ScriptEnd {
  exitCode: number | null;
  failed: boolean;
  partial: boolean;
  /** The tool it names; null when it names none. */
  tool: string | null;
  /** Whether it speaks of a backup. */
  backup: boolean;
  /** Whether it speaks of another command: prune, check. */
  aside: boolean;
  /** Whether it tells that a backup is done, in words that need no others beside them. */
  alone?: boolean;
  /** The line without what changes from run to run; left out where each run has one such line and no more. */
  shape?: string;
}

const stepMs = 300_000;
/** So long after a run's last line an empty one still is its own. */
const tailMs = 30_000;
const longestSilenceMs = 3_600_000;

/** The last words of a tar that could not pack its archive. */
const tarFailed = /^tar: Error is not recoverable/i;

/** A script says that it starts, at a time that may be unknown. */
export function beginSession(strand: Strand, place: Readonly<Place>, at: number | null, about: ScriptStart): void {
  const { session } = strand;
  // The script's steps say that they start, too.
  if (session && !session.used && (about.step === true || isStepOf(session.at, at))) {
    session.at ??= at;
    session.label ??= about.label;
    return;
  }
  strand.close('next');
  // A bare stamp above a start line that tells no time is that line's.
  const stamp = at === null ? strand.pending : null;
  strand.session = {
    at: at ?? stamp?.at ?? null,
    line: stamp?.line ?? place.line,
    endLine: place.endLine,
    label: about.label,
    used: false,
    aboutBackup: about.backup,
    unsure: about.unsure ?? false,
  };
  strand.pending = null;
  strand.cursorAt = null;
  strand.repository = null;
  strand.servingTool = null;
  strand.setAside(false);
}

function isStepOf(scriptAt: number | null, at: number | null): boolean {
  return scriptAt === null || at === null || (at >= scriptAt && at - scriptAt <= stepMs);
}

/** A script says that it is over, with its exit code and verdict where it tells them. */
export function endSession(strand: Strand, at: number | null, told: ScriptEnd): void {
  if (told.aside && (strand.open === null || strand.open.ended)) return;
  const { endShape } = strand;
  strand.endShape = told.shape ?? null;
  const before = strand.open;
  if (before?.sealed) {
    if (isOfNextRun(strand, { before, told, at, endShape })) strand.close('next');
    else if (told.exitCode === null || before.exitCode !== null || before.failed) {
      if (at !== null && before.stampedEnd === null) strand.touch(before).stampedEnd = at;
      return;
    }
  }
  const open = strand.open ?? beginSilent(strand, at, told);
  if (!open) return;
  strand.touch(open);
  // Older versions of systemd tell the unit's name only at its end.
  open.scriptName ??= strand.name;
  open.givenName ??= strand.name;
  takeVerdict(open, told, strand.asideFailed);
  if (at !== null) open.stampedEnd ??= at;
  // Of its start nothing is known where its last line is its only one.
  if (told.alone === true && !open.spoken && open.stampedStart === null) open.firstSeenAt = null;
  open.ended = true;
  open.sealed = true;
  if (strand.session) strand.endedLabel = strand.session.label;
}

/** The words that ended the last run, once more, or after another stamp: they end a run of which the tool said nothing. */
function isOfNextRun(
  strand: Strand,
  { before, told, at, endShape }: { before: OpenRun; told: ScriptEnd; at: number | null; endShape: string | null },
): boolean {
  // Both stamps of the run before stood there already, and then a later one; in lists that tools print stand older ones.
  const { startedAt, stampedStart, stampedEnd } = before;
  const nextAt = stampedEnd === null ? null : (strand.pending?.at ?? null);
  const isStamped = nextAt !== null && nextAt > Math.max(stampedEnd!, startedAt ?? stampedStart ?? -Infinity);
  if (isStamped && (told.exitCode !== null || told.failed)) return true;
  const again = endShape !== null && endShape === told.shape;
  if (told.alone === true && !before.spoken && strand.session === null) return isLater(before, at, again ? 0 : stepMs);
  if (before.exitCode === null || told.exitCode === null) return false;
  return strand.pending !== null || again;
}

function isLater({ stampedEnd }: OpenRun, at: number | null, byMs: number): boolean {
  return at !== null && stampedEnd !== null && at > stampedEnd + byMs;
}

/** A run of which only the script's last line tells, and its first one where it has one. */
function beginSilent(strand: Strand, at: number | null, told: ScriptEnd): OpenRun | null {
  const { session } = strand;
  if (session && !session.used) {
    if (!session.aboutBackup && !told.backup && told.tool === null && strand.lastTool === null) return null;
    const isTimed = at !== null || session.at !== null;
    if (told.exitCode === null && !told.failed && !isTimed && !(session.aboutBackup && told.backup)) return null;
  } else if (!strand.pending?.ofBackup || !isScriptsOwn(strand)) {
    const isKnown = strand.lastTool !== null || (told.backup && at !== null);
    const isAlone = told.alone === true && at !== null && !session && isScriptsOwn(strand);
    const hasVerdict = told.exitCode !== null || (told.failed && strand.pending !== null);
    if (!isAlone && !(isKnown && hasVerdict)) return null;
  }
  const open = strand.begin(toolOf(told.tool, strand.lastTool));
  // What it saved is not whole, whatever the script says of it.
  if (open.hint !== null && (isOfFailedDump(open.hint) || tarFailed.test(open.hint))) open.failed = true;
  // The shell's own codes: the tool could not even be started.
  if (told.exitCode === 126 || told.exitCode === 127) open.failed = true;
  return open;
}

/** borgmatic runs Borg: what a script calls by the one name is the run of the other. */
function toolOf(told: string | null, last: string | null): string {
  return (told === 'borgmatic' && last === 'borg' ? last : told) ?? last ?? 'script';
}

function takeVerdict(open: OpenRun, told: ScriptEnd, asideFailed: boolean): void {
  const othersFault = told.exitCode !== 0 && asideFailed && open.spoken && open.ended && !open.failed;
  if (told.exitCode !== null && !othersFault) open.exitCode ??= told.exitCode;
  if (open.exitCode !== null) return;
  // The tool knows better what a script calls failed: something was left out, or somebody stopped it.
  const toolKnows = open.cancelled || (open.ended && (open.partial || open.warnings > 0));
  if (told.failed && !othersFault && !toolKnows) open.failed = true;
  if (told.partial) open.partial = true;
}

/** A script's next heading: the run before it is over, also where nothing was said of its end. */
function endHeaded(strand: Strand): void {
  if (!isScriptsOwn(strand)) return;
  const isUntold = strand.pending?.ofBackup === true && !strand.open;
  if (isUntold) strand.begin('script');
  if (isUntold || strand.open?.sealed) strand.close('next');
}

/** Whether no tool has said anything yet: the script's words are all there is. */
function isScriptsOwn(strand: Strand): boolean {
  return (strand.lastTool ?? 'script') === 'script';
}

/** A stamp that stands alone: the end of the run before it, or the start of the one after it. */
export function passTime(
  strand: Strand,
  place: Readonly<Place>,
  { at, ofBackup }: { at: number; ofBackup: boolean },
): void {
  if (ofBackup) endHeaded(strand);
  const { open } = strand;
  const startedAt = open && (open.startedAt ?? open.stampedStart ?? open.firstSeenAt);
  // Where the tool's own lines are stamped, this is an empty one of them.
  const hasStampedLines = open?.firstSeenAt !== null;
  if (open && strand.busyTool !== null && (hasStampedLines || !open.hasResult)) {
    if (hasStampedLines) return;
    if (startedAt === null || at - startedAt < longestSilenceMs) {
      open.lastSeenAt = at;
      return;
    }
    // The tool never came to its end: this is the next night's stamp, or the last one of a script whose tool was killed.
    strand.close('next');
    strand.pending = { at, line: place.line, ofBackup };
    return;
  }
  const lastSeenAt = open?.lastSeenAt ?? null;
  if (lastSeenAt !== null && at - lastSeenAt < tailMs) return;
  if (open && open.stampedEnd === null) {
    const expectedMs = open.durationMs ?? 0;
    const isItsEnd =
      startedAt === null ||
      (at >= startedAt && Math.abs(at - startedAt - expectedMs) <= Math.max(120_000, expectedMs / 2));
    if (isItsEnd) {
      strand.touch(open).stampedEnd = at;
      open.sealed = true;
      return;
    }
  }
  if (open) open.sealed = true;
  if (!strand.session || strand.session.used) strand.pending = { at, line: place.line, ofBackup };
}
