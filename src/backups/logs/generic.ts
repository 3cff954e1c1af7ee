import { nowhereElse, type BackupKind, type GivenContext, type Outcome } from '../run.ts';
import { mapFields, type FieldMap, type FieldSource, type Measured } from './fieldMap.ts';
import { fitToShow, hidePassword } from './cleanText.ts';
import { withoutDate } from './jobName.ts';
import { arrayOf, countOf, numberOf, objectOf, textOf, type JsonObject } from './jsonValue.ts';
import { outcomeOfWord } from './outcomeWord.ts';
import { parseDuration, parseGrouped, parseSize } from './quantity.ts';
import type { LogReader } from './reader.ts';
import type { RunAssembler } from './runAssembler.ts';

const tool = 'generic';
const mostFields = 200;

/** Any record that tells of a run by plain field names: the original system's, and what scripts and exports call them. */
export const generic: LogReader = {
  tool,
  readObject(object, log) {
    return readRecord(object, log) || readContainer(object, log);
  },
};

/** Adds the run that a record's fields tell; false when they tell no outcome, and therefore no run. */
export function addRecord(record: FieldSource, map: FieldMap, log: RunAssembler): boolean {
  const outcome = outcomeOfFields(record, map);
  if (outcome === null) return false;
  const duration = map.duration === null ? null : readDuration(record[map.duration.key], map.duration.unit);
  const endedAt = map.end === null ? null : log.stamps.parse(record[map.end]);
  const told = map.start === null ? null : log.stamps.parse(record[map.start]);
  const startedAt = told ?? (endedAt === null ? null : endedAt - (duration ?? 0));
  const host = map.host === null ? null : sharedText(record[map.host], log);
  const repository = map.repository === null ? null : sharedText(record[map.repository], log);
  const name = map.job === null ? null : nameOf(record[map.job]);
  // Written out: what `newRun` is given would be thrown away a million times.
  log.addRun({
    job: (name !== null && jobOf(name, host, log)) || log.nameJob(tool, { host, label: null, repository }),
    tool,
    host,
    repository,
    runId: map.runId === null ? null : nameOf(record[map.runId]),
    startedAt,
    startedAtFrom: startedAt === null ? 'none' : 'record',
    durationMs: duration ?? (endedAt !== null && endedAt >= startedAt! ? endedAt - startedAt! : null),
    outcome,
    sizeBytes: readBytes(record, map.size),
    addedBytes: readBytes(record, map.added),
    fileCount: map.files === null ? null : countOf(record[map.files]),
    changedFileCount: map.changedFiles === null ? null : countOf(record[map.changedFiles]),
    repositoryBytes: readBytes(record, map.repositorySize),
    kind: map.kind === null ? null : kindOf(record[map.kind]),
    error: outcome === 'success' || map.error === null ? null : textOf(record[map.error]),
    failureClass: null,
    given: givenOf(record, map),
    source: log.here(),
    alsoIn: nowhereElse,
    onlyInCatalog: false,
  });
  return true;
}

/** Whether a record's fields tell the outcome of a run. */
export function tellsOutcome(object: JsonObject): boolean {
  const map = mapOf(object);
  return map !== null && outcomeOfFields(object, map) !== null;
}

function sharedText(value: unknown, log: RunAssembler): string | null {
  const text = textOf(value);
  return text === null ? null : log.share(text);
}

// A name fit to show is looked up, not worked out, a million times.
const shownNames = new Map<string, string>();

/** Empty when there is nothing to see of the name. */
function jobOf(name: string, host: string | null, log: RunAssembler): string {
  let shown = shownNames.get(name);
  if (shown === undefined) {
    if (shownNames.size > 10_000) shownNames.clear();
    const clean = hidePassword(fitToShow(name));
    shown = withoutDate(clean) || clean;
    shownNames.set(name, shown);
  }
  return host === null || shown === '' ? shown : log.share(`${host}:${shown}`);
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
  const number = numberOf(value) ?? (typeof value === 'string' ? parseGrouped(value) : null);
  if (number !== null) return number >= 0 && number * unit <= 1e13 ? Math.round(number * unit) : null;
  return typeof value === 'string' ? parseDuration(value) : null;
}

function readBytes(record: FieldSource, field: Measured | null): number | null {
  if (field === null) return null;
  const value = record[field.key];
  const { unit } = field;
  const number = numberOf(value) ?? (typeof value === 'string' ? parseGrouped(value) : null);
  if (number !== null)
    return number >= 0 && number * unit <= Number.MAX_SAFE_INTEGER ? Math.round(number * unit) : null;
  return typeof value === 'string' ? parseSize(value, 1000) : null;
}

function nameOf(value: unknown): string | null {
  if (typeof value === 'string') return value === '' || value.length > 300 ? null : value;
  // A longer number has lost its last digits, and is another one's name.
  return typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? String(value) : null;
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

// Records of one file mostly have the same fields in the same order: the last map is tried first.
let lastKeys: readonly string[] = [];
let lastMap: FieldMap | null = null;
const maps = new Map<string, FieldMap | null>();

function readRecord(object: JsonObject, log: RunAssembler): boolean {
  const map = mapOf(object);
  return map !== null && addRecord(object, map, log);
}

function mapOf(object: JsonObject): FieldMap | null {
  if (hasKeys(object, lastKeys)) return lastMap;
  const keys = Object.keys(object);
  if (keys.length > mostFields) return null;
  const signature = keys.join('\n');
  let map = maps.get(signature);
  if (map === undefined) {
    if (maps.size > 1000) maps.clear();
    map = mapFields(keys.map((key) => [key, key]));
    maps.set(signature, map);
  }
  lastKeys = keys;
  lastMap = map;
  return map;
}

function hasKeys(object: JsonObject, keys: readonly string[]): boolean {
  let n = 0;
  for (const key in object) if (key !== keys[n++]) return false;
  return n === keys.length;
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
