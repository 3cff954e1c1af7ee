/** From the text of one log to its runs. */
import type { Completeness } from '../report.ts';
import type { BackupRun } from '../run.ts';
import { noise, readLine, readObject } from './detect.ts';
import { closeJson } from './closeJson.ts';
import { objectOf } from './jsonValue.ts';
import { peelLine } from './linePrefix.ts';
import type { LogReader } from './reader.ts';
import { RecordSplitter, type PieceHandler } from './recordSplitter.ts';
import { RunAssembler } from './runAssembler.ts';
import { StampReader } from './stamps.ts';
import { readTableLine } from './table.ts';
import { createZonedTime } from './zonedTime.ts';

/** What one log told. */
export interface ParsedLog {
  path: string;
  /** The file's name without date, rotation and ending: the job's name where no line tells one. */
  fileName: string;
  /** The tool that told the most runs; `unknown` when there are none. */
  format: string;
  /** In the order of the file. */
  runs: BackupRun[];
  /** Lines that should have been a record and could not be read. */
  skippedLines: number;
  /** The first of them, from 1; null when none was skipped. */
  firstSkippedLine: number | null;
  /** `successes-only` when every run comes from a catalogue. */
  completeness: Completeness;
  /**
   * Jobs' names that are only a script's words or the file's name, each with the full names that some of its runs turned
   * out to have.
   */
  looseNames: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface LogParser {
  /** Takes the next piece of the log's text, cut anywhere. */
  push(text: string): void;
  /**
   * What the text so far tells; pushing may go on afterwards. An unfinished last line or object counts as still being
   * written: it is read as far as it makes sense, and never as damage.
   */
  snapshot(): ParsedLog;
}

/**
 * A parser for one log of any known format or mixture of formats. It never throws, whatever the text.
 *
 * @param from.path names the file in the runs' sources, and the job where no line names one
 * @param from.zone IANA zone of local times without a zone; UTC when unknown
 * @param from.fileTimeMs when the file was last written, UTC epoch milliseconds: gives the year to stamps without one,
 *   and a time to the last run when nothing else does; null when not known
 * @example
 * const parser = createLogParser({ path: 'backup.log', zone: 'UTC', fileTimeMs: null });
 * parser.push('{"message_type":"summary","snapshot_id":"79c92c2c","total_bytes_processed":42}\n');
 * parser.snapshot().runs[0].sizeBytes //=> 42
 */
export function createLogParser(from: { path: string; zone: string; fileTimeMs: number | null }): LogParser {
  const stamps = new StampReader(createZonedTime(from.zone), from.fileTimeMs);
  const reading = new Reading(new RunAssembler(from.path, stamps));
  const splitter = new RecordSplitter(
    reading,
    noise.map(({ prefix }) => prefix),
  );
  let started = false;
  return {
    push(text) {
      if (text === '') return;
      let plain = started || !text.startsWith('\ufeff') ? text : text.slice(1);
      started = true;
      // Files hit by a power cut hold stretches of NULs.
      if (plain.includes('\0')) plain = plain.replaceAll('\0', '');
      splitter.push(plain);
    },
    snapshot() {
      // Ends the last line and every open run in a copy, so that pushing can go on.
      const ahead = reading.fork();
      const end = splitter.fork(ahead);
      end.finish();
      if (end.unended) ahead.unended(end.unended.text, end.unended.line, end.lines);
      ahead.log.closeAll();
      const runs = reading.log.runs.concat(ahead.log.runs);
      timeLastRun(runs, from.fileTimeMs);
      return {
        path: from.path,
        fileName: reading.log.fileName,
        format: mostCommonTool(runs),
        runs,
        skippedLines: reading.log.skippedLines,
        firstSkippedLine: reading.log.firstSkippedLine,
        completeness: runs.length > 0 && runs.every((run) => run.onlyInCatalogue) ? 'successes-only' : 'complete',
        looseNames: ahead.log.looseNames,
      };
    },
  };
}

/** Takes the pieces of the log and gives them to the readers. */
class Reading implements PieceHandler {
  readonly log: RunAssembler;
  #lastObjectReader: LogReader | null = null;

  constructor(log: RunAssembler) {
    this.log = log;
  }

  fork(): Reading {
    const copy = new Reading(this.log.fork());
    copy.#lastObjectReader = this.#lastObjectReader;
    return copy;
  }

  line(raw: string, line: number): void {
    const { log } = this;
    log.line = line;
    log.endLine = line;
    const inTable = readTableLine(raw, log);
    if (inTable === 'read') return;
    const { at, host, process, text } = peelLine(raw, log.stamps);
    log.lineTime = at;
    log.followStrand(process === null ? '' : strandOf(host, process), host);
    if (text.startsWith('{') && text.endsWith('}')) {
      const object = parseObject(text);
      if (object) {
        this.#lastObjectReader = readObject(object, log, this.#lastObjectReader) ?? this.#lastObjectReader;
        return;
      }
    }
    if (!readLine(text, log) && inTable === 'misfit') log.skip(line, line);
  }

  /** An object that is still being written: what is there of it tells that a run is under way. */
  unended(text: string, line: number, endLine: number): void {
    const closed = closeJson(text);
    if (closed === null) return;
    this.json(closed, line, endLine, text);
    this.log.reopen();
  }

  json(value: unknown, line: number, endLine: number, text: string | null): void {
    const object = objectOf(value);
    if (!object) return;
    const { log } = this;
    log.line = line;
    log.endLine = endLine;
    log.lineTime = null;
    log.objectText = text;
    log.followStrand('', null);
    this.#lastObjectReader = readObject(object, log, this.#lastObjectReader) ?? this.#lastObjectReader;
  }

  noise(prefix: number, line: number): void {
    this.log.line = line;
    this.log.endLine = line;
    this.log.lineTime = null;
    this.log.followStrand('', null);
    const { reader, which } = noise[prefix]!;
    if (reader.readNoise) reader.readNoise(which, this.log);
    else this.log.run(reader.tool);
  }

  damaged(line: number, endLine: number): void {
    this.log.skip(line, endLine);
  }
}

function parseObject(text: string): ReturnType<typeof objectOf> {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return null;
  }
}

/** systemd and cron speak about the other processes of their host: their lines belong to the file's own strand. */
function strandOf(host: string | null, process: string): string {
  return /^(?:systemd|cron|crond|CRON)$/.test(process) ? '' : `${host ?? ''}/${process}`;
}

function mostCommonTool(runs: readonly BackupRun[]): string {
  const counts = new Map<string, number>();
  let best = 'unknown';
  for (const { tool } of runs) {
    const count = (counts.get(tool) ?? 0) + 1;
    counts.set(tool, count);
    if (count > (counts.get(best) ?? 0)) best = tool;
  }
  return best;
}

/**
 * When nothing tells when the last run of a tool's own log was, the file's time does: it was written as that run ended.
 * Exported records may have been written at any time.
 */
function timeLastRun(runs: BackupRun[], fileTimeMs: number | null): void {
  const last = runs.at(-1);
  if (!last || last.startedAt !== null || last.tool === 'generic' || fileTimeMs === null) return;
  runs[runs.length - 1] = { ...last, startedAt: fileTimeMs - (last.durationMs ?? 0), startedAtFrom: 'fileTime' };
}
