/**
 * What differs between two states of a configuration, by key and by line. Secrets are compared by their fingerprints:
 * none is opened, and none is ever in a result.
 */
import { findValues } from './formats/findValues.ts';
import type { ConfigFormat, KeyPath } from './formats/scalarValue.ts';
import { maskSecrets, secretMask, type CutConfig, type MaskedRange } from './secrets/maskSecrets.ts';
import { compareLines } from './compareLines.ts';

/** A configuration as it is compared: its readable text, and its secrets only as fingerprints. */
export interface ComparableConfig extends CutConfig {
  /** Fingerprints are comparable only within one name. */
  name: string;
  format: ConfigFormat;
}

/** `unknown`: the two are different configurations, whose fingerprints cannot be compared. */
export type SecretState = 'same' | 'changed' | 'added' | 'removed' | 'unknown';

/** A value at a key that is not the same on both sides. */
export interface KeyChange {
  path: KeyPath;
  document: number;
  change: 'added' | 'removed' | 'changed';
  /** The value as written, masks in the place of secrets; null where there is none. */
  before: string | null;
  after: string | null;
  /** Of the sealed part of the value; null when all of it is readable. */
  secret: SecretState | null;
}

/** How a secret of one side stands to the other side; nothing of its value. */
export interface SecretComparison {
  path: KeyPath;
  document: number;
  state: SecretState;
}

/** A line of the comparison. Line numbers begin at 1 and count lines of the masked texts. */
export interface DiffLine {
  kind: 'same' | 'removed' | 'added';
  /** The line with masks, without its end. */
  text: string;
  before: number | null;
  after: number | null;
  /** True when a secret in the line is another one on the other side; its text may be the same. */
  secretChanged: boolean;
}

/** What differs between two states of a configuration; no secret is in it. */
export interface ConfigDiff {
  /** True when nothing differs, to the byte. */
  isSame: boolean;
  /** Every key whose value differs, in the order of the texts; removed ones last. */
  keys: KeyChange[];
  /** Every secret of either side. */
  secrets: SecretComparison[];
  /** Every line of both; empty when one of them is sealed whole. */
  lines: DiffLine[];
}

/** The value at one key: masked, with the fingerprints of what is sealed in it. */
export interface KeyEntry {
  path: KeyPath;
  document: number;
  /** The value as written, masks in the place of secrets. */
  shown: string;
  /** Of the secrets in it, in their order; empty when all of it is readable. */
  fingerprints: readonly string[];
}

/**
 * Compares two states of a configuration.
 *
 * @example
 * diffConfigs(before, after).keys
 * //=> [{ path: ['port'], document: 0, change: 'changed', before: '80', after: '81', secret: null }]
 */
export function diffConfigs(before: ComparableConfig, after: ComparableConfig): ConfigDiff {
  const comparable = before.name === after.name;
  const secrets = compareSecrets(before, after, comparable);
  const isSame =
    before.text === after.text &&
    before.values.length === after.values.length &&
    before.values.every(({ at }, index) => at === after.values[index]!.at) &&
    secrets.every(({ state }) => state === 'same');
  return {
    isSame,
    keys: isSame ? [] : compareKeys(readKeys(before), readKeys(after), comparable),
    secrets,
    lines: compareTexts(before, after, comparable),
  };
}

/**
 * How many values are not the same in two states of a configuration: added, removed or changed. 0 where only the text
 * around them is.
 *
 * @example
 * countChangedKeys(before, after) //=> 1
 */
export function countChangedKeys(before: ComparableConfig, after: ComparableConfig): number {
  return compareKeys(readKeys(before), readKeys(after), before.name === after.name).length;
}

/**
 * Every value of a configuration by its key, outermost values only, in the order of the text. A text whose secrets are cut
 * out is read with digits in their place, which every format takes for a value.
 */
export function readKeys(config: ComparableConfig): KeyEntry[] {
  const { text, masks } = maskSecrets(config, '0');
  if (text === null) return masks.map((mask, index) => secretEntry(mask, config.values[index]!.fingerprint));
  const entries: KeyEntry[] = [];
  let next = 0;
  let outerEnd = 0;
  const takeUntil = (offset: number): void => {
    for (; next < masks.length && masks[next]!.end <= offset; next++)
      entries.push(secretEntry(masks[next]!, config.values[next]!.fingerprint));
  };
  for (const { start, end, path, document } of findValues(text, config.format).values) {
    if (start < outerEnd) continue;
    takeUntil(start);
    // A secret around the whole value goes by the path it was sealed under.
    if (next < masks.length && masks[next]!.start <= start && masks[next]!.end >= end) continue;
    outerEnd = end;
    const inside: number[] = [];
    for (; next < masks.length && masks[next]!.start < end; next++) inside.push(next);
    entries.push({
      path,
      document,
      shown: replaceMasks(
        text,
        start,
        end,
        inside.map((index) => masks[index]!),
      ),
      fingerprints: inside.map((index) => config.values[index]!.fingerprint),
    });
  }
  takeUntil(Infinity);
  return entries;
}

function secretEntry({ path, document }: MaskedRange, fingerprint: string): KeyEntry {
  return { path, document, shown: secretMask, fingerprints: [fingerprint] };
}

function replaceMasks(text: string, start: number, end: number, masks: readonly MaskedRange[]): string {
  let shown = '';
  let at = start;
  for (const mask of masks) {
    shown += text.slice(at, mask.start) + secretMask;
    at = mask.end;
  }
  return shown + text.slice(at, Math.max(at, end));
}

/** Names each entry by its place; of several at one key the first goes with the first. */
function byPlace<T extends { path: unknown; document: number }>(entries: readonly T[]): Map<string, T> {
  const counts = new Map<string, number>();
  const places = new Map<string, T>();
  for (const entry of entries) {
    const place = JSON.stringify([entry.document, entry.path]);
    const count = counts.get(place) ?? 0;
    counts.set(place, count + 1);
    places.set(`${place} ${count}`, entry);
  }
  return places;
}

function compareKeys(before: readonly KeyEntry[], after: readonly KeyEntry[], comparable: boolean): KeyChange[] {
  const [old, young] = [byPlace(before), byPlace(after)];
  const changes: KeyChange[] = [];
  for (const [place, entry] of young) {
    const was = old.get(place) ?? null;
    const secret = secretState(was, entry, comparable);
    if (was?.shown === entry.shown && (secret === null || secret === 'same' || secret === 'unknown')) continue;
    const { path, document, shown } = entry;
    const change = was === null ? 'added' : 'changed';
    changes.push({ path, document, change, before: was?.shown ?? null, after: shown, secret });
  }
  for (const [place, entry] of old) {
    if (young.has(place)) continue;
    const { path, document, shown } = entry;
    const secret = secretState(entry, null, comparable);
    changes.push({ path, document, change: 'removed', before: shown, after: null, secret });
  }
  return changes;
}

function secretState(before: KeyEntry | null, after: KeyEntry | null, comparable: boolean): SecretState | null {
  const [old, young] = [before?.fingerprints ?? [], after?.fingerprints ?? []];
  if (old.length === 0 && young.length === 0) return null;
  if (old.length === 0) return 'added';
  if (young.length === 0) return 'removed';
  if (!comparable) return 'unknown';
  return old.join() === young.join() ? 'same' : 'changed';
}

function compareSecrets(before: CutConfig, after: CutConfig, comparable: boolean): SecretComparison[] {
  const [old, young] = [byPlace(before.values), byPlace(after.values)];
  const compared: SecretComparison[] = [];
  for (const place of new Set([...young.keys(), ...old.keys()])) {
    const [was, is] = [old.get(place), young.get(place)];
    const { path, document } = (is ?? was)!;
    let state: SecretState = 'unknown';
    if (!was) state = 'added';
    else if (!is) state = 'removed';
    else if (comparable) state = was.fingerprint === is.fingerprint ? 'same' : 'changed';
    compared.push({ path: JSON.parse(path) as KeyPath, document, state });
  }
  return compared;
}

interface Line {
  text: string;
  fingerprints: string;
  /** Whether a secret in it is another one on the other side, whatever else is in the line. */
  secretChanged: boolean;
}

function compareTexts(before: CutConfig, after: CutConfig, comparable: boolean): DiffLine[] {
  if (before.text === null || after.text === null) return [];
  const changedSecrets = comparable ? changedValues(before, after) : new Set<CutConfig['values'][number]>();
  const [old, young] = [before, after].map((side) => splitMasked(side, comparable, changedSecrets)) as [Line[], Line[]];
  const identity = ({ text, fingerprints }: Line): string => `${text}\n${fingerprints}`;
  const pairs = compareLines(old.map(identity), young.map(identity));
  const lines: DiffLine[] = [];
  let [oldAt, youngAt] = [0, 0];
  for (const [oldEnd, youngEnd] of [...pairs, [old.length, young.length] as const]) {
    const removed = old.slice(oldAt, oldEnd);
    const added = young.slice(youngAt, youngEnd);
    // A secret whose key is not the same any more is known by the rest of its line.
    const changed = (line: Line, others: readonly Line[]): boolean =>
      line.secretChanged || (line.fingerprints !== '' && others.some((other) => other.text === line.text));
    for (const line of removed) lines.push(diffLine('removed', line.text, ++oldAt, null, changed(line, added)));
    for (const line of added) lines.push(diffLine('added', line.text, null, ++youngAt, changed(line, removed)));
    if (oldEnd < old.length && youngEnd < young.length)
      lines.push(diffLine('same', withoutEnd(old[oldEnd]!.text), ++oldAt, ++youngAt, false));
  }
  return lines;
}

function diffLine(
  kind: DiffLine['kind'],
  text: string,
  before: number | null,
  after: number | null,
  secretChanged: boolean,
): DiffLine {
  return { kind, text: withoutEnd(text), before, after, secretChanged };
}

function withoutEnd(line: string): string {
  return line.replace(/\r?\n$|\r$/, '');
}

/** The sealed values of both sides that are another one at the same key. */
function changedValues(before: CutConfig, after: CutConfig): ReadonlySet<CutConfig['values'][number]> {
  const old = byPlace(before.values);
  const pairs = [...byPlace(after.values)].map(([place, is]) => [old.get(place), is] as const);
  return new Set(pairs.flatMap(([was, is]) => (was && was.fingerprint !== is.fingerprint ? [was, is] : [])));
}

/** Lines with their ends: a file whose line ends changed is not the same. */
function splitMasked(
  config: CutConfig,
  comparable: boolean,
  changedSecrets: ReadonlySet<CutConfig['values'][number]>,
): Line[] {
  const { text, masks } = maskSecrets(config);
  const lines: Line[] = [];
  let at = 0;
  let next = 0;
  for (const line of text!.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? []) {
    at += line.length;
    const from = next;
    while (next < masks.length && masks[next]!.start < at) next++;
    const values = config.values.slice(from, next);
    lines.push({
      text: line,
      fingerprints: values.map(({ fingerprint }) => (comparable ? fingerprint : '')).join(),
      secretChanged: values.some((value) => changedSecrets.has(value)),
    });
  }
  return lines;
}
