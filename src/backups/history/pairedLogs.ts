/** Which logs hold the two outputs of one tool: what it said, and in a file beside it what went wrong. */
import type { ParsedLog } from '../logs/parseLog.ts';

const packing = /\.(?:gz|zst|bz2|xz)$/i;
const ending = /\.(?:log|txt|json|jsonl|ndjson)(?=\.|$)/gi;
const errorWord = /(?:^|[-_.])(?:stderr|err|errors?)(?=[-_.]|$)/i;
const outputWord = /(?:^|[-_.])(?:stdout|out|output)(?=[-_.]|$)/i;

/**
 * The logs of errors, each with the log beside it: files of one folder whose names differ in the word for the output
 * only, such as `backup.log` and `backup.err`, or `stdout.log` and `stderr.log`. None where the name fits several.
 *
 * @example pairedLogs([{ path: '/l/a.err', ... }, { path: '/l/a.log', ... }]) //=> Map { theFirst => theSecond }
 */
export function pairedLogs<T extends Pick<ParsedLog, 'path'>>(logs: readonly T[]): Map<T, T> {
  const pairs = new Map<T, T>();
  if (logs.length < 2) return pairs;
  const beside = new Map<string, { errors: T[]; others: T[] }>();
  for (const log of logs) {
    const start = Math.max(log.path.lastIndexOf('/'), log.path.lastIndexOf('\\')) + 1;
    const name = log.path.slice(start).replace(packing, '').replace(ending, '');
    const isErrors = errorWord.test(name);
    const key = log.path.slice(0, start) + name.replace(isErrors ? errorWord : outputWord, '');
    const known = beside.get(key) ?? { errors: [], others: [] };
    beside.set(key, known);
    (isErrors ? known.errors : known.others).push(log);
  }
  for (const { errors, others } of beside.values())
    if (errors.length === 1 && others.length === 1) pairs.set(errors[0]!, others[0]!);
  return pairs;
}
