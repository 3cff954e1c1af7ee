/** What Python prints of a log line that it could not write: the report stands beside the tool's words and repeats some. */
import type { RunAssembler } from './runAssembler.ts';

/** Where such a report began. */
export interface LoggingError {
  /** What stands before each of its lines, where something passes them on. */
  readonly prefix: string;
  readonly line: number;
  readonly at: number | null;
}

const head = /^(.{0,100}?)--- Logging error ---"?$/;
const last = /^Arguments: /;
const inside =
  /^(?:\s|"?$|Traceback \(most recent call last\):|Call stack:|Message: |During handling of the above exception|The above exception was|[\w.]{1,100}(?:Error|Exception|Interrupt)\b)/;
const mostLines = 400;
const longestMs = 60_000;

/** Whether the line is of such a report, which nobody has to read. */
export function isOfLoggingError(line: string, log: RunAssembler): boolean {
  const begun = line.includes('--- Logging error ---') ? head.exec(line) : null;
  if (begun) {
    log.loggingError = { prefix: begun[1]!, line: log.line, at: log.lineTime };
    return true;
  }
  const report = log.loggingError;
  if (report === null) return false;
  const { prefix } = report;
  const rest = line.startsWith(prefix.trimEnd()) ? line.slice(prefix.length) : null;
  const isLast = rest !== null && last.test(rest);
  const isInside = rest !== null && !isLast && (inside.test(rest) || isNear(report, log));
  if (!isInside) log.loggingError = null;
  return isInside || isLast;
}

/** With its stamp a line has lost the blanks in front, by which one could tell where it belongs. */
function isNear({ line, at }: LoggingError, log: RunAssembler): boolean {
  const { lineTime } = log;
  return at !== null && lineTime !== null && lineTime - at < longestMs && log.line - line < mostLines;
}
