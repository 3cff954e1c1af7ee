/** JSON records that hold one line of a log each, as collectors of logs write them. */
import { textOf, type JsonObject } from './jsonValue.ts';
import { peelLine, type PeeledLine } from './linePrefix.ts';
import type { StampReader } from './stamps.ts';

/**
 * The line in the record, with the record's time, host and process; null when it is no such record. Known: Docker's
 * `{"log":"…\n","stream":"stdout","time":"…"}`.
 *
 * @example openEnvelope({ log: 'snapshot 79c92c2c saved\n', stream: 'stdout', time: '2026-06-01T02:00:03Z' }, stamps)?.text
 * //=> 'snapshot 79c92c2c saved'
 */
export function openEnvelope(object: JsonObject, stamps: StampReader): PeeledLine | null {
  const line = textOf(object.log);
  if (line === null || typeof object.stream !== 'string') return null;
  const at = stamps.parse(object.time);
  if (at === null) return null;
  const inside = peelLine(line, stamps);
  return { ...inside, at: inside.at ?? at };
}
