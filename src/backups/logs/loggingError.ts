/** What Python prints of a log line that it could not write: the report stands beside the tool's words and repeats some. */
import type { RunAssembler } from './runAssembler.ts';

const head = /^(.{0,100}?)--- Logging error ---("?)$/;
const last = /^Arguments: /;
const inside =
  /^(?:\s|"?$|Traceback \(most recent call last\):|Call stack:|Message: |During handling of the above exception|The above exception was|[\w.]{1,100}(?:Error|Exception|Interrupt)\b)/;

/** Whether the line is of such a report, which nobody has to read. Its lines begin alike, where something passes them on. */
export function isOfLoggingError(line: string, log: RunAssembler): boolean {
  const begun = line.includes('--- Logging error ---') ? head.exec(line) : null;
  if (begun) {
    log.loggingError = begun[1]!;
    return true;
  }
  const prefix = log.loggingError;
  if (prefix === null) return false;
  const rest = line.startsWith(prefix.trimEnd()) ? line.slice(prefix.length) : null;
  const isInside = rest !== null && inside.test(rest);
  if (!isInside) log.loggingError = null;
  return isInside || (rest !== null && last.test(rest));
}
