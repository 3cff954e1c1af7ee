/** From the text of one log to its runs. */
import type { Completeness } from '../report.ts';
import type { BackupRun } from '../run.ts';
import { ByteLines } from './byteLines.ts';
import { noise } from './detect.ts';
import { findHosts } from './linePrefix.ts';
import type { LogBytes } from './logBytes.ts';
import type { LogMapping } from './mapping.ts';
import { timeInName, type NameTime } from './nameTime.ts';
import { Reading } from './reading.ts';
import { RecordSplitter } from './recordSplitter.ts';
import { RunAssembler } from './runAssembler.ts';
import { StampReader } from './stamps.ts';
import { createZonedTime, type ZonedTime } from './zonedTime.ts';

/** What one log told. */
export interface ParsedLog {
  path: string;
  /** The file's name without date, rotation and ending: the job's name where no line tells one. */
  fileName: string;
  /** The tool that told the most runs; `unknown` when there are none. */
  format: string;
  /** In the order of the file. */
  runs: BackupRun[];
  /** Runs at the beginning of the file that are not among them: it tells more than are kept in memory. */
  leftOutRuns: number;
  /** Lines that should have been a record and could not be read. */
  skippedLines: number;
  /** The first of them, from 1; null when none was skipped. */
  firstSkippedLine: number | null;
  /** `successes-only` when every run comes from a catalog. */
  completeness: Completeness;
  /**
   * Jobs' names that are only a script's words or the file's name, each with the full names that some of its runs turned
   * out to have.
   */
  looseNames: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface LogParser {
  /** Takes the next piece of the log, cut between any two characters; it is not kept. */
  push(bytes: LogBytes): void;
  /**
   * What the text so far tells; pushing may go on afterwards. An unfinished last line or object counts as still being
   * written: it is read as far as it makes sense, and never as damage.
   */
  snapshot(): ParsedLog;
}

interface LogOrigin {
  path: string;
  zone: string;
  fileTimeMs: number | null;
  mapping?: LogMapping | null;
  mostRuns?: number;
}

/**
 * A parser for one log of any known format or mixture of formats. It never throws, whatever the text.
 *
 * @param from.path names the file in the runs' sources, and the job where no line names one
 * @param from.zone IANA zone of local times without a zone; UTC when unknown
 * @param from.fileTimeMs when the file was last written, UTC epoch milliseconds: gives the year to stamps without one,
 *   and a time to the last run when nothing else does; null when not known
 * @param from.mapping how the user says that this log is to be read, where its format is one of their own
 * @param from.mostRuns how many runs are kept at most: of a log that tells more, the newest
 * @example
 * const parser = createLogParser({ path: 'backup.log', zone: 'UTC', fileTimeMs: null });
 * parser.push(Buffer.from('{"message_type":"summary","snapshot_id":"79c92c2c","total_bytes_processed":42}\n'));
 * parser.snapshot().runs[0].sizeBytes //=> 42
 */
export function createLogParser(from: LogOrigin): LogParser {
  /** The beginning of the log, kept until there is enough of it to tell what stands in front of its lines. */
  let sample = '';
  let opened: Opened | null = null;
  const tools = new ToolCounts();
  return {
    push(bytes) {
      if (bytes.length === 0) return;
      if (opened) {
        opened.lines.push(bytes);
        return;
      }
      if (sample === '' && bytes.length > longestSample) {
        opened = openReading(from, plainText(bytes.toString('utf8', 0, longestSample)));
        opened.lines.push(startsWithMark(bytes) ? bytes.subarray(3) : bytes);
        return;
      }
      sample += bytes.toString('utf8');
      if (sample.length > longestSample) opened = readText(from, sample);
    },
    snapshot() {
      const { reading, splitter } = opened ?? readText(from, sample);
      // Ends the last line and every open run in a copy, so that pushing can go on.
      const ahead = reading.fork();
      const end = splitter.fork(ahead);
      end.finish();
      if (end.unended) ahead.unended(end.unended.text, end.unended.line, end.lines);
      ahead.finish();
      ahead.log.closeAll();
      const runs = reading.log.runs.concat(ahead.log.runs);
      // The beginning is read again each time: only what was read behind it is counted once.
      const counts = opened ? tools : new ToolCounts();
      counts.take(reading.log.runs, reading.log.leftOutRuns);
      timeLastRun(runs, from);
      return {
        path: from.path,
        fileName: reading.log.fileName,
        format: counts.mostCommon(ahead.log.runs),
        runs,
        leftOutRuns: reading.log.leftOutRuns,
        skippedLines: reading.log.skippedLines,
        firstSkippedLine: reading.log.firstSkippedLine,
        completeness: runs.length > 0 && runs.every((run) => run.onlyInCatalog) ? 'successes-only' : 'complete',
        looseNames: ahead.log.looseNames,
      };
    },
  };
}

interface Opened {
  reading: Reading;
  splitter: RecordSplitter;
  lines: ByteLines;
}

const sampleLength = 8192;
/** Bytes, or characters, that hold a sample for sure, whatever stands before and in it. */
const longestSample = 4 * sampleLength;
const noisePrefixes = noise.map(({ prefix }) => prefix);

/** Begins to read a log whose beginning is known. */
function openReading(from: LogOrigin, sample: string): Opened {
  const stamps = new StampReader(createZonedTime(from.zone), from.fileTimeMs);
  const hosts = findHosts(sample.slice(0, sampleLength), stamps.fork());
  const reading = new Reading(new RunAssembler(from.path, stamps, from.mapping, from.mostRuns), hosts);
  const splitter = new RecordSplitter(reading, noisePrefixes);
  return { reading, splitter, lines: new ByteLines(reading, splitter, noisePrefixes) };
}

/** Reads the beginning of a log. */
function readText(from: LogOrigin, text: string): Opened {
  const plain = plainText(text);
  const opened = openReading(from, plain);
  opened.splitter.push(plain);
  return opened;
}

/** Without the mark of its encoding, and the stretches of NULs that a power cut leaves. */
function plainText(text: string): string {
  return (text.startsWith('\ufeff') ? text.slice(1) : text).replaceAll('\0', '');
}

function startsWithMark(bytes: LogBytes): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** Which tool told the most runs of a list that grows; of several the one that was first. */
class ToolCounts {
  readonly #counts = new Map<string, number>();
  #taken = 0;
  #best = 'unknown';

  /** Counts what was added to the list, from whose beginning so many runs were left out. */
  take(runs: readonly BackupRun[], leftOut: number): void {
    for (let n = Math.max(this.#taken - leftOut, 0); n < runs.length; n++) this.#add(runs[n]!);
    this.#taken = leftOut + runs.length;
  }

  /** The tool with most runs, those that may yet change included; `unknown` without runs. */
  mostCommon(ahead: readonly BackupRun[]): string {
    const all = new ToolCounts();
    for (const [tool, count] of this.#counts) all.#counts.set(tool, count);
    all.#best = this.#best;
    for (const run of ahead) all.#add(run);
    return all.#best;
  }

  #add({ tool }: BackupRun): void {
    const count = (this.#counts.get(tool) ?? 0) + 1;
    this.#counts.set(tool, count);
    if (count > (this.#counts.get(this.#best) ?? 0)) this.#best = tool;
  }
}

/**
 * When nothing tells when the last run of a tool's own log was, the file does: by the time in its name where it is the
 * log of this one run, else by its own time, as it was written when that run ended. Exported records may have been written
 * at any time.
 */
function timeLastRun(runs: BackupRun[], from: LogOrigin): void {
  const last = runs.at(-1);
  if (!last || last.startedAt !== null || last.tool === 'generic') return;
  const { fileTimeMs } = from;
  const named = runs.length === 1 ? timeInName(from.path) : null;
  const written = fileTimeMs === null ? null : fileTimeMs - (last.durationMs ?? 0);
  const startedAt = named === null ? written : startByName(named, written, createZonedTime(from.zone));
  if (startedAt !== null) runs[runs.length - 1] = { ...last, startedAt, startedAtFrom: 'fileTime' };
}

const dayMs = 86_400_000;

/** A name with a day alone leaves the time of day to the file's own time, if that is of the same night. */
function startByName(named: NameTime, written: number | null, zone: ZonedTime): number {
  const at = zone.epochOf(named.local, -Infinity);
  return named.isDay && written !== null && written >= at && written < at + 2 * dayMs ? written : at;
}
