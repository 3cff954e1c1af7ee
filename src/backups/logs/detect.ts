/** Which reader takes which record. */
import { airflow } from './airflow.ts';
import { backrest } from './backrest.ts';
import { barman } from './barman.ts';
import { borg } from './borg.ts';
import { borgmatic } from './borgmatic.ts';
import { duplicati } from './duplicati.ts';
import { duplicity } from './duplicity.ts';
import { generic } from './generic.ts';
import { journal } from './journal.ts';
import type { JsonObject } from './jsonValue.ts';
import { kopia } from './kopia.ts';
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
import { messageOf } from './scriptRecord.ts';
import { velero } from './velero.ts';
import { vzdump } from './vzdump.ts';
import { walG } from './walG.ts';

/** Every reader, the most particular first; the words of scripts and the generic records come last. */
export const readers: readonly LogReader[] = [
  journal,
  airflow,
  resticprofile,
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
  script,
  generic,
];

const toolReaders = readers.filter((reader) => reader !== script && reader.readLine !== undefined);

/** How lines begin that are skipped unparsed, and whose they are. */
export const noise: readonly { prefix: string; which: number; reader: LogReader }[] = readers.flatMap((reader) =>
  (reader.noise ?? []).map((prefix, which) => ({ prefix, which, reader })),
);

/** Gives the object to the reader that took the last one, then to the others; null when none knows it. */
export function readObject(object: JsonObject, log: RunAssembler, last: LogReader | null): LogReader | null {
  // A script's own record may look like one that tells a whole run.
  if (last === generic && script.readObject?.(object, log)) return script;
  if (last?.readObject?.(object, log)) return last;
  for (const reader of readers) if (reader !== last && reader.readObject?.(object, log)) return reader;
  return readMessage(object, log);
}

/** Gives the line to each reader until one takes it; null when none knows it. */
export function readLine(line: string, log: RunAssembler): LogReader | null {
  return readToolLine(line, log) ?? (script.readLine?.(line, log) ? script : null);
}

/** The line as it is, then without what a program that passes it on puts in front: a level, its name, a tag. */
function readToolLine(line: string, log: RunAssembler): LogReader | null {
  for (const reader of toolReaders) if (reader.readLine?.(line, log)) return reader;
  for (const rest of withoutHeads(line))
    for (const reader of toolReaders) if (reader.readLine?.(rest, log)) return reader;
  return null;
}

/** A record that passes on a line of the tool: `{"time":"…","level":"info","msg":"snapshot 79c92c2c saved"}`. */
function readMessage(object: JsonObject, log: RunAssembler): LogReader | null {
  const message = messageOf(object);
  if (message === null) return null;
  log.lineTime = message.at === null ? log.lineTime : (log.stamps.parse(message.at) ?? log.lineTime);
  return readLine(message.text, log);
}
