/** Puts the runs of one log together from what the readers understand, line by line. */
import { newRun, type BackupRun, type Outcome, type RunSource } from '../run.ts';
import { cleanText, hidePassword } from './cleanText.ts';
import { outcomeOfExitCode } from './exitCode.ts';
import { classifyFailure } from './failureClass.ts';
import { linesOfElements } from './elementLines.ts';
import { fileLabel, jobId } from './jobName.ts';
import { arrayOf, objectOf, type JsonObject } from './jsonValue.ts';
import { beginRun, type OpenRun } from './openRun.ts';
import type { StampReader } from './stamps.ts';
import type { Table } from './table.ts';

/** What is known of one strand of a log: one process of a journal, or the whole file where lines name no process. */
interface Strand {
  open: OpenRun | null;
  /** A script said that it starts: the run that follows belongs to it. */
  session: {
    at: number | null;
    line: number;
    endLine: number;
    label: string | null;
    used: boolean;
    aboutBackup: boolean;
  } | null;
  /** A stamp that stood alone: the next run's start, unless something better follows. */
  pending: { at: number; line: number } | null;
  /** The end of the last run: the best guess for the start of the next one of the same script. */
  cursorAt: number | null;
  /** The lines belong to another command (forget, prune, check) of the script. */
  aside: boolean;
  asideFailed: boolean;
  /** The lines repeat what was said before. */
  muted: boolean;
  /** A line that sounds like the reason for what may come next. */
  hint: { text: string; line: number } | null;
  host: string | null;
  repository: string | null;
  lastTool: string | null;
}

/** What a run may tell beside its place in the file, which the assembler knows. */
export type RunFacts = Partial<Omit<BackupRun, 'job' | 'tool' | 'source'>> & {
  outcome: Outcome;
  label?: string | null;
};

const sharedTextLimit = 50_000;
/** So many lines before a run a reason may stand that belongs to it. */
const hintReach = 4;

export class RunAssembler {
  readonly path: string;
  /** The file's name without date, rotation and ending. */
  readonly fileName: string;
  readonly stamps: StampReader;
  /** Runs that are told to their end, in file order. */
  readonly runs: BackupRun[] = [];

  /** The line (or lines, for an object over several) that is being read. */
  line = 0;
  endLine = 0;
  /** The stamp in front of that line; null when it has none. */
  lineTime: number | null = null;
  /** The text of the object that is being read, where it goes over several lines. */
  objectText: string | null = null;

  /** Lines that should have been a record and could not be read, and the first of them. */
  skippedLines = 0;
  firstSkippedLine: number | null = null;
  #lastSkippedLine = 0;

  /** The table whose rows are being read; null outside of one. */
  table: Table | null = null;

  /**
   * Names of jobs that are known only by the script's words or the file's name, each with the full names that runs under
   * it turned out to have.
   */
  readonly looseNames = new Map<string, Set<string>>();

  #strands = new Map<string, Strand>();
  #strand: Strand;
  #shared: Map<string, string>;

  constructor(path: string, stamps: StampReader) {
    this.path = path;
    this.fileName = fileLabel(path);
    this.stamps = stamps;
    this.#strand = this.#openStrand('');
    this.#shared = new Map();
  }

  /** An assembler that stands where this one stands and goes on alone; its list of runs begins empty. */
  fork(): RunAssembler {
    const copy = new RunAssembler(this.path, this.stamps.fork());
    copy.line = this.line;
    copy.endLine = this.endLine;
    copy.#shared = this.#shared;
    copy.table = this.table;
    for (const [loose, full] of this.looseNames) copy.looseNames.set(loose, new Set(full));
    for (const [key, strand] of this.#strands) {
      const { open, session } = strand;
      const twin = { ...strand, open: open && { ...open }, session: session && { ...session } };
      copy.#strands.set(key, twin);
      if (strand === this.#strand) copy.#strand = twin;
    }
    return copy;
  }

  /** Says which strand the coming lines belong to: a process of a journal, or '' for the file as a whole. */
  followStrand(key: string, host: string | null): void {
    this.#strand = this.#strands.get(key) ?? this.#openStrand(key);
    if (host !== null) this.#strand.host = this.share(host);
  }

  /** One copy of a text that occurs in run after run. */
  share(text: string): string {
    const known = this.#shared.get(text);
    if (known !== undefined) return known;
    if (this.#shared.size < sharedTextLimit) this.#shared.set(text, text);
    return text;
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
    const { open } = this.#strand;
    if (open?.tool === tool && !open.ended && !open.sealed) return this.#touch(open);
    if (open) this.#close('next');
    return this.#touch(this.#begin(tool));
  }

  /**
   * The run that a fatal word is about. Between one start line of a script and the next, fatal words after a fatal word
   * are about the same run: the repository is gone for every command.
   */
  runInTrouble(tool: string): OpenRun {
    const { open, session } = this.#strand;
    return open?.tool === tool && open.failed && !open.sealed && session ? this.#touch(open) : this.run(tool);
  }

  /** The run that this tool's last words can still be about, ended or not; null when there is none. */
  tail(tool: string): OpenRun | null {
    const { open } = this.#strand;
    return open?.tool === tool && !open.sealed ? this.#touch(open) : null;
  }

  /** The same, without counting the current line to it. */
  peek(tool: string): Readonly<OpenRun> | null {
    const { open } = this.#strand;
    return open?.tool === tool && !open.sealed ? open : null;
  }

  /** Says that the run of this tool is over; what the tool says next is about another. */
  endRun(tool: string): void {
    const { open } = this.#strand;
    if (open?.tool === tool) open.ended = true;
  }

  /** Forgets the run of this tool that was begun: it was no backup after all. */
  abandon(tool: string): void {
    if (this.#strand.open?.tool === tool) this.#strand.open = null;
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
    this.runs.push(this.#finish(run));
  }

  /** A job's id from what its record tells; the file's name where that is nothing. */
  nameJob(tool: string, parts: { host: string | null; label: string | null; repository: string | null }): string {
    return this.share(jobId(tool, parts, this.fileName));
  }

  /** Goes through the objects of a list in the object that is being read, each with the lines on which it stands. */
  eachElement(object: JsonObject, key: string, visit: (element: JsonObject) => void): void {
    const { line, endLine } = this;
    const lines = this.objectText === null ? [] : linesOfElements(this.objectText, key);
    arrayOf(object[key]).forEach((value, n) => {
      const element = objectOf(value);
      if (!element) return;
      const range = lines[n];
      this.line = range ? line + range.first : line;
      this.endLine = range ? line + range.last : endLine;
      visit(element);
    });
    this.line = line;
    this.endLine = endLine;
  }

  /** The tool whose run came last; null before the first. */
  get lastTool(): string | null {
    return this.#strand.lastTool;
  }

  /** Whether a script's start line stands before the lines in hand. */
  get inSession(): boolean {
    return this.#strand.session !== null;
  }

  /** The tool whose run is under way and has not ended; null when none is. */
  get busyTool(): string | null {
    const { open } = this.#strand;
    return open && !open.ended && !open.sealed ? open.tool : null;
  }

  /** Marks the coming lines as those of another command, or of a backup again. */
  setAside(aside: boolean): void {
    this.#strand.aside = aside;
    if (!aside) this.#strand.asideFailed = false;
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

  /** A line nobody recognised that sounds like a reason. */
  noteHint(text: string): void {
    const { open } = this.#strand;
    if (open && !open.ended && !open.sealed) open.hint ??= cleanText(text);
    else this.#strand.hint = { text: cleanText(text), line: this.line };
  }

  /** A script says that it starts. */
  beginSession(at: number | null, about: { label: string | null; backup: boolean }): void {
    const { session } = this.#strand;
    // The script's steps say that they start, too.
    if (session && !session.used && isStepOf(session.at, at)) {
      session.at ??= at;
      session.label ??= about.label;
      return;
    }
    this.#close('next');
    this.#strand.session = {
      at,
      line: this.line,
      endLine: this.endLine,
      label: about.label,
      used: false,
      aboutBackup: about.backup,
    };
    this.#strand.pending = null;
    this.#strand.cursorAt = null;
    this.#strand.repository = null;
    this.setAside(false);
  }

  /** A script says that it is over, with its exit code and verdict where it tells them. */
  endSession(
    at: number | null,
    told: {
      exitCode: number | null;
      failed: boolean;
      partial: boolean;
      tool: string | null;
      backup: boolean;
      aside: boolean;
    },
  ): void {
    const strand = this.#strand;
    if (told.aside && (strand.open === null || strand.open.ended)) return;
    let { open } = strand;
    if (open?.sealed && (told.exitCode === null || open.exitCode !== null || open.failed)) {
      if (at !== null && open.stampedEnd === null) this.#touch(open).stampedEnd = at;
      return;
    }
    if (!open) {
      const { session } = strand;
      if (!session || session.used || !(session.aboutBackup || told.backup || told.tool !== null)) return;
      if (told.exitCode === null && !told.failed && at === null && session.at === null) return;
      open = this.#begin(told.tool ?? strand.lastTool ?? 'script');
      // The shell's own codes: the tool could not even be started.
      if (told.exitCode === 126 || told.exitCode === 127) open.failed = true;
    }
    this.#touch(open);
    const othersFault = told.exitCode !== 0 && strand.asideFailed && open.ended && !open.failed;
    if (told.exitCode !== null && !othersFault) open.exitCode ??= told.exitCode;
    if (told.failed && !othersFault && open.exitCode === null) open.failed = true;
    if (told.partial && open.exitCode === null) open.partial = true;
    if (at !== null) open.stampedEnd ??= at;
    open.ended = true;
    open.sealed = true;
  }

  /** A stamp that stands alone: the end of the run before it, or the start of the one after it. */
  passTime(at: number): void {
    const { open } = this.#strand;
    if (open && !open.ended && !open.sealed) {
      open.lastSeenAt = at;
      return;
    }
    if (open && open.stampedEnd === null) {
      const startedAt = open.startedAt ?? open.stampedStart ?? open.firstSeenAt;
      const expectedMs = open.durationMs ?? 0;
      const isItsEnd =
        startedAt === null ||
        (at >= startedAt && Math.abs(at - startedAt - expectedMs) <= Math.max(120_000, expectedMs / 2));
      if (isItsEnd) {
        this.#touch(open).stampedEnd = at;
        open.sealed = true;
        return;
      }
    }
    if (open) open.sealed = true;
    if (!this.#strand.session || this.#strand.session.used) this.#strand.pending = { at, line: this.line };
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
    for (const strand of this.#strands.values()) {
      this.#strand = strand;
      this.#close('end');
    }
  }

  #openStrand(key: string): Strand {
    const strand: Strand = {
      open: null,
      session: null,
      pending: null,
      cursorAt: null,
      aside: false,
      asideFailed: false,
      muted: false,
      hint: null,
      host: null,
      repository: null,
      lastTool: null,
    };
    this.#strands.set(key, strand);
    return strand;
  }

  #begin(tool: string): OpenRun {
    const strand = this.#strand;
    const { session, pending } = strand;
    const fresh = session !== null && !session.used;
    const open = beginRun(tool, fresh ? session.line : (pending?.line ?? this.line), this.endLine);
    open.stampedStart = fresh ? session.at : (pending?.at ?? (session ? strand.cursorAt : null));
    open.givenName = session?.label ?? null;
    open.host = strand.host;
    open.repository = strand.repository;
    if (strand.hint && (fresh ? strand.hint.line > session.line : this.line - strand.hint.line <= hintReach))
      open.hint = strand.hint.text;
    if (session) session.used = true;
    strand.pending = null;
    strand.hint = null;
    strand.lastTool = tool;
    strand.open = open;
    return open;
  }

  #touch(open: OpenRun): OpenRun {
    open.endLine = this.endLine;
    if (this.lineTime !== null) {
      open.firstSeenAt ??= this.lineTime;
      open.lastSeenAt = this.lineTime;
    }
    return open;
  }

  #close(why: 'next' | 'end'): void {
    const strand = this.#strand;
    if (!strand.open) this.#beginUntold(why);
    const { open } = strand;
    if (!open) return;
    strand.open = null;
    const outcome = outcomeOf(open, why);
    const { startedAt, origin, durationMs } = timesOf(open);
    strand.cursorAt = startedAt === null ? null : startedAt + (durationMs ?? 0);
    const error = outcome === 'success' ? null : reasonOf(open, outcome);
    this.addRun(
      newRun({
        job: this.#nameOpen(open),
        tool: open.tool,
        host: open.host,
        repository: open.repository,
        runId: open.runId,
        startedAt,
        startedAtFrom: origin,
        durationMs,
        outcome,
        sizeBytes: open.sizeBytes,
        addedBytes: open.addedBytes,
        fileCount: open.fileCount,
        changedFileCount: open.changedFileCount,
        repositoryBytes: open.repositoryBytes,
        kind: open.kind,
        error,
        source: { path: this.path, line: open.line, endLine: Math.max(open.line, open.endLine) },
      }),
    );
  }

  /** The full name where the tool tells enough, else the loose one; remembers which loose name stands for which full one. */
  #nameOpen(open: OpenRun): string {
    const { tool, givenName, label, host, repository } = open;
    const loose = this.nameJob(tool, { host: null, label: givenName, repository: null });
    let fullNames = this.looseNames.get(loose);
    if (!fullNames) this.looseNames.set(loose, (fullNames = new Set()));
    // A host alone (syslog tells it) does not say which of the host's backups it is.
    if (label === null && repository === null) {
      if (host === null) return loose;
      const ofHost = this.nameJob(tool, { host, label: givenName ?? this.fileName, repository: null });
      fullNames.add(ofHost);
      return ofHost;
    }
    if (label === null && givenName === null) {
      // Its repository alone: the name of the runs there that told more is found later.
      const ofRepository = this.nameJob(tool, { host: null, label: null, repository });
      fullNames.add(ofRepository);
      return ofRepository;
    }
    const full = this.nameJob(tool, { host, label: label ?? givenName, repository });
    fullNames.add(full);
    if (repository !== null) {
      const ofRepository = this.nameJob(tool, { host: null, label: null, repository });
      const there = this.looseNames.get(ofRepository);
      if (there) there.add(full);
      else this.looseNames.set(ofRepository, new Set([full]));
    }
    return full;
  }

  /** A script that said it starts and then nothing: the run is known by that line alone. */
  #beginUntold(why: 'next' | 'end'): void {
    const { session, lastTool } = this.#strand;
    if (!session || session.used || !(session.aboutBackup || lastTool !== null)) return;
    if (session.at === null && why === 'next') return;
    const { endLine } = session;
    this.#begin(lastTool ?? 'script').endLine = endLine;
  }

  /** What every run gets, however it was told. */
  #finish(run: BackupRun): BackupRun {
    if (run.error !== null) run.error = this.share(cleanText(run.error));
    if (run.outcome === 'failure' || run.outcome === 'partial')
      run.failureClass ??= run.error === null ? null : classifyFailure(run.tool, run.error);
    if (run.repository !== null) run.repository = this.share(hidePassword(run.repository));
    return run;
  }
}

const stepMs = 300_000;

function isStepOf(scriptAt: number | null, at: number | null): boolean {
  return scriptAt === null || at === null || (at >= scriptAt && at - scriptAt <= stepMs);
}

/** The tool's own words; where these explain nothing, the line beside them that does. */
function reasonOf({ tool, error, hint }: OpenRun, outcome: Outcome): string | null {
  if (outcome !== 'failure' || hint === null) return error;
  if (error === null) return hint;
  return classifyFailure(tool, error) === 'other' && classifyFailure(tool, hint) !== 'other'
    ? `${error} (${hint})`
    : error;
}

function outcomeOf(open: OpenRun, why: 'next' | 'end'): Outcome {
  const { exitCode } = open;
  if (exitCode !== null && exitCode !== 0)
    return open.failed && exitCode < 128 ? 'failure' : outcomeOfExitCode(open.tool, exitCode);
  // An exit code of 0 may be that of a pipe's last command: what the tool itself said weighs more.
  if (open.failed) return 'failure';
  if (open.skipped) return 'skipped';
  if (open.cancelled) return 'cancelled';
  if (open.partial || (exitCode === null && open.warnings > 0 && (open.ended || open.hasResult))) return 'partial';
  if (exitCode === 0 || open.ended || open.hasResult) return 'success';
  if (why === 'end') return 'running';
  // The next run began and this one never ended. A tool that had spoken was cut off; of a bare start line nobody knows.
  return open.firstSeenAt === null && open.line === open.endLine ? 'unknown' : 'failure';
}

function timesOf(open: OpenRun): Pick<BackupRun, 'startedAt' | 'durationMs'> & { origin: BackupRun['startedAtFrom'] } {
  const endedAt = open.endedAt ?? open.stampedEnd ?? (open.ended ? open.lastSeenAt : null);
  const told = open.startedAt ?? open.stampedStart;
  const reckoned = endedAt !== null && open.durationMs !== null ? endedAt - open.durationMs : null;
  const startedAt = told ?? reckoned ?? open.firstSeenAt ?? endedAt;
  const origin = open.startedAt !== null ? 'record' : startedAt !== null ? 'wrapper' : 'none';
  const elapsed = startedAt !== null && endedAt !== null && endedAt >= startedAt ? endedAt - startedAt : null;
  return { startedAt, origin, durationMs: open.durationMs ?? elapsed };
}
