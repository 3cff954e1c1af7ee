/** Puts the runs of one log together from what the readers understand, line by line. */
import { newRun, type BackupRun, type Outcome, type RunSource } from '../run.ts';
import { hidePassword } from './cleanText.ts';
import { closedRun, endOf, type Closing } from './closedRun.ts';
import { linesOfElements } from './elementLines.ts';
import { fileLabel, jobId } from './jobName.ts';
import { arrayOf, objectOf, type JsonObject } from './jsonValue.ts';
import type { LoggingError } from './loggingError.ts';
import { LooseNames } from './looseNames.ts';
import { closeEntry, type Listing } from './listing.ts';
import type { LogMapping } from './mapping.ts';
import type { OpenRun, Rival } from './openRun.ts';
import { beginSession, endSession, passTime, type ScriptEnd, type ScriptStart } from './scriptSession.ts';
import type { StampReader } from './stamps.ts';
import { Strand, type Place } from './strand.ts';
import type { Table } from './table.ts';
import { mostRunsKept, ToldRuns } from './toldRuns.ts';

/** What a run may tell beside its place in the file, which the assembler knows. */
export type RunFacts = Partial<Omit<BackupRun, 'job' | 'tool' | 'source'>> & {
  outcome: Outcome;
  label?: string | null;
};

/**
 * What the readers talk to. It knows the file, the line that is being read and the runs that are complete; what is under
 * way stands in strand.ts, what script lines do to it in scriptSession.ts, how a run ends in closedRun.ts, how its job is
 * named in looseNames.ts, and what is kept of it in toldRuns.ts.
 */
export class RunAssembler implements Place {
  readonly path: string;
  /** The file's name without date, rotation and ending. */
  readonly fileName: string;
  readonly stamps: StampReader;
  /** How the user says that this log is to be read; null where nothing is said. */
  readonly mapping: LogMapping | null;

  /** The line (or lines, for an object over several) that is being read. */
  line = 0;
  endLine = 0;
  /** The stamp in front of that line; null when it has none. */
  lineTime: number | null = null;
  /** Whether a ruler stood before that stamp: `### 2026-01-05 02:17:03: nightly backup`. */
  lineRuled = false;
  /** The text of the object that is being read, where it goes over several lines. */
  objectText: string | null = null;

  /** Lines that should have been a record and could not be read, and the first of them. */
  skippedLines = 0;
  firstSkippedLine: number | null = null;
  #lastSkippedLine = 0;

  /**
   * Takes a line that a record passes on, where it is one of an object that goes over several lines; whether it was. Given
   * by whoever reads.
   */
  takePiece: (text: string) => boolean = () => false;

  /** The table whose rows are being read; null outside of one. */
  table: Table | null = null;
  /** The printed catalog whose entries are being read; null before the first. */
  listing: Listing | null = null;

  #strands = new Map<string, Strand>();
  #strand: Strand;
  #strandKey = '';
  #told: ToldRuns;
  readonly #looseNames: LooseNames;
  readonly #close = (open: OpenRun, why: Closing): number | null => this.#closeRun(open, why);

  /** @param mostRuns above which the first quarter is kept no more */
  constructor(path: string, stamps: StampReader, mapping: LogMapping | null = null, mostRuns = mostRunsKept) {
    this.path = path;
    this.fileName = fileLabel(path);
    this.stamps = stamps;
    this.mapping = mapping;
    this.#told = new ToldRuns(mostRuns);
    this.#looseNames = new LooseNames(this.fileName, (text) => this.share(text));
    this.#strand = this.#openStrand('');
  }

  /** An assembler that stands where this one stands and goes on alone; its list of runs begins empty. */
  fork(): RunAssembler {
    const copy = new RunAssembler(this.path, this.stamps.fork(), this.mapping);
    copy.line = this.line;
    copy.endLine = this.endLine;
    copy.#told = this.#told.fork();
    copy.table = this.table;
    copy.listing = this.listing;
    copy.#looseNames.takeFrom(this.#looseNames);
    for (const [key, strand] of this.#strands) {
      const twin = strand.fork(copy, copy.#close);
      copy.#strands.set(key, twin);
      if (strand === this.#strand) copy.#strand = twin;
    }
    copy.#strandKey = this.#strandKey;
    return copy;
  }

  /**
   * Says which strand the coming lines belong to: a process of a journal, or '' for the file as a whole; and what its name
   * says of the job, which counts where no line says more.
   */
  followStrand(key: string, host: string | null, name: string | null = null): void {
    this.#strand = this.#strands.get(key) ?? this.#openStrand(key);
    this.#strandKey = key;
    if (host !== null) this.#strand.host = this.share(host);
    if (name !== null) this.#strand.name = this.share(name);
  }

  /** The key of the strand that is being followed. */
  get strandKey(): string {
    return this.#strandKey;
  }

  /** Runs that are told to their end, in file order. */
  get runs(): readonly BackupRun[] {
    return this.#told.list;
  }

  /** How many stood before them and are kept no more. */
  get leftOutRuns(): number {
    return this.#told.leftOut;
  }

  /** One copy of a text that occurs in run after run. */
  share(text: string): string {
    return this.#told.share(text);
  }

  /** Counts lines that should have been a record and could not be read. */
  skip(line: number, endLine: number): void {
    this.skippedLines += Math.max(0, endLine - Math.max(line - 1, this.#lastSkippedLine));
    this.#lastSkippedLine = Math.max(endLine, this.#lastSkippedLine);
    this.firstSkippedLine ??= line;
  }

  /** Where the current line stands. */
  here(): RunSource {
    return { path: this.path, line: this.line, endLine: this.endLine };
  }

  /** The run of this tool that is under way; begins one when none is, or when the last one has come to its end. */
  run(tool: string): OpenRun {
    return this.#strand.run(tool);
  }

  /**
   * The run that a fatal word is about. Between one start line of a script and the next, fatal words after a fatal word
   * are about the same run: the repository is gone for every command.
   */
  runInTrouble(tool: string): OpenRun {
    const { open, session } = this.#strand;
    return open?.tool === tool && open.failed && !open.sealed && session ? this.#strand.touch(open) : this.run(tool);
  }

  /** The run that this tool's last words can still be about, ended or not; null when there is none. */
  tail(tool: string): OpenRun | null {
    const open = this.#strand.peek(tool);
    return open && this.#strand.touch(open);
  }

  /** The same, without counting the current line to it. */
  peek(tool: string): Readonly<OpenRun> | null {
    return this.#strand.peek(tool);
  }

  /** Says that the run of this tool is over; what the tool says next is about another. */
  endRun(tool: string): void {
    const { open } = this.#strand;
    if (open?.tool === tool) open.ended = true;
  }

  /** Says that this tool starts anew: a run of it that had not come to its end was broken off. */
  breakOff(tool: string): void {
    if (this.#strand.busyTool === tool && !this.#strand.open!.triesAnew) this.#strand.close('next');
  }

  /**
   * Notes that another run of this tool has said that it starts, which leaves open which of the two goes on; null when that
   * is settled.
   */
  noteRival(tool: string, rival: Rival | null): void {
    const { open } = this.#strand;
    if (open?.tool === tool) open.rival = rival;
  }

  /** Forgets the run of this tool that was begun: it was no backup after all. */
  abandon(tool: string): void {
    if (this.#strand.open?.tool === tool) this.#strand.open = null;
  }

  /** Whether a run of this job (or of any) that began at this very time was told already, not far above. */
  hasTold(tool: string, job: string | null, startedAt: number | null): boolean {
    return this.#told.has(tool, job, startedAt);
  }

  /** Adds a run that one record tells whole. */
  add(tool: string, facts: RunFacts): void {
    const { label = null, ...known } = facts;
    const host = known.host ?? null;
    const repository = known.repository ?? null;
    const job = this.nameJob(tool, { host, label, repository });
    this.addRun(newRun({ ...known, tool, job, source: this.here() }));
  }

  /** Adds a run that is complete but for what every run gets. */
  addRun(run: BackupRun): void {
    this.#told.add(run);
  }

  /** A job's id from what its record tells; the file's name where that is nothing. */
  nameJob(tool: string, parts: { host: string | null; label: string | null; repository: string | null }): string {
    return this.share(jobId(tool, parts, this.fileName));
  }

  /** Goes through the objects of a list in the object that is being read, each with the lines on which it stands. */
  eachElement(object: JsonObject, key: string, visit: (element: JsonObject) => void): void {
    const { line, endLine } = this;
    const lines = this.objectText === null ? [] : linesOfElements(this.objectText, key);
    let ranged = 0;
    for (const value of arrayOf(object[key])) {
      // Lists in the list have lines too, numbers and texts have none.
      const range = typeof value === 'object' && value !== null ? lines[ranged++] : undefined;
      const element = objectOf(value);
      if (!element) continue;
      this.line = range ? line + range.first : line;
      this.endLine = range ? line + range.last : endLine;
      visit(element);
    }
    this.line = line;
    this.endLine = endLine;
  }

  /** The tool whose run came last; null before the first. */
  get lastTool(): string | null {
    return this.#strand.lastTool;
  }

  /** When the run that came last ended, in the words of the script around it; null when it has not, or no time is told. */
  get lastEnd(): number | null {
    const { open } = this.#strand;
    return open?.sealed === true ? open.stampedEnd : null;
  }

  /** Whether a script's start line stands before the lines in hand. */
  get inSession(): boolean {
    return this.#strand.session !== null;
  }

  /** Whether no script has said that it starts, or all that it started is over. */
  get isIdle(): boolean {
    const { session, open } = this.#strand;
    return session === null || (session.used && open?.sealed !== false);
  }

  /** The tool whose run is under way and has not ended; null when none is. */
  get busyTool(): string | null {
    return this.#strand.busyTool;
  }

  /** Whether the lines in hand are those of another command. */
  get isAside(): boolean {
    return this.#strand.aside;
  }

  /** The tool whose lines are about no backup, as it serves a remote; null when none does. */
  get servingTool(): string | null {
    return this.#strand.servingTool;
  }

  /** Says that what this tool says next is about no backup; null when it may be again. */
  setServing(tool: string | null): void {
    this.#strand.servingTool = tool;
  }

  /** Whether the lines in hand repeat what was said before. */
  get isMuted(): boolean {
    return this.#strand.muted;
  }

  /** Python's report of a log line that it could not write; null outside of one. */
  get loggingError(): LoggingError | null {
    return this.#strand.loggingError;
  }

  set loggingError(report: LoggingError | null) {
    this.#strand.loggingError = report;
  }

  /** Marks the coming lines as those of another command, or of a backup again. */
  setAside(aside: boolean): void {
    this.#strand.setAside(aside);
  }

  /**
   * Whether a fatal word belongs to another command; it is then remembered against the script's exit code. Only where
   * scripts say when they start: elsewhere the next words may be those of the next night.
   */
  failAside(): boolean {
    if (this.#strand.muted) return true;
    if (!this.#strand.aside || !this.#strand.session) return false;
    this.#strand.asideFailed = true;
    return true;
  }

  /** Says that the coming lines repeat what was said before (a summary of errors), or that they do so no more. */
  mute(muted: boolean): void {
    this.#strand.muted = muted;
  }

  /** The repository that the tool named before its run began. */
  noteRepository(repository: string): void {
    this.#strand.repository = this.share(hidePassword(repository));
  }

  /** A line nobody recognized that sounds like a reason. */
  noteHint(text: string): void {
    this.#strand.noteHint(text);
  }

  /** A script says that it starts. */
  beginSession(at: number | null, about: ScriptStart): void {
    beginSession(this.#strand, this, at, about);
  }

  /** A script says that it is over, with its exit code and verdict where it tells them. */
  endSession(at: number | null, told: ScriptEnd): void {
    endSession(this.#strand, at, told);
  }

  /** A mail begins, in a mailbox. */
  beginMail(at: number): void {
    this.#strand.beginMail(at);
  }

  /** A script says that it tries once more. */
  retry(): void {
    this.#strand.retry();
  }

  /** A stamp that stands alone: the end of the run before it, or the start of the one after it. */
  passTime(at: number, ofBackup = false): void {
    passTime(this.#strand, this, { at, ofBackup });
  }

  /** The object in hand has not been written to its end: whatever it says, its run is not over. */
  reopen(): void {
    const { open } = this.#strand;
    if (open?.endLine !== this.endLine) return;
    open.ended = false;
    open.sealed = false;
    open.exitCode = null;
  }

  /** Ends what is still open: nothing more comes (or, in a fork, nothing more is known yet). */
  closeAll(): void {
    closeEntry(this);
    for (const strand of this.#strands.values()) strand.close('end');
  }

  /**
   * Names of jobs that are known only by the script's words or the file's name, each with the full names that runs under
   * it turned out to have.
   */
  get looseNames(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#looseNames.names;
  }

  #openStrand(key: string): Strand {
    const strand = new Strand(this, this.#close);
    this.#strands.set(key, strand);
    return strand;
  }

  #closeRun(open: OpenRun, why: Closing): number | null {
    const run = closedRun(open, why, { job: this.#looseNames.nameOf(open), path: this.path });
    this.addRun(run);
    return endOf(run);
  }
}
