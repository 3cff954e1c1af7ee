import { skipBlanks } from '../formats/textLines.ts';
import { judgeName } from './judgeName.ts';
import { isLoginPair } from './likelySecret.ts';
import { decodesToPair } from './patterns.ts';
import { isOpenConnection } from './plainBelow.ts';
import { isKnownPath, isPlaceholder, namesKeyFile } from './ordinaryValue.ts';

/** A named secret inside a longer value. */
export interface InlineHit {
  start: number;
  end: number;
  /** The name before it, as written. */
  name: string;
}

/** Query parameters that make a URL a key. */
const signature = /^(?:sig|signature|x-amz-signature|x-goog-signature|hmac)$/i;
const maxNameLength = 80;
const maxPromptLength = 200;
/** A name and a password, in base64 or as they are. */
const base64Word = /[ \t]*\\?["']?(?:[A-Za-z0-9+/]{8,500}={0,2}(?![A-Za-z0-9+/=])|[\w.@-]{1,64}:[^\s/])/y;
// What must not be before it comes second: then only dashes are looked at.
const option = /-(?<!\S-)-?([A-Za-z][\w-]{2,60})[ \t]+(?![-|&;>=:])(?:"([^"\r\n]*)"|'([^'\r\n]*)'|([^\s"'`;|&]+))/g;
const awsSecrets = /(?<!\w)secretsmanager[ \t][^\r\n]*$/;
const defaulted = /\$\{([\w.-]{1,80})(?::?[-=+]|:)([^{}\r\n]+)\}/g;

/**
 * Finds assignments of secrets inside values: `password=…` in connection strings, queries and shell lines, quoted names
 * as in JSON inside a string, options (`--password …`), and the defaults of variables (`${DB_PASSWORD:-…}`).
 *
 * @param colons Whether a colon also ends a name that is in no quotes.
 * @param accepts Tells for the offset of a separator whether it may be read, and where the value around it ends.
 */
export function findInline(
  text: string,
  colons: boolean,
  accepts: (separator: number) => { start: number; end: number; isItem: boolean } | null,
): InlineHit[] {
  const hits: InlineHit[] = [];
  const add = (name: string, start: number, end: number): boolean => {
    const value = text.slice(start, end);
    // `password =   # the password of the user`
    const isComment = value === '#' || value === ';' || value === '//';
    // The kind of a credential, milliseconds, and a command whose own quotes end the value.
    const isNone = /^(?:bearer|basic|[1-9]\d*0{5})$|^["']?\$\((?!\s*(?:echo|printf)\b)[^)]*$/i.test(value);
    // `ENV["…"]`, `@passwords['…']`: an expression up to its quote.
    const isIndexed = /^[@$]?[A-Za-z_][\w.]*\[$/.test(value) && /["']/.test(text[end] ?? '');
    if (
      end <= start ||
      isComment ||
      isNone ||
      isIndexed ||
      isPlaceholder(value) ||
      isKnownPath(value) ||
      namesKeyFile(name, value) ||
      isOpenConnection(value)
    )
      return false;
    hits.push({ start, end, name });
    return true;
  };
  let [equals, colon] = [-1, -1];
  /** The next `=` or `:` from an offset on; the text's length without one. */
  const nextSeparator = (from: number): number => {
    if (equals < from) equals = offsetOf(text, '=', from);
    if (colon < from) colon = offsetOf(text, ':', from);
    return Math.min(equals, colon);
  };

  for (let at = nextSeparator(0); at < text.length; at = nextSeparator(at + 1)) {
    const isColon = text[at] === ':';
    if ((isColon && text[at + 1] === '=') || text[at - 1] === '=' || (isColon && text.startsWith('//', at + 1)))
      continue;
    const name = nameBefore(text, at, isColon, colons);
    if (name === null || (isColon && isPrompt(text, name, at))) continue;
    // SQL's `WITH PASSWORD = '…'`; and the password of a connection, whose name is a shell's folder elsewhere.
    const isConnection = /^pwd$/i.test(name.text) && /[?&;]/.test(text[name.start - 1] ?? '');
    const judgement = isConnection ? 'secret' : judgeName(name.text.replace(/^with /i, ''));
    const isQuery = /[?&]/.test(text[name.start - 1] ?? '') && /^(?:auth|key)$/i.test(name.text);
    // `"auth": "…"` of a registry: only base64 of a name and a password counts.
    const isPair = judgement === 'likely' && !isQuery;
    if (judgement !== 'secret' && judgement !== 'likely' && !signature.test(name.text)) continue;
    const around = accepts(at);
    if (around === null) continue;
    const from = /[=>~]/.test(text[at + 1] ?? '') ? at + 2 : at + 1;
    base64Word.lastIndex = from;
    if (isPair && !base64Word.test(text)) continue;
    const quote = isColon || name.isQuoted ? '' : (text[name.start - 1] ?? '');
    const value =
      (quote === '"' || quote === "'") && name.start - 1 >= around.start
        ? { start: from, end: quotedEnd(text, quote, from, around.end) }
        : valueAfter(text, from, around.end, around.isItem && name.start <= around.start + 1);
    if (isPair) {
      const pair = text.slice(value.start, value.end);
      if (!decodesToPair(pair) && !(/auth|info/i.test(name.text) && isLoginPair(pair))) continue;
    }
    // `?key=name` sorts more often than it opens.
    if (isQuery && /^key$/i.test(name.text) && !/^(?=\S*\d)\S{10,}$/.test(text.slice(value.start, value.end))) continue;
    // What is cut is not searched again, or time would grow with the square of its length.
    if (add(name.text, value.start, value.end)) at = Math.max(at, value.end - 1);
  }
  for (const match of text.matchAll(option)) {
    const value = match[2] ?? match[3] ?? match[4] ?? '';
    const start = match.index + match[0].length - value.length - (match[4] === undefined ? 1 : 0);
    // The name of a secret in AWS Secrets Manager; a secret elsewhere.
    const isAwsName = match[1] === 'secret-id' && awsSecrets.test(text.slice(Math.max(0, start - 200), start));
    if (
      !isAwsName &&
      judgeName(match[1]!) === 'secret' &&
      accepts(match.index + match[0].indexOf(match[1]!) + match[1]!.length - 1) !== null
    )
      add(match[1]!, start, start + value.length);
  }
  for (const match of text.includes('${') ? text.matchAll(defaulted) : []) {
    const end = match.index + match[0].length - 1;
    if (judgeName(match[1]!) === 'secret' && !match[2]!.startsWith('?')) add(match[1]!, end - match[2]!.length, end);
  }
  return hits;
}

/** Where a piece stands next, from an offset on; the text's length without one. */
function offsetOf(text: string, piece: string, from: number): number {
  const at = text.indexOf(piece, from);
  return at < 0 ? text.length : at;
}

interface Name {
  text: string;
  start: number;
  isQuoted: boolean;
}

/**
 * `read -p "Password: " pw`: the quote after the colon ends the text that began before the name. To a shell, what follows
 * a quote at once belongs to the same word: `-H "Token:"hunter2`.
 */
function isPrompt(text: string, { start, isQuoted }: Name, colon: number): boolean {
  const quote = text[start - 1];
  // `read -rsp "Enter the password: " pw`
  const line = text.slice(Math.max(0, colon - maxPromptLength), colon).replace(/^[^]*\n/, '');
  const asked = /(?<![\w-])read[ \t](?:[^"'\r\n]*[ \t])?-\w*p[ \t]*(["'])[^"'\r\n]*$/.exec(line);
  if (asked !== null && text[skipBlanks(text, colon + 1, text.length)] === asked[1]) return true;
  if (isQuoted || (quote !== '"' && quote !== "'")) return false;
  const end = skipBlanks(text, colon + 1, text.length);
  return text[end] === quote && /[\s)\]},;]/.test(text[end + 1] ?? '\n');
}

/** The name that ends right before a separator, blanks and one (escaped) quote aside. */
function nameBefore(text: string, separator: number, isColon: boolean, colons: boolean): Name | null {
  let end = separator;
  const floor = Math.max(0, separator - maxNameLength);
  // `!=`, `+=`, `:=` and `?=` are read as `=`.
  if (!isColon && /[!+:?~]/.test(text[end - 1] ?? '')) end--;
  while (end > floor && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
  const isQuoted = end > floor && (text[end - 1] === '"' || text[end - 1] === "'");
  if (isQuoted) {
    end--;
    if (text[end - 1] === '\\') end--;
  } else if (isColon && (!colons || end !== separator)) return null;
  let start = end;
  while (start > floor && isNameCode(text.charCodeAt(start - 1))) start--;
  // `Account Key=`, `Shared Access Key=`: words of a connection string.
  while (
    start > floor &&
    text[start - 1] === ' ' &&
    /[A-Za-z]/.test(text[start - 2] ?? '') &&
    !isQuoted &&
    end - start < 12
  ) {
    let before = start - 1;
    while (before > floor && isNameCode(text.charCodeAt(before - 1))) before--;
    if (before > 0 && !/[;"'\s]/.test(text[before - 1]!)) break;
    start = before;
    break;
  }
  return start === end ? null : { text: text.slice(start, end), start, isQuoted };
}

function isNameCode(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    code === 0x2d ||
    code === 0x2e ||
    code >= 0xc0
  );
}

/** A template expression, blanks included. */
const template = /\$\([^()\r\n]{0,200}\)|\$?\{\{[^{}\r\n]{0,200}\}\}|\$\{[^{}\r\n]{0,200}\}/y;

/** Where a quoted value ends: before `close`, or else with its line. */
function quotedEnd(text: string, close: string, from: number, limit: number): number {
  let end = from;
  while (end < limit && text[end] !== '\n' && text[end] !== '\r' && !text.startsWith(close, end)) {
    end += text[end] === '\\' ? 2 : 1;
  }
  return Math.min(end, limit);
}

/** Where the value after a separator stands; empty for what opens a collection. */
function valueAfter(text: string, from: number, limit: number, isItem: boolean): { start: number; end: number } {
  let start = from;
  while (start < limit && (text[start] === ' ' || text[start] === '\t')) start++;
  const escape = text[start] === '\\' && /["']/.test(text[start + 1] ?? '') ? '\\' : '';
  const quote = text[start + escape.length] ?? '';
  if ((quote === '"' || quote === "'") && start + escape.length < limit) {
    start += escape.length + 1;
    return { start, end: quotedEnd(text, escape + quote, start, limit) };
  }
  if (/[[{(]/.test(quote)) return { start, end: start };
  if (isItem) return { start, end: limit };
  let end = start;
  while (end < limit && !/[\s;&,"'`|<>)\]}]/.test(text[end]!)) {
    if (text[end] === '\\' && /[nrt"']/.test(text[end + 1] ?? '')) break;
    template.lastIndex = end;
    end += template.exec(text)?.[0].length ?? 1;
  }
  end = Math.min(end, limit);
  // In a list with semicolons, a value may hold blanks.
  if (text[end] === ' ') {
    const semicolon = /^[^;=\r\n]{1,100};/.exec(text.slice(end, Math.min(limit, end + 101)));
    if (semicolon !== null) end += semicolon[0].length - 1;
  }
  return { start, end };
}
