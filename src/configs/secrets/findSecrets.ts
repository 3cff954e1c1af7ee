import type { AliasUse, FoundValues, KeyPath, ScalarValue } from '../formats/scalarValue.ts';
import { looksRandom } from './entropy.ts';
import { findInline } from './inline.ts';
import { judgeName } from './judgeName.ts';
import { decodeBase64, decodesToPair, findPatterns } from './patterns.ts';
import { isKnownPath, isOrdinary, isPlaceholder } from './ordinaryValue.ts';
import type { SecretRange, SecretReason, SecretRules } from './secretRange.ts';
import { findStructures } from './structures.ts';
import type { Structures } from './structures.ts';
import { UserKeys } from './userKeys.ts';

/** Names whose values are drawn by chance and yet public: digests, revisions, identifiers. */
const publicRandom =
  /(?:^|[\W_])(?:sha\d*|md5|hash(?:es)?|checksums?|digests?|commit|revision|rev|ref|etag|integrity|fingerprint|thumbprint|uu?id|guid|ids?|image|version|build|tag|layer|public|pub|certificate|ca|crt|cert|nonce|sum|url|uri|path|file)(?=$|[\W_\d])/i;

interface Candidate {
  start: number;
  end: number;
  reason: SecretReason;
  value: ScalarValue | null;
}

/**
 * Finds what to cut out of a text: which of its values are secret, and why. The user's lists win over every rule; then
 * come names, structures, what is inside values, forms and randomness, minus placeholders. A text that was read by line
 * rules is searched more widely, and one that could not be read is one secret.
 *
 * @param found What findValues says of the same text.
 * @returns Ranges sorted by `start` that neither overlap nor touch nor are empty; none for the empty text.
 * @example
 * const text = 'user: bob\npassword: hunter2\n';
 * findSecrets(text, findValues(text, 'yaml'), { sensitiveKeys: [], safeKeys: [] })
 * //=> [{ start: 20, end: 27, path: ['password'], document: 0, occurrence: 0, style: 'plain', reason: 'name' }]
 */
export function findSecrets(text: string, found: FoundValues, rules: SecretRules): SecretRange[] {
  if (text === '') return [];
  if (found.readBy === 'whole') {
    return [{ start: 0, end: text.length, path: [], document: 0, occurrence: 0, style: 'plain', reason: 'whole' }];
  }
  return new SecretSearch(text, found, rules).search();
}

class SecretSearch {
  readonly #text: string;
  readonly #found: FoundValues;
  readonly #userKeys: UserKeys;
  readonly #structures: Structures;
  readonly #candidates: Candidate[] = [];
  /** Values that the user calls safe: nothing inside them is cut. */
  readonly #safe: ScalarValue[] = [];

  constructor(text: string, found: FoundValues, rules: SecretRules) {
    this.#text = text;
    this.#found = found;
    this.#userKeys = new UserKeys(rules);
    this.#structures = findStructures(text, found.values);
  }

  search(): SecretRange[] {
    const aliased = this.#secretAliases();
    for (const value of this.#found.values) {
      if (value.start === value.end) continue;
      const reason = this.#judge(value, aliased);
      if (reason === 'safe') this.#safe.push(value);
      else if (reason !== null) this.#candidates.push({ start: value.start, end: value.end, reason, value });
    }
    const inside = new Inside(this.#found.values);
    for (const hit of findPatterns(this.#text)) {
      this.#candidates.push({ ...hit, value: inside.at(hit.start) });
    }
    const lines = this.#found.readBy === 'lines';
    const hits = findInline(this.#text, (separator, isColon) => {
      const value = inside.at(separator);
      if (isColon && !lines) return null;
      if (value === null) return lines ? { start: 0, end: this.#text.length, isItem: false } : null;
      const isItem = typeof value.path.at(-1) === 'number' && value.style !== 'block' && value.style !== 'line';
      return { start: value.start, end: value.end, isItem };
    });
    for (const hit of hits) {
      if (this.#userKeys.judge([hit.name]) === 'safe') continue;
      this.#candidates.push({ start: hit.start, end: hit.end, reason: 'inline', value: inside.at(hit.start) });
    }
    return this.#merge();
  }

  #judge(value: ScalarValue, aliased: Covered): SecretReason | 'safe' | null {
    const said = this.#userKeys.judge(value.path);
    if (said === 'safe') return 'safe';
    if (said === 'sensitive') return 'user';
    const text = this.#text.slice(value.start, value.end);
    if (isPlaceholder(text, value.tag)) return null;

    const name = lastName(value.path);
    const judgement = judgeName(name);
    if (value.style === 'comment') return judgement === 'secret' && !isOrdinaryComment(text) ? 'name' : null;
    if (judgement === 'secret' && this.#holdsSecret(value, text)) return 'name';
    if (judgement === 'likely' && this.#isLikelySecret(name, text, value)) return 'name';
    if (this.#structures.paired.has(value)) return 'pair';
    if (this.#structures.kubernetes.has(value)) return 'kubernetes';
    if (judgement !== 'harmless' && this.#isBelowSecret(value.path) && this.#holdsSecret(value, text)) {
      if (!isDescription(name) || !isOrdinary(text)) return 'below';
    }
    if (aliased.covers(value)) return 'alias';
    if (isEncodedSecret(text)) return 'encoded';
    if (judgement !== 'harmless' && looksRandom(text) && !publicRandom.test(name)) return 'entropy';
    return null;
  }

  /** A value under a secret's name is one unless it is a place or repeats the name of a declared secret. */
  #holdsSecret(value: ScalarValue, text: string): boolean {
    return !isKnownPath(text) && !this.#structures.secretNames.has(text) && !/^!(?:Ref|GetAtt)/.test(value.tag ?? '');
  }

  #isLikelySecret(name: string, text: string, value: ScalarValue): boolean {
    if (/pin$|otp$/i.test(name) && /^\d{4,12}$/.test(text)) return true;
    if (/seed|mnemonic/i.test(name) && text.split(/\s+/).length >= 12) return true;
    return decodesToPair(text) || !isOrdinary(text, value.tag);
  }

  #isBelowSecret(path: KeyPath): boolean {
    let isOwn = true;
    for (let depth = path.length - 1; depth >= 0; depth--) {
      const part = path[depth]!;
      if (typeof part === 'number') continue;
      if (!isOwn && !/[/ ]/.test(part) && judgeName(part) === 'secret') return true;
      isOwn = false;
    }
    return false;
  }

  /** The anchored nodes that some alias repeats under a secret's name. */
  #secretAliases(): Covered {
    const uses = this.#found.aliases.filter((alias: AliasUse) => {
      const said = this.#userKeys.judge(alias.path);
      if (said !== null) return said === 'sensitive';
      return judgeName(lastName(alias.path)) === 'secret' || this.#isBelowSecret(alias.path);
    });
    return new Covered(uses);
  }

  #merge(): SecretRange[] {
    const safe = new Covered(this.#safe);
    const sorted = this.#candidates
      .filter((candidate) => candidate.reason === 'user' || !safe.covers(candidate))
      .sort((a, b) => a.start - b.start || b.end - a.end);
    const ranges: SecretRange[] = [];
    const counts = new Map<string, number>();
    for (const { start, end, reason, value } of sorted) {
      const last = ranges.at(-1);
      if (last !== undefined && start <= last.end) {
        last.end = Math.max(last.end, end);
        continue;
      }
      ranges.push({
        start,
        end,
        path: value?.path ?? [],
        document: value?.document ?? 0,
        occurrence: 0,
        style: value?.style ?? 'plain',
        reason,
      });
    }
    const cut = new Set(ranges.map((range) => this.#text.slice(range.start, range.end)));
    for (const range of ranges) {
      range.path = withoutSecrets(range.path, cut);
      const id = JSON.stringify([range.document, range.path]);
      range.occurrence = counts.get(id) ?? 0;
      counts.set(id, range.occurrence + 1);
    }
    return ranges;
  }
}

/** Which value holds an offset, the innermost first. */
class Inside {
  readonly #values: readonly ScalarValue[];

  constructor(values: readonly ScalarValue[]) {
    this.#values = values;
  }

  at(offset: number): ScalarValue | null {
    let low = 0;
    let high = this.#values.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#values[middle]!.start <= offset) low = middle + 1;
      else high = middle;
    }
    for (let index = low - 1; index >= Math.max(0, low - maxNested); index--) {
      const value = this.#values[index]!;
      if (value.end > offset) return value;
    }
    return null;
  }
}

/** So many values that start later but end earlier are passed in search of the one around an offset. */
const maxNested = 200;

/** A union of ranges that answers whether it covers another range. */
class Covered {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  constructor(ranges: readonly { start: number; end: number }[]) {
    for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
      const last = this.#ends.length - 1;
      if (last >= 0 && start <= this.#ends[last]!) this.#ends[last] = Math.max(this.#ends[last]!, end);
      else {
        this.#starts.push(start);
        this.#ends.push(end);
      }
    }
  }

  covers(range: { start: number; end: number }): boolean {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#starts[middle]! <= range.start) low = middle + 1;
      else high = middle;
    }
    return low > 0 && this.#ends[low - 1]! >= range.end;
  }
}

/** The last key of a path, list indexes aside. */
function lastName(path: KeyPath): string {
  const name = path.findLast((part) => typeof part === 'string');
  return name ?? '';
}

/** Keys below a secret's name that describe it. */
function isDescription(name: string): boolean {
  return /^(?:user(?:_?name)?|login|name|host(?:name)?|port|type|kind|driver|database|db|schema|enabled|external|file|path|description|environment|labels?|engine|provider|scheme|url|optional|readonly)$/i.test(
    name,
  );
}

/** `# password: the-password`, `# token = your token`: comments explain more often than they keep. */
function isOrdinaryComment(text: string): boolean {
  return /\s/.test(text) && isOrdinary(text);
}

function isEncodedSecret(text: string): boolean {
  if (text.length < 20) return false;
  const decoded = decodeBase64(text);
  if (decoded === null || !/^[\t\n\r\x20-\x7e]+$/.test(decoded.slice(0, 1000))) return false;
  return (
    findPatterns(decoded).length > 0 ||
    findInline(decoded, () => ({ start: 0, end: decoded.length, isItem: false })).length > 0
  );
}

function withoutSecrets(path: KeyPath, cut: ReadonlySet<string>): KeyPath {
  if (!path.some((part) => typeof part === 'string' && isSecretPart(part, cut))) return path;
  return path.map((part) => (typeof part === 'string' && isSecretPart(part, cut) ? hiddenPart : part));
}

function isSecretPart(part: string, cut: ReadonlySet<string>): boolean {
  return cut.has(part) || (part.length >= 12 && findPatterns(part).length > 0);
}

/** Stands in a path for a key that is itself a secret. */
export const hiddenPart = '(secret)';
