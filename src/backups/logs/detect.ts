/** Which reader takes which record. */
import { airflow } from './airflow.ts';
import { autorestic } from './autorestic.ts';
import { backrest } from './backrest.ts';
import { bacula } from './bacula.ts';
import { barman } from './barman.ts';
import { borg } from './borg.ts';
import { borgmatic } from './borgmatic.ts';
import { duplicacy } from './duplicacy.ts';
import { duplicati } from './duplicati.ts';
import { duplicity } from './duplicity.ts';
import { generic, tellsOutcome } from './generic.ts';
import { journal } from './journal.ts';
import type { JsonObject } from './jsonValue.ts';
import { kopia } from './kopia.ts';
import { ownStamp } from './linePrefix.ts';
import { isOfLoggingError } from './loggingError.ts';
import { withoutHeads } from './passedOn.ts';
import { pgbackrest } from './pgbackrest.ts';
import { rclone } from './rclone.ts';
import type { LogReader } from './reader.ts';
import { restic } from './restic.ts';
import { resticprofile } from './resticprofile.ts';
import { rsnapshot } from './rsnapshot.ts';
import { rsync } from './rsync.ts';
import type { RunAssembler } from './runAssembler.ts';
import { script } from './script.ts';
import { messageOf, recordOfEvent, type ScriptMessage } from './scriptRecord.ts';
import { isOfFailedDump } from './scriptWords.ts';
import { velero } from './velero.ts';
import { vzdump } from './vzdump.ts';
import { walG } from './walG.ts';

/** Every reader, the most particular first; the words of scripts and the generic records come last. */
export const readers: readonly LogReader[] = [
  journal,
  airflow,
  resticprofile,
  autorestic,
  restic,
  barman,
  borgmatic,
  borg,
  rclone,
  rsnapshot,
  rsync,
  duplicity,
  pgbackrest,
  kopia,
  walG,
  vzdump,
  velero,
  duplicati,
  backrest,
  bacula,
  duplicacy,
  script,
  generic,
];

const objectReaders = readers.filter(
  (reader) => reader !== script && reader !== generic && reader.readObject !== undefined,
);
const toolReaders = readers.filter((reader) => reader !== script && reader.readLine !== undefined);

/** How lines begin that are skipped unparsed, and whose they are. */
export const noise: readonly { prefix: string; which: number; reader: LogReader }[] = readers.flatMap((reader) =>
  (reader.noise ?? []).map((prefix, which) => ({ prefix, which, reader })),
);

/** Gives the object to the reader that took the last one, then to the others; null when none knows it. */
export function readObject(object: JsonObject, log: RunAssembler, last: LogReader | null): LogReader | null {
  if (last === generic) return readRecord(object, log) ?? readByTools(object, log, null);
  return readByTools(object, log, last) ?? readRecord(object, log);
}

function readByTools(object: JsonObject, log: RunAssembler, last: LogReader | null): LogReader | null {
  if (last !== script && last?.readObject?.(object, log)) return last;
  for (const reader of objectReaders) if (reader !== last && reader.readObject!(object, log)) return reader;
  return null;
}

/** A record of words, or one that tells a whole run; where it looks like both, the words of a script count. */
function readRecord(object: JsonObject, log: RunAssembler): LogReader | null {
  const message = messageOf(object);
  if (message !== null && !tellsOutcome(object)) return readMessage(object, message, log);
  if (message !== null && script.readObject!(object, log)) return script;
  return generic.readObject!(object, log) ? generic : null;
}

/** Gives the line to each reader until one takes it; null when none knows it. */
export function readLine(line: string, log: RunAssembler): LogReader | null {
  if (isOfLoggingError(line, log)) return script;
  const told = isOfFailedDump(line) ? null : readToolLine(line, log);
  return told ?? (script.readLine?.(line, log) ? script : null);
}

/** The line as it is, then without what a program that passes it on puts in front: a level, its name, a tag. */
function readToolLine(line: string, log: RunAssembler): LogReader | null {
  for (const reader of toolReaders) if (reader.readLine?.(line, log)) return reader;
  for (const rest of withoutHeads(line)) {
    const own = ownStamp(rest, log.stamps);
    if (own) log.lineTime = own.at;
    for (const reader of toolReaders) if (reader.readLine?.(own?.text ?? rest, log)) return reader;
  }
  return null;
}

/**
 * A record that passes on a line of a tool (`{"time":"…","level":"info","msg":"snapshot 79c92c2c saved"}`), or in which a
 * script says something itself.
 */
function readMessage(object: JsonObject, message: ScriptMessage, log: RunAssembler): LogReader | null {
  const { text, at } = message;
  log.lineTime = (at === null ? null : log.stamps.parse(at)) ?? log.lineTime;
  if (isOfLoggingError(text, log) || log.takePiece(text)) return script;
  const own = ownStamp(text, log.stamps);
  const told = readToolLine(own?.text ?? text, log) ?? (script.readObject!(object, log) ? script : null);
  if (told) return told;
  if (generic.readObject!(object, log)) return generic;
  const event = log.inSession ? null : recordOfEvent(object, message);
  if (event && generic.readObject!(event, log)) return generic;
  return script.readLine!(text, log) ? script : null;
}
