import type { BackupKind, GivenContext, Outcome } from '../run.ts';
import { mapFields, type FieldMap, type FieldSource } from './fieldMap.ts';
import { withoutDate } from './jobName.ts';
import { arrayOf, countOf, numberOf, objectOf, textOf, type JsonObject } from './jsonValue.ts';
import { outcomeOfWord } from './outcomeWord.ts';
import { parseDuration, parseSize } from './quantity.ts';
import type { LogReader } from './reader.ts';
import type { RunAssembler, RunFacts } from './runAssembler.ts';

const tool = 'generic';

/** Any record that tells of a run by plain field names: the original system's, and what scripts and exports call them. */
export const generic: LogReader = {
  tool,
  readObject(object, log) {
    return readRecord(object, log) || readContainer(object, log);
  },
};

interface RecordFacts {
  job: string | null;
  facts: RunFacts;
}

/** What a record tells by its fields; null when it tells no outcome, and therefore no run. */
function readFields(record: FieldSource, map: FieldMap, log: RunAssembler): RecordFacts | null {
  const outcome = outcomeOfFields(record, map);
  if (outcome === null) return null;
  const durationMs = map.duration === null ? null : readDuration(record[map.duration.key], map.duration.unit);
  const endedAt = map.end === null ? null : log.stamps.parse(record[map.end]);
  let startedAt = map.start === null ? null : log.stamps.parse(record[map.start]);
  if (startedAt === null && endedAt !== null) startedAt = endedAt - (durationMs ?? 0);
  const sharedText = (key: string | number | null): string | null => {
    const text = key === null ? null : textOf(record[key]);
    return text === null ? null : log.share(text);
  };
  const job = map.job === null ? null : nameOf(record[map.job]);
  const id = map.runId === null ? null : nameOf(record[map.runId]);
  const facts: RunFacts = {
    outcome,
    host: sharedText(map.host),
    repository: sharedText(map.repository),
    runId: id,
    startedAt,
    durationMs:
      durationMs ?? (startedAt !== null && endedAt !== null && endedAt >= startedAt ? endedAt - startedAt : null),
    sizeBytes: map.size === null ? null : readBytes(record[map.size.key], map.size.unit),
    addedBytes: map.added === null ? null : readBytes(record[map.added.key], map.added.unit),
    repositoryBytes:
      map.repositorySize === null ? null : readBytes(record[map.repositorySize.key], map.repositorySize.unit),
    fileCount: map.files === null ? null : countOf(record[map.files]),
    changedFileCount: map.changedFiles === null ? null : countOf(record[map.changedFiles]),
    kind: map.kind === null ? null : kindOf(record[map.kind]),
    error: outcome === 'success' ? null : map.error === null ? null : textOf(record[map.error]),
    given: givenOf(record, map),
  };
  return { job, facts };
}

function outcomeOfFields(record: FieldSource, map: FieldMap): Outcome | null {
  if (map.status !== null) {
    const value = record[map.status];
    const told =
      typeof value === 'string'
        ? outcomeOfWord(value)
        : typeof value === 'boolean'
          ? value
            ? 'success'
            : 'failure'
          : null;
    if (told !== null) return told;
    // A word nobody knows is an outcome all the same, if it is one word and not a sentence or a number.
    if (typeof value === 'string' && /^[A-Za-z][\w -]{0,30}$/.test(value)) return 'unknown';
  }
  if (map.success !== null) {
    const told = flagOf(record[map.success]);
    if (told !== null) return told ? 'success' : 'failure';
  }
  if (map.failed !== null) {
    const told = flagOf(record[map.failed]);
    if (told !== null) return told ? 'failure' : 'success';
  }
  const code = map.exitCode === null ? null : numberOf(record[map.exitCode]);
  return code === null ? null : code === 0 ? 'success' : 'failure';
}

function flagOf(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  if (value === 1 || value === '1' || value === 'true' || value === 'True' || value === 'yes') return true;
  return value === 0 || value === '0' || value === 'false' || value === 'False' || value === 'no' ? false : null;
}

function readDuration(value: unknown, unit: number): number | null {
  const number = numberOf(value);
  if (number !== null) return number >= 0 && number * unit <= 1e13 ? Math.round(number * unit) : null;
  return typeof value === 'string' ? parseDuration(value) : null;
}

function readBytes(value: unknown, unit: number): number | null {
  const number = numberOf(value);
  if (number !== null)
    return number >= 0 && number * unit <= Number.MAX_SAFE_INTEGER ? Math.round(number * unit) : null;
  return typeof value === 'string' ? parseSize(value, 1000) : null;
}

function nameOf(value: unknown): string | null {
  if (typeof value === 'string') return value === '' || value.length > 300 ? null : value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}

function kindOf(value: unknown): BackupKind | null {
  if (typeof value !== 'string' || value.length > 40) return null;
  if (/^full/i.test(value)) return 'full';
  if (/^diff/i.test(value)) return 'differential';
  return /^incr/i.test(value) ? 'incremental' : null;
}

function givenOf(record: FieldSource, map: FieldMap): GivenContext | null {
  if (map.hourOfDay === null && map.dayOfWeek === null && map.previousSuccessRate === null) return null;
  const hour = map.hourOfDay === null ? null : numberOf(record[map.hourOfDay]);
  const day = map.dayOfWeek === null ? null : numberOf(record[map.dayOfWeek]);
  const rate = map.previousSuccessRate === null ? null : numberOf(record[map.previousSuccessRate]);
  const given: GivenContext = {};
  if (hour !== null && hour >= 0 && hour < 24) given.hourOfDay = hour;
  if (day !== null && day >= 0 && day <= 6) given.dayOfWeek = day;
  if (rate !== null && rate >= 0 && rate <= 100) given.previousSuccessRate = rate > 1 ? rate / 100 : rate;
  return given;
}

/** Adds the run that a record's fields tell; false when they tell none. */
export function addRecord(record: FieldSource, map: FieldMap, log: RunAssembler): boolean {
  const told = readFields(record, map, log);
  if (told === null) return false;
  const { job, facts } = told;
  const host = facts.host ?? null;
  if (job === null) {
    log.add(tool, facts);
    return true;
  }
  const name = withoutDate(job);
  log.addNamed(tool, log.share(host === null ? name || job : `${host}:${name || job}`), facts);
  return true;
}

// Records of one file mostly have the same fields: the last map is tried first.
let lastMap: { keys: string; map: FieldMap | null } = { keys: '', map: null };

function readRecord(object: JsonObject, log: RunAssembler): boolean {
  const map = mapOf(object);
  return map !== null && addRecord(object, map, log);
}

function mapOf(object: JsonObject): FieldMap | null {
  const keys = Object.keys(object);
  const signature = keys.join('\n');
  if (signature !== lastMap.keys)
    lastMap = { keys: signature, map: keys.length > 200 ? null : mapFields(keys.map((key) => [key, key])) };
  return lastMap.map;
}

/** An object that holds a list of records under some name: `{"runs": […]}`. */
function readContainer(object: JsonObject, log: RunAssembler): boolean {
  let found = false;
  for (const key of Object.keys(object).slice(0, 50)) {
    for (const element of arrayOf(object[key])) {
      const record = objectOf(element);
      if (record && readRecord(record, log)) found = true;
    }
  }
  return found;
}
