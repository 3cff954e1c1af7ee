/** Which reader takes which record. */
import { borg } from './borg.ts';
import { borgmatic } from './borgmatic.ts';
import { duplicity } from './duplicity.ts';
import { generic } from './generic.ts';
import type { JsonObject } from './jsonValue.ts';
import { pgbackrest } from './pgbackrest.ts';
import type { LogReader } from './reader.ts';
import { rclone } from './rclone.ts';
import { restic } from './restic.ts';
import { rsnapshot } from './rsnapshot.ts';
import { rsync } from './rsync.ts';
import type { RunAssembler } from './runAssembler.ts';
import { script } from './script.ts';

/** Every reader, the most particular first; the generic ones and the lines of scripts come last. */
export const readers: readonly LogReader[] = [
  restic,
  borgmatic,
  borg,
  rclone,
  rsnapshot,
  rsync,
  duplicity,
  pgbackrest,
  generic,
  script,
];

/** How lines begin that are skipped unparsed, and whose they are. */
export const noise: readonly { prefix: string; which: number; reader: LogReader }[] = readers.flatMap((reader) =>
  (reader.noise ?? []).map((prefix, which) => ({ prefix, which, reader })),
);

/** Gives the object to the reader that took the last one, then to the others; null when none knows it. */
export function readObject(object: JsonObject, log: RunAssembler, last: LogReader | null): LogReader | null {
  if (last?.readObject?.(object, log)) return last;
  for (const reader of readers) if (reader !== last && reader.readObject?.(object, log)) return reader;
  return null;
}

/** Gives the line to each reader until one takes it; null when none knows it. */
export function readLine(line: string, log: RunAssembler): LogReader | null {
  for (const reader of readers) if (reader.readLine?.(line, log)) return reader;
  return null;
}
