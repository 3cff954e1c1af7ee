/** One strand of a log: the run under way in it, and what stood before that run. */
import { cleanText } from './cleanText.ts';
import type { Closing } from './closedRun.ts';
import type { LoggingError } from './loggingError.ts';
import { beginRun, type OpenRun, type Rival } from './openRun.ts';

/** Where the reading of the log stands. */
export interface Place {
  line: number;
  endLine: number;
  /** The stamp in front of the line; null when it has none. */
  lineTime: number | null;
}

/** A script said that it starts: the run that follows belongs to it. */
export interface ScriptSession {
  at: number | null;
  line: number;
  endLine: number;
  /** The job's name in the script's words. */
  label: string | null;
  /** A run has begun since. */
  used: boolean;
  aboutBackup: boolean;
  /** It may be the start of something else: without another word it is no run. */
  unsure: boolean;
}

/** So many lines before a run a reason may stand that belongs to it. */
const hintReach = 4;

/** What is known of one strand: one process of a journal, or the whole file where lines name no process. */
export class Strand {
  open: OpenRun | null = null;
  session: ScriptSession | null = null;
  /** A stamp that stood alone: the next run's start, unless something better follows. */
  pending: { at: number; line: number; ofBackup: boolean } | null = null;
  /** The lines are those of a mail that was sent at this time, as cron does when a script is over. */
  mailedAt: number | null = null;
  /** The end of the last run: the best guess for the start of the next one of the same script. */
  cursorAt: number | null = null;
  /** The shape of the last line with which the script ended a run. */
  endShape: string | null = null;
  /** What the script called the job whose end it told last; undefined while it has told none. */
  endedLabel: string | null | undefined = undefined;
  /** The lines belong to another command (forget, prune, check) of the script. */
  aside = false;
  asideFailed = false;
  /** A tool that does something else than back up: it serves a remote. */
  servingTool: string | null = null;
  /** The lines repeat what was said before. */
  muted = false;
  /** Python's report of a log line that it could not write; null outside of one. */
  loggingError: LoggingError | null = null;
  /** A line that sounds like the reason for what may come next. */
  hint: { text: string; line: number } | null = null;
  /** What the process or the unit calls the job. */
  name: string | null = null;
  host: string | null = null;
  repository: string | null = null;
  lastTool: string | null = null;

  readonly #place: Readonly<Place>;
  /** Takes a run that is closed and gives the end it reckoned, UTC epoch milliseconds. */
  readonly #close: (open: OpenRun, why: Closing) => number | null;

  constructor(place: Readonly<Place>, close: (open: OpenRun, why: Closing) => number | null) {
    this.#place = place;
    this.#close = close;
  }

  /** A strand that stands where this one stands and goes on alone, in another reading. */
  fork(place: Readonly<Place>, close: (open: OpenRun, why: Closing) => number | null): Strand {
    const copy = new Strand(place, close);
    Object.assign(copy, this);
    copy.open = this.open && { ...this.open };
    copy.session = this.session && { ...this.session };
    return copy;
  }

  /** The run of a tool that is under way; begins one when none is, or when the last one has come to its end. */
  run(tool: string): OpenRun {
    const { open } = this;
    if (open && (open.tool !== tool || open.ended || open.sealed)) this.close('next');
    const run = this.touch(this.open ?? this.begin(tool));
    run.spoken = true;
    run.triesAnew = false;
    return run;
  }

  /** The run that a tool's last words can still be about, ended or not; null when there is none. */
  peek(tool: string): OpenRun | null {
    return this.open?.tool === tool && !this.open.sealed ? this.open : null;
  }

  /** The tool whose run is under way and has not ended; null when none is. */
  get busyTool(): string | null {
    const { open } = this;
    return open && !open.ended && !open.sealed ? open.tool : null;
  }

  /** Begins a run here, with what stood before it. */
  begin(tool: string): OpenRun {
    const { session, pending, hint } = this;
    const { line, endLine } = this.#place;
    const fresh = session !== null && !session.used;
    const open = beginRun(tool, fresh ? session.line : (pending?.line ?? line), endLine);
    open.stampedStart = fresh ? session.at : (pending?.at ?? (session ? this.cursorAt : null));
    open.stampedEnd = open.stampedStart === null ? this.mailedAt : null;
    open.scriptName = session?.label ?? this.name;
    open.givenName = open.scriptName;
    open.host = this.host;
    open.repository = this.repository;
    if (hint && (fresh ? hint.line > session.line : line - hint.line <= hintReach)) open.hint = hint.text;
    if (session) session.used = true;
    this.pending = null;
    this.hint = null;
    this.lastTool = tool;
    this.open = open;
    return open;
  }

  /** Begins the run whose start was noted while another one was under way. */
  #beginRival(tool: string, { line, at, ...known }: Rival): void {
    Object.assign(this.begin(tool), known, { line, endLine: line, firstSeenAt: at, lastSeenAt: at, spoken: true });
  }

  /** Counts the line in hand to a run. */
  touch(open: OpenRun): OpenRun {
    const { endLine, lineTime } = this.#place;
    open.endLine = endLine;
    if (lineTime !== null) {
      open.firstSeenAt ??= lineTime;
      // What another command says after a run's last word is not when that word was said.
      if (!(this.aside && open.ended)) open.lastSeenAt = lineTime;
    }
    return open;
  }

  /** Ends what is under way: nothing more is said of it. */
  close(why: Closing): void {
    if (!this.open) this.#beginUntold(why);
    const { open } = this;
    if (!open) return;
    this.open = null;
    this.cursorAt = this.#close(open, open.rival ? 'next' : why);
    if (open.rival) this.#beginRival(open.tool, open.rival);
    if (open.rival && why === 'end') this.close('end');
  }

  /** A mail begins, in a mailbox: it holds all that one script said. */
  beginMail(at: number): void {
    this.close('next');
    this.session = null;
    this.pending = null;
    this.cursorAt = null;
    this.mailedAt = at;
    this.setAside(false);
  }

  /** Marks the coming lines as those of another command, or of a backup again. */
  setAside(aside: boolean): void {
    this.aside = aside;
    if (!aside) this.asideFailed = false;
  }

  /** The script tries once more: what comes is the same run, and only its last try counts. */
  retry(): void {
    const { open } = this;
    if (!open) return;
    const { error, endLine, firstSeenAt, lastSeenAt, stampedStart } = this.touch(open);
    const anew = beginRun(open.tool, open.line, endLine);
    const { scriptName, givenName, label, host, repository, startedAt } = open;
    Object.assign(open, anew, { scriptName, givenName, label, host, repository, startedAt });
    Object.assign(open, { hint: error, firstSeenAt, lastSeenAt, stampedStart, spoken: true, triesAnew: true });
  }

  /** A line nobody recognized that sounds like a reason: of the run under way, or of the next. */
  noteHint(text: string): void {
    if (this.open && this.busyTool !== null) this.open.hint ??= cleanText(text);
    else this.hint = { text: cleanText(text), line: this.#place.line };
  }

  /** A script that said it starts and then nothing: the run is known by that line alone. */
  #beginUntold(why: Closing): void {
    const { session, lastTool } = this;
    if (!session || session.used || session.unsure || !(session.aboutBackup || lastTool !== null)) return;
    if (session.at === null && why === 'next') return;
    const { endLine, label } = session;
    const open = this.begin(lastTool ?? 'script');
    open.endLine = endLine;
    // A script that tells its end was cut off where the next start follows: the machine went down, or somebody killed it.
    if (why === 'next' && this.endedLabel === label) open.failed = true;
  }
}
