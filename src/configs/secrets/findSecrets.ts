import type { AliasUse, FoundValues, KeyPath, ScalarValue } from '../formats/scalarValue.ts';
import { looksRandom } from './entropy.ts';
import { findInline } from './inline.ts';
import { InnermostValues } from './innermostValues.ts';
import { judgeName } from './judgeName.ts';
import { keyWords } from './keyWords.ts';
import { isLikelySecret } from './likelySecret.ts';
import { PathCleaner } from './pathCleaner.ts';
import { decodeBase64, findPatterns, findPublicBlocks } from './patterns.ts';
import { isKnownPath, isOrdinary, isPlaceholder, namesKeyFile } from './ordinaryValue.ts';
import { isOpenConnection, saysNothingBelow } from './plainBelow.ts';
import { RangeUnion } from './rangeUnion.ts';
import type { SecretRange, SecretReason, SecretRules } from './secretRange.ts';
import { passwordPositions } from './passwordPositions.ts';
import { followsName, isSentence } from './sentence.ts';
import { findStructures } from './structures.ts';
import type { Structures } from './structures.ts';
import { UserKeys } from './userKeys.ts';

/** Names whose values are drawn by chance and yet public: digests, revisions, identifiers. */
const publicRandom =
  /(?:^|[\W_])(?:sha\d*|md5|hash(?:es)?|checksums?|digests?|commit|revision|rev|ref|etag|integrity|fingerprint|thumbprint|uu?id|guid|ids?|image|version|build|tag|layer|public|pub|certificate|ca|crt|cert|nonce|sum|url|uri|path|file|account|address|user|client|project|bucket|host|endpoint|domain|site[-_]?key|verify)(?=$|[\W_\d])/i;

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
  const whole: SecretRange[] = [
    { start: 0, end: text.length, path: [], document: 0, occurrence: 0, style: 'plain', reason: 'whole' },
  ];
  if (found.readBy === 'whole') return whole;
  try {
    return new SecretSearch(text, found, rules).search();
  } catch (error) {
    // A word of millions of units exhausts the stack of regular expressions: no configuration, and never left readable.
    if (error instanceof RangeError) return whole;
    throw error;
  }
}

class SecretSearch {
  readonly #text: string;
  readonly #found: FoundValues;
  readonly #userKeys: UserKeys;
  readonly #structures: Structures;
  readonly #candidates: Candidate[] = [];
  readonly #publicBlocks: RangeUnion;
  /** What its form alone gives away. */
  #formed = new RangeUnion([]);
  /** Values that the user calls safe: nothing inside them is cut. */
  readonly #safe: ScalarValue[] = [];

  constructor(text: string, found: FoundValues, rules: SecretRules) {
    this.#text = text;
    this.#found = found;
    this.#userKeys = new UserKeys(rules);
    this.#structures = findStructures(text, found.values);
    this.#publicBlocks = new RangeUnion(findPublicBlocks(text));
  }

  search(): SecretRange[] {
    const aliased = this.#secretAliases();
    const patterns = findPatterns(this.#text);
    this.#formed = new RangeUnion(patterns);
    for (const value of this.#found.values) {
      if (value.start === value.end) continue;
      const reason = this.#judge(value, aliased);
      if (reason === 'safe') this.#safe.push(value);
      else if (reason !== null) this.#candidates.push({ start: value.start, end: value.end, reason, value });
      else if (value.style === 'words') this.#findWordPairs(value);
    }
    const innermost = new InnermostValues(this.#found.values);
    for (const hit of patterns) {
      this.#candidates.push({ ...hit, value: innermost.at(hit.start) });
    }
    const lines = this.#found.readBy === 'lines';
    const hits = findInline(this.#text, lines, (separator) => {
      if (this.#formed.covers(lastUnit(separator + 1))) return null;
      const value = innermost.at(separator);
      const isFree = lines || /^(?:nginx|ini|dotenv)$/.test(this.#found.format);
      if (value === null) return isFree ? { start: 0, end: this.#text.length, isItem: false } : null;
      const isItem = typeof value.path.at(-1) === 'number' && value.style !== 'block' && value.style !== 'line';
      return { start: value.start, end: value.end, isItem };
    });
    for (const hit of hits) {
      if (this.#userKeys.judge([hit.name]) === 'safe') continue;
      this.#candidates.push({ start: hit.start, end: hit.end, reason: 'inline', value: innermost.at(hit.start) });
    }
    return this.#merge();
  }

  #judge(value: ScalarValue, aliased: RangeUnion): SecretReason | 'safe' | null {
    const said = this.#userKeys.judge(value.path);
    if (said === 'safe') return 'safe';
    if (said === 'sensitive') return 'user';
    const text = this.#text.slice(value.start, value.end);
    const reason = this.#reasonFor(value, text, aliased);
    if (reason === null || this.#publicBlocks.covers(value)) return null;
    return isPlaceholder(text, value.tag) && !this.#isLiteralDollar(text) ? null : reason;
  }

  /** Why a value would be secret, were it not published or a placeholder: few values need to be asked that. */
  #reasonFor(value: ScalarValue, text: string, aliased: RangeUnion): SecretReason | null {
    const name = lastName(value.path);
    const judgement = judgeName(fullName(value.path));
    if (value.style === 'comment') {
      return judgement === 'secret' && this.#holdsSecret(value, text) && !this.#isProse(value, text) ? 'name' : null;
    }
    const isProse = value.style === 'words' && isSentence(text);
    if (judgement === 'secret' && this.#holdsSecret(value, text) && !isProse) return 'name';
    if (judgement === 'likely' && isLikelySecret(name, text, value, this.#found.format)) return 'name';
    if (this.#structures.paired.has(value)) return 'pair';
    if (this.#structures.kubernetes.has(value)) return 'kubernetes';
    if (judgement !== 'harmless' && this.#isBelowSecret(value.path, text) && this.#holdsSecret(value, text)) {
      if (!saysNothingBelow(name, text)) return 'below';
    }
    if (aliased.covers(value)) return 'alias';
    if (isEncodedSecret(text)) return 'encoded';
    if (judgement !== 'harmless' && looksRandom(text) && !isPublic(value.path)) return 'entropy';
    return null;
  }

  /** A value under a secret's name is one unless it is a place or repeats the name of a declared secret. */
  #holdsSecret(value: ScalarValue, text: string): boolean {
    // `secrets: [db_password]`: names, which are declared somewhere else.
    const isListedName =
      lastName(value.path) === 'secrets' && typeof value.path.at(-1) === 'number' && isOrdinary(text);
    const isReference = isListedName || this.#structures.secretNames.has(text) || isKnownPath(text);
    if (isReference || /^!(?:Ref|GetAtt)/.test(value.tag ?? '')) return false;
    if (this.#structures.keyNames.has(value) || isOpenConnection(text)) return false;
    const name = lastName(value.path);
    // `tokenStartsWith: Bearer`
    if (/^(?:bearer|basic|token)$/i.test(text) && /auth|jwt|token/i.test(name)) return false;
    // `jwt.refresh=86400000`: milliseconds.
    if (/^[1-9]\d*0{5}$/.test(text) && !/pass|pwd|pin|code|secret$/i.test(name)) return false;
    if (namesKeyFile(name, text)) return false;
    // `nginx.ingress.kubernetes.io/auth-secret: basic-auth`: annotations name secrets.
    if (/^[\w.-]+\.[a-z]+\//.test(name) && isOrdinary(text)) return false;
    // What a shell runs in backticks.
    if (value.style === 'backtick' && /\s/.test(text) && /[|$'"]/.test(text)) return false;
    // `PASSPHRASE=$PASSPHRASE duplicity …`: a variable for a command.
    return !(value.style === 'plain' && /^\$\{?[A-Z_]+\}?[ \t]+\S/.test(text));
  }

  /** `$ecret` is a variable to a shell, and a password where nothing replaces lower-case names. */
  #isLiteralDollar(text: string): boolean {
    return /^\$[a-z]\w*$/.test(text) && /^(?:json|yaml|toml|ini)$/.test(this.#found.format);
  }

  /** Comments explain more often than they keep: `# Password settings`, `# token: the token of the API`. */
  #isProse(value: ScalarValue, text: string): boolean {
    const isAssigned = /[=:>][ \t]*["']?$/.test(this.#text.slice(Math.max(0, value.start - 20), value.start));
    return isAssigned ? /\s/.test(text) && isOrdinary(text) : !/\d/.test(text);
  }

  /** `user bob password hunter2`: in a directive line, a word may name the next one. */
  #findWordPairs(value: ScalarValue): void {
    const words = [...this.#text.slice(value.start, value.end).matchAll(/"[^"]*"|'[^']*'|\S+/g)];
    // In a block of YAML or JSON, sentences are more common than directives.
    const isDirective = this.#found.readBy === 'lines' || !/^(?:yaml|json|toml)$/.test(this.#found.format);
    const positions = passwordPositions(lastName(value.path));
    // OpenWrt: `option key 'passphrase'`; a digit is the number of the key.
    const isUciKey = lastName(value.path) === 'option' && /^key\d?$/.test(words[0]?.[0] ?? '');
    words.forEach((word, index) => {
      // `password 7 0822455D0A16`: network devices put the kind of the password first.
      const isType = (at: number) =>
        /^(?:\d|ENC|ascii-text|hashed|encrypted)$/.test(words[at]?.[0] ?? '') && at + 1 < words.length;
      if (isType(index) || /^(?:[:+?]?=>?|:|[{}()[\],;]+)$/.test(word[0])) return;
      const isTyped = isType(index - 1);
      const before = words[index - (isTyped ? 2 : 1)];
      const isNamed =
        before !== undefined &&
        (/^-{0,2}[\w.-]+:?$/.test(before[0]) || (/^["'][\w.-]+["']$/.test(before[0]) && /^["']/.test(word[0]))) &&
        judgeName(before[0].replace(/["']/g, '')) === 'secret' &&
        !this.#formed.covers(lastUnit(value.start + before.index + before[0].length));
      const isSecret =
        positions.includes(index) ||
        (isUciKey && index === 1 && !/^\d$/.test(unquoted(word[0]))) ||
        (isNamed && !followsName.test(word[0]) && (isDirective || !isOrdinary(word[0]))) ||
        looksRandom(word[0]);
      if (!isSecret) return;
      const quotes = /^["']/.test(word[0]) ? 1 : 0;
      const start = value.start + word.index + quotes;
      const end = value.start + word.index + word[0].length - quotes;
      const text = this.#text.slice(start, end);
      if (end > start && !isPlaceholder(text) && !isKnownPath(text)) {
        this.#candidates.push({ start, end, reason: 'inline', value });
      }
    });
  }

  #isBelowSecret(path: KeyPath, text: string | null = null): boolean {
    let isOwn = true;
    for (let depth = path.length - 1; depth >= 0; depth--) {
      const part = path[depth]!;
      if (typeof part === 'number') continue;
      if (!isOwn && (judgeName(part) === 'secret' || isTokens(part, text)) && !/[/ ]/.test(part)) return true;
      isOwn = false;
    }
    return false;
  }

  /** The anchored nodes that some alias repeats under a secret's name. */
  #secretAliases(): RangeUnion {
    const { aliases } = this.#found;
    const uses = aliases.filter((alias: AliasUse) => {
      const said = this.#userKeys.judge(alias.path);
      if (said !== null) return said === 'sensitive';
      return judgeName(lastName(alias.path)) === 'secret' || this.#isBelowSecret(alias.path);
    });
    let covered = new RangeUnion(uses);
    // What an anchored node repeats in its turn is as secret as the node.
    for (let round = 0, known = uses.length; ; round++) {
      const inner = aliases.filter(({ at }) => covered.covers(lastUnit(at + 1)));
      if (inner.length === known && round > 0) return covered;
      known = inner.length;
      covered = new RangeUnion(round < maxRounds ? [...uses, ...inner] : aliases);
      if (round >= maxRounds) return covered;
    }
  }

  #merge(): SecretRange[] {
    const safe = new RangeUnion(this.#safe);
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
    const hide = new PathCleaner(ranges.map((range) => this.#text.slice(range.start, range.end)));
    for (const range of ranges) {
      range.path = hide.clean(range.path);
      const id = JSON.stringify([range.document, range.path]);
      range.occurrence = counts.get(id) ?? 0;
      counts.set(id, range.occurrence + 1);
    }
    return ranges;
  }
}

function unquoted(word: string): string {
  return word.replace(/^(["'])(.*)\1$/, '$2');
}

/** `tokens` counts them in one file and keeps them in another. */
function isTokens(name: string, text: string | null): boolean {
  if (text === null || judgeName(name) !== 'likely' || !/tokens$/i.test(name)) return false;
  return /^[\w+/=.~-]{6,}$/.test(text) && !isOrdinary(text);
}

function lastUnit(end: number): { start: number; end: number } {
  return { start: end - 1, end };
}

/** Parents below which everything is published. */
const publicParent = /(?:^|[\W_])(?:public|verify|checksums?|digests?|fingerprints?|integrity|sha\d+)(?=$|[\W_\d])/i;

function isPublic(path: KeyPath): boolean {
  const names = path.filter((part) => typeof part === 'string');
  return publicRandom.test(names.at(-1) ?? '') || publicParent.test(names.at(-2) ?? '');
}

/** Aliases of aliases that go deeper than this all count as secret. */
const maxRounds = 20;

/** The last key of a path; a bare `key` has the last word of the key above it in front: `api: {key: …}`. */
function fullName(path: KeyPath): string {
  const name = lastName(path);
  if (!/^keys?$/i.test(name)) return name;
  const above = path.findLast((part, index) => typeof part === 'string' && index < path.lastIndexOf(name));
  const word = typeof above === 'string' ? (keyWords(above).at(-1) ?? '') : '';
  const full = `${word} ${name}`;
  return judgeName(full) === 'secret' ? full : name;
}

/** The last key of a path, list indexes aside. */
function lastName(path: KeyPath): string {
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const part = path[depth]!;
    if (typeof part === 'string') return part;
  }
  return '';
}

function isEncodedSecret(text: string): boolean {
  if (text.length < 20) return false;
  const decoded = decodeBase64(text);
  if (decoded === null || !/^[\t\n\r\x20-\x7e]+$/.test(decoded.slice(0, 1000))) return false;
  return (
    findPatterns(decoded).length > 0 ||
    findInline(decoded, true, () => ({ start: 0, end: decoded.length, isItem: false })).length > 0
  );
}
