/** Takes the pieces of a log, one after another, and gives them to the readers. */
import { closeJson } from './closeJson.ts';
import { noise, readLine, readObject } from './detect.ts';
import { openEnvelope } from './envelope.ts';
import { addRecord, generic } from './generic.ts';
import { journal } from './journal.ts';
import { JournalText, type JournalEntry } from './journalText.ts';
import { objectOf, type JsonObject } from './jsonValue.ts';
import { peelLine, plainLine, type PeeledLine } from './linePrefix.ts';
import { withoutHeads } from './passedOn.ts';
import { PrefixedJson } from './prefixedJson.ts';
import { createMappedReader } from './mappedReader.ts';
import type { LogBytes } from './logBytes.ts';
import type { LogReader } from './reader.ts';
import { RecordShapes } from './recordShape.ts';
import type { PieceHandler } from './recordSplitter.ts';
import type { RunAssembler } from './runAssembler.ts';
import { mayHoldMessage } from './scriptRecord.ts';
import { isDaemon, SystemdUnits } from './systemdUnits.ts';
import { readTableLine } from './table.ts';

const noHosts: ReadonlySet<string> = new Set();

export class Reading implements PieceHandler {
  readonly log: RunAssembler;
  /** Hosts that stand in front of this log's lines, beside those that a process with a number gives away. */
  readonly #hosts: ReadonlySet<string>;
  /** Of a log in a format of the user's own. */
  readonly #mapped: LogReader | null;
  #lastObjectReader: LogReader | null = null;
  /** The record that was read last, where its fields may be found again by where they stand. */
  #lastRecord: JsonObject | null = null;
  readonly #shapes = new RecordShapes();
  #units = new SystemdUnits();
  #prefixed = new Map<string, PrefixedJson>();
  #journal = new JournalText();

  constructor(log: RunAssembler, hosts: ReadonlySet<string> = noHosts) {
    this.log = log;
    this.#mapped = log.mapping && createMappedReader(log.mapping);
    this.#hosts = hosts;
    log.takePiece = (text) => this.#takePiece(log.strandKey, text);
  }

  /** A reading that stands where this one stands and goes on alone. */
  fork(): Reading {
    const copy = new Reading(this.log.fork(), this.#hosts);
    copy.#lastObjectReader = this.#lastObjectReader;
    copy.#units = this.#units.fork();
    copy.#journal = this.#journal.fork();
    for (const [strand, object] of this.#prefixed) copy.#prefixed.set(strand, object.fork());
    return copy;
  }

  line(raw: string, line: number): void {
    const { log } = this;
    log.line = line;
    log.endLine = line;
    if (this.#mapped?.readLine && this.#isMapped(raw)) return;
    if (this.#journal.mayTake(raw) && this.#inJournal(raw)) return;
    const inTable = readTableLine(raw, log);
    if (inTable === 'read') return;
    if (!this.#peeled(peelLine(raw, log.stamps, this.#hosts)) && inTable === 'misfit') log.skip(line, line);
  }

  json(value: unknown, line: number, endLine: number, text: string | null): void {
    const object = objectOf(value);
    if (!object) return;
    const { log } = this;
    log.line = line;
    log.endLine = endLine;
    const inside = openEnvelope(object, log.stamps);
    if (inside) {
      this.#peeled(inside);
      return;
    }
    log.lineTime = null;
    log.objectText = text;
    log.followStrand('', null);
    this.#object(value);
  }

  /**
   * Reads a record that looks like those before it, from its bytes. The index after its line; −1 when it has to be read
   * as all others are.
   */
  record(bytes: LogBytes, from: number, line: number): number {
    if (this.#lastObjectReader !== generic) return -1;
    const end = this.#shapes.read(bytes, from);
    if (end < 0) return -1;
    const { log } = this;
    log.line = line;
    log.endLine = line;
    log.lineTime = null;
    log.objectText = null;
    log.followStrand('', null);
    const { cells, map } = this.#shapes.last!;
    return addRecord(cells, map, log) ? end : -1;
  }

  /** Takes note of how the record looks that was read last; the text is its line. */
  learn(text: string): void {
    const record = this.#lastRecord;
    this.#lastRecord = null;
    // Of some records the words count, not only the fields.
    if (record && !this.#mapped && !('log' in record) && !mayHoldMessage(Object.keys(record)))
      this.#shapes.learn(text, record);
  }

  /** The log is over, or nothing more of it is known yet. */
  finish(): void {
    this.#tellEntry(this.#journal.end());
  }

  /** An object that is still being written: what is there of it tells that a run is under way. */
  unended(text: string, line: number, endLine: number): void {
    const closed = closeJson(text);
    if (closed === null) return;
    this.json(closed, line, endLine, text);
    this.log.reopen();
  }

  noise(prefix: number, line: number): void {
    const { log } = this;
    log.line = line;
    log.endLine = line;
    log.lineTime = null;
    log.followStrand('', null);
    const { reader, which } = noise[prefix]!;
    if (reader.readNoise) reader.readNoise(which, log);
    else log.run(reader.tool);
  }

  damaged(line: number, endLine: number): void {
    this.log.skip(line, endLine);
  }

  /** A line without its prefix; whether some reader knew it. */
  #peeled(peeled: PeeledLine): boolean {
    const { at, host, process, text } = peeled;
    const { log } = this;
    log.lineTime = at;
    log.lineRuled = peeled.ruled ?? false;
    if (process === 'systemd') return this.#units.readLine(text, host, log);
    if (isDaemon(process)) return false;
    const strand = this.#units.strandOf(host, process, log);
    if ((at !== null || process !== null) && this.#takePiece(strand, text)) return true;
    return readLine(text, log) !== null;
  }

  /** Takes a line without its prefix where it is one of an object that goes over several; whether it was. */
  #takePiece(strand: string, text: string): boolean {
    const open = this.#prefixed.get(strand);
    const bare = withoutHeads(text).at(-1) ?? text;
    if (!open && !PrefixedJson.begins(bare)) return false;
    this.#inObject(strand, open ?? new PrefixedJson(), bare);
    return true;
  }

  /** A line of an object that goes over several lines with a prefix each. */
  #inObject(strand: string, object: PrefixedJson, text: string): void {
    const { log } = this;
    const { line } = log;
    const pieces = object.take(text, line);
    if (object.open) this.#prefixed.set(strand, object);
    else this.#prefixed.delete(strand);
    for (const piece of pieces) {
      log.line = piece.line;
      log.endLine = piece.endLine;
      log.objectText = null;
      if (piece.text === null) this.#object(piece.value);
      else readLine(piece.text, log);
    }
    log.line = line;
    log.endLine = line;
  }

  /** A line while an entry of the journal is being read; whether it was one of the entry's. */
  #inJournal(raw: string): boolean {
    const { line } = this.log;
    const { taken, done } = this.#journal.take(raw, line);
    this.#tellEntry(done);
    this.log.line = line;
    this.log.endLine = line;
    return taken;
  }

  #tellEntry(entry: JournalEntry | null): void {
    if (!entry) return;
    this.log.line = entry.line;
    this.log.endLine = entry.endLine;
    journal.readObject!(entry.fields, this.log);
  }

  /** Whether a whole line, its stamp included, is of the user's own format. */
  #isMapped(raw: string): boolean {
    const { log } = this;
    log.lineTime = null;
    log.followStrand('', null);
    return this.#mapped!.readLine!(plainLine(raw), log);
  }

  #object(value: unknown): boolean {
    const object = objectOf(value);
    if (object && this.#mapped?.readObject?.(object, this.log)) return true;
    const reader = object && readObject(object, this.log, this.#lastObjectReader);
    if (reader) this.#lastObjectReader = reader;
    this.#lastRecord = reader === generic ? object : null;
    return reader !== null;
  }
}
