/** What scripts say in JSON: `{"ts":"…","level":"info","msg":"backup started","job":"db"}`. */
import { numberOf, textOf, type JsonObject } from './jsonValue.ts';

/** A record that says something in words. */
export interface ScriptMessage {
  text: string;
  /** Its time as it is written; null when it has none. */
  at: unknown;
  /** Whether its level is that of an error. */
  isError: boolean;
  /** The job it names; null when it names none. */
  job: string | null;
  exitCode: number | null;
}

const textKeys = ['msg', 'message', 'short_message', 'event', 'text', 'line', 'MESSAGE'];
const timeKeys = ['ts', 'time', 'timestamp', '@timestamp', 'datetime', 'date', 't'];
const levelKeys = ['level', 'severity', 'lvl', 'log.level'];
const jobKeys = ['job', 'job_name', 'jobName', 'backup', 'task', 'name', 'target', 'service'];
const codeKeys = ['exit_code', 'exitCode', 'exitcode', 'exit_status', 'return_code', 'returncode', 'rc', 'exit'];

/**
 * The words in a record; null when it holds none, or neither a time nor a level (then it is a record of another kind).
 *
 * @example messageOf({ ts: 1780884605, msg: 'backup started', job: 'db' })?.job //=> 'db'
 */
export function messageOf(object: JsonObject): ScriptMessage | null {
  const text = firstOf(object, textKeys, textOf);
  if (text === null || text.length > 2000) return null;
  const at = firstOf(object, timeKeys, (value) => (typeof value === 'object' ? null : (value ?? null)));
  const level = firstOf(object, levelKeys, textOf);
  if (at === null && level === null) return null;
  return {
    text,
    at,
    isError: level !== null && /^(?:err|crit|fatal|alert|emerg|panic)/i.test(level),
    job: firstOf(object, jobKeys, textOf),
    exitCode: firstOf(object, codeKeys, numberOf),
  };
}

const doneEvent =
  /^(?:backup|dump|snapshot|sync|job)s?(?: (?:job|run|task))? (?:(complet(?:ed?|ion)|finished|succeeded|success(?:ful)?|done|ok)|(?:failed|failure|errored|error|aborted))$/i;

/**
 * The run that a record tells by an event's name alone (`{"event":"backup_completed","duration_ms":4200,"ts":…}`), its time
 * being that of the end; null when the name is no such one.
 */
export function recordOfEvent(object: JsonObject, { text, at }: ScriptMessage): JsonObject | null {
  const event = text.length > 40 ? null : doneEvent.exec(text.replace(/[_.-]/g, ' '));
  if (!event || at === null) return null;
  const entries = Object.entries(object).filter(([key]) => !timeKeys.includes(key) && !textKeys.includes(key));
  return { ...Object.fromEntries(entries), status: event[1] === undefined ? 'failed' : 'success', ended_at: at };
}

/** Whether a record with these fields could hold words. @example mayHoldMessage(['ts', 'msg']) //=> true */
export function mayHoldMessage(keys: readonly string[]): boolean {
  return keys.some((key) => textKeys.includes(key));
}

function firstOf<T>(object: JsonObject, keys: readonly string[], read: (value: unknown) => T | null): T | null {
  for (const key of keys) {
    const value = key in object ? read(object[key]) : null;
    if (value !== null) return value;
  }
  return null;
}
