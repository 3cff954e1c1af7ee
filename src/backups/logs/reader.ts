/** What a reader is: one tool's records and lines, turned into runs. */
import type { FailureClass } from '../run.ts';
import type { JsonObject } from './jsonValue.ts';
import type { RunAssembler } from './runAssembler.ts';

/** A class of failures, and the words that tell it. */
export type FailureRule = readonly [FailureClass, RegExp];

/**
 * A reader has no state of its own: what it learns it tells the assembler, which knows the run under way, the lines
 * around it, and which line is being read. Adding one: a file here, a fixture, and a line in detect.ts.
 */
export interface LogReader {
  /** The tool's name in a run and in the report. */
  readonly tool: string;
  /** How lines begin that tell nothing and come by the thousand (progress): they are skipped unparsed. */
  readonly noise?: readonly string[];
  /** Words of this tool that tell the class of a failure; tried in order, before those that all tools share. */
  readonly failures?: readonly FailureRule[];
  /**
   * What such a line says all the same, by its place in `noise`; without this, that a run is under way. Of like lines one
   * after another only the first and the last are told.
   */
  readNoise?(which: number, log: RunAssembler): void;
  /** Whether the object was one of the tool's records; a record that was understood and tells nothing counts too. */
  readObject?(object: JsonObject, log: RunAssembler): boolean;
  /** Whether the line was the tool's. The line comes without its stamp or syslog prefix, and without trailing blanks. */
  readLine?(line: string, log: RunAssembler): boolean;
}
