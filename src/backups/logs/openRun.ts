/** A run that is still being told, line by line. Plain data: the assembler copies it to look ahead. */
import type { BackupKind } from '../run.ts';

/** A run that begins while another one has not ended: that one was broken off, or holds the lock. */
export interface Rival {
  line: number;
  at: number | null;
  openingStep: number;
  givenName: string;
  label: string | null;
}

export interface OpenRun {
  tool: string;
  line: number;
  endLine: number;

  /** Told by the tool itself. */
  startedAt: number | null;
  endedAt: number | null;
  durationMs: number | null;
  /** Told by the lines around the tool's own. */
  stampedStart: number | null;
  stampedEnd: number | null;
  /** Stamps in front of the run's own lines. */
  firstSeenAt: number | null;
  lastSeenAt: number | null;

  /** The tool has said something; else only the script around it has. */
  spoken: boolean;
  /** How far the tool's first words have come, in the reader's own count; one that is heard again is another run's. */
  openingStep: number;
  /** A script has said that it tries once more, and the tool nothing yet. */
  triesAnew: boolean;
  /** Another run has said that it starts; its next word tells which of the two goes on. */
  rival: Rival | null;
  /** The number of the tool's process, where its own lines tell it. */
  processId: string | null;
  exitCode: number | null;
  /** The tool said its last word; what follows of the same tool is another run, except for a late warning or code. */
  ended: boolean;
  /** The tool gave a result that may still change: if nothing else comes, that was its end. */
  hasResult: boolean;
  /** The script around the tool said that it was over. */
  sealed: boolean;
  /** Said by the tool: it failed, was interrupted, or left something out. */
  failed: boolean;
  cancelled: boolean;
  partial: boolean;
  /** Nothing was to be saved (a dry run). */
  skipped: boolean;
  /** Warnings that leave something out unless an exit code says that all was well. */
  warnings: number;
  error: string | null;
  /** A line nobody recognized that sounds like the reason; used when the tool names none. */
  hint: string | null;

  /** The job's name in the words of the script, process or unit around the tool. */
  scriptName: string | null;
  /** The same, or a better one that the tool tells now and then. */
  givenName: string | null;
  /** What the tool itself calls the job: paths, or an archive's name without its date. */
  label: string | null;
  /** The full name of what it makes, where it says so before it is done. */
  making: string | null;
  host: string | null;
  repository: string | null;
  runId: string | null;
  sizeBytes: number | null;
  addedBytes: number | null;
  fileCount: number | null;
  changedFileCount: number | null;
  repositoryBytes: number | null;
  kind: BackupKind | null;
  /** What tells it is a catalog, which lists only runs that made a backup. */
  onlyInCatalog: boolean;
}

/** A run about which nothing is known yet but where it begins. */
export function beginRun(tool: string, line: number, endLine: number): OpenRun {
  return {
    tool,
    line,
    endLine,
    startedAt: null,
    endedAt: null,
    durationMs: null,
    stampedStart: null,
    stampedEnd: null,
    firstSeenAt: null,
    lastSeenAt: null,
    spoken: false,
    openingStep: 0,
    triesAnew: false,
    rival: null,
    processId: null,
    exitCode: null,
    ended: false,
    hasResult: false,
    sealed: false,
    failed: false,
    cancelled: false,
    partial: false,
    skipped: false,
    warnings: 0,
    error: null,
    hint: null,
    scriptName: null,
    givenName: null,
    label: null,
    making: null,
    host: null,
    repository: null,
    runId: null,
    sizeBytes: null,
    addedBytes: null,
    fileCount: null,
    changedFileCount: null,
    repositoryBytes: null,
    kind: null,
    onlyInCatalog: false,
  };
}
