import type { KeyPath, ScalarStyle } from './scalarValue.ts';
import { closingQuote, forEachLine, lineEnd, skipBlanks, trimRange } from './textLines.ts';
import { maxDepth } from './valueList.ts';
import type { ValueList } from './valueList.ts';

/** Longer lines are no lines a person wrote: line rules would see only their first key. */
const maxLineLength = 20_000;
/** No key or keyword is looked for beyond this many units of a line. */
const maxKeyLength = 200;
const tabWidth = 8;

/** A key, one to four words long, before `=`, `:=`, `=>` or a colon that is followed by a space, a quote or nothing. */
const keyAndSeparator =
  /^(["']?)([\p{L}\p{N}_$@.\-/[\]]+(?:[ \t]+[\p{L}\p{N}_$.\-]+){0,3})\1[ \t]*(=>|:=|[?+]?=|:(?=[\s"']|$))/u;
/** `key:value` without a space, but no URL and no drive letter. */
const keyAndColon = /^(["']?)([\p{L}_][\p{L}\p{N}_.-]+)\1:(?!\/\/|[\\/])(?=\S)/u;
const quotedKey = /^(["'])([^"'\r\n]{1,180})\1[ \t]*(=>|[:=])/;
/** `config['name'] = …` and `define('NAME', …)`. */
const indexedKey = /^[\w$.>-]{1,60}(?:\[[^\]\r\n]{1,82}\]){0,4}\[["']([^"'\]]{1,80})["']\][ \t]*(?:=>|=)/;
const calledKey = /^\w{1,40}\([ \t]*["']([^"']{1,80})["'][ \t]*,[ \t]*/;
const firstWord = /^(-{0,2}[\p{L}_@$.][\p{L}\p{N}_.\-/@$]*):?[ \t]+/u;
const declaration = /^(?:(?:export|declare(?:[ \t]+-\w+)*|readonly|local|const|let|var|set|setenv)[ \t]+)+(?=\S)/;
const section = /^\[([^\]\r\n]{1,180})\][ \t]*(?:[#;]|$)/;
const blockHeader = /^[|>][-+\d]*$/;
const hereDocument = /^<<[-~]?[ \t]*["']?(\w+)["']?/;
const markup =
  /\/>|<\/?([A-Za-z][\w:.-]*)|(?<![\w:.-])([A-Za-z_:][\w:.-]*)[ \t]*=[ \t]*(?:"([^"]*)"|'([^']*)')|>([^<>]+)/g;

interface Frame {
  indent: number;
  path: KeyPath;
  isItem: boolean;
  /** An element of markup: a line in it may be its text. */
  isElement: boolean;
  /** A key that has its value on its own line: deeper settings do not stand below it. */
  hasValue: boolean;
  /** How many unnamed lines, list items and elements were seen below. */
  items: number;
}

/** The part of a text to read, and the key under which it stands. */
export interface LinePart {
  start: number;
  end: number;
  path: KeyPath;
  document: number;
}

/**
 * Finds values by line rules: `key = value`, `key: value`, `keyword rest of the line`, markup; indentation, sections,
 * list dashes and braces tell what stands below what. For a text without a grammar, or one that breaks its own.
 *
 * @param part A value that holds lines of its own (a file in a block scalar): then only named values are added, and
 * none goes beyond its line. Without it the whole text is read, and `into.giveUp()` is called where nothing is sure.
 */
export function findLineValues(text: string, into: ValueList, part?: LinePart): void {
  new LineWalk(text, into, part).walk();
}

class LineWalk {
  readonly #text: string;
  readonly #into: ValueList;
  readonly #part: LinePart;
  readonly #isEmbedded: boolean;
  #frames: Frame[];
  #document: number;
  /** Quotes that are known not to occur again. */
  readonly #spentQuotes = new Set<string>();
  /** Where the latest here-document ends: none is looked for inside another. */
  #hereEnd = 0;

  constructor(text: string, into: ValueList, part: LinePart | undefined) {
    this.#text = text;
    this.#into = into;
    this.#part = part ?? { start: 0, end: text.length, path: [], document: 0 };
    this.#isEmbedded = part !== undefined;
    this.#document = this.#part.document;
    this.#frames = [newFrame(-1, this.#part.path, false)];
  }

  walk(): void {
    forEachLine(this.#text, this.#part.start, this.#part.end, (start, end) => {
      if (this.#into.isUnsure) return this.#part.end;
      if (end - start > maxLineLength) {
        if (!this.#isEmbedded) this.#into.giveUp();
        return undefined;
      }
      this.#line(start, end);
      return undefined;
    });
  }

  #line(lineStart: number, lineEndAt: number): void {
    const line = trimRange(this.#text, lineStart, lineEndAt);
    if (line.start === line.end || isComment(this.#text, line.start, line.end)) return;
    let { start } = line;
    if (this.#text.slice(start, line.end) === '---') {
      this.#document++;
      this.#frames = [newFrame(-1, this.#part.path, false)];
      return;
    }
    const indent = this.#column(lineStart, line.start);

    const named = section.exec(this.#head(start, line.end));
    if (named !== null) {
      this.#frames = [newFrame(-1, [...this.#part.path, named[1]!], false)];
      return;
    }
    let column = indent;
    while (this.#text[start] === '-' && (start + 1 === line.end || /[ \t]/.test(this.#text[start + 1]!))) {
      this.#openItem(column);
      const next = skipBlanks(this.#text, start + 1, line.end);
      column += next - start;
      start = next;
    }
    if (start === line.end) return;
    if (start === line.start) this.#closeFrom(column);
    this.#content(start, line.end, column);
  }

  #content(start: number, end: number, column: number): void {
    if (/^[{}[\](),;]+$/.test(this.#head(start, end)) || isTemplateLine(this.#text, start, end)) return;
    if (this.#text[start] === '<' && /[A-Za-z/?!]/.test(this.#text[start + 1] ?? '')) {
      this.#markup(start, end, column);
      return;
    }
    const around = this.#frames.at(-1)!;
    if (around.isElement) this.#into.add(start, end, [...around.path, around.items++], 'line', this.#document);
    let from = start;
    const head = this.#head(from, end);
    from += declaration.exec(head)?.[0].length ?? 0;
    if (/["']/.test(head[0] ?? '') || head.startsWith('{') || head.startsWith('[')) {
      const opened = /^[{[][ \t]*/.exec(head)?.[0].length ?? 0;
      const inside = head.slice(opened);
      const quoted = quotedKey.exec(inside);
      if (quoted !== null) {
        this.#keyed(quoted[2]!, from + opened + quoted[0].length, end, column, 'plain');
        return;
      }
    }
    const rest = this.#head(from, end);
    const coded = indexedKey.exec(rest) ?? calledKey.exec(rest);
    if (coded !== null) {
      this.#keyed(coded[1]!, from + coded[0].length, end, column, 'plain');
      return;
    }
    const keyed = keyAndSeparator.exec(rest) ?? keyAndColon.exec(rest);
    // `secret c2VjcmV0==`: the padding of base64 separates nothing.
    const isPadding = keyed !== null && keyed[2]!.includes(' ') && /[^\s=]={1,2}["';,]{0,2}$/.test(rest);
    if (keyed !== null && !isPadding) {
      this.#keyed(keyed[2]!, from + keyed[0].length, end, column, 'plain');
      return;
    }
    const word = firstWord.exec(rest);
    if (word !== null) {
      this.#keyed(word[1]!, from + word[0].length, end, column, 'words');
      return;
    }
    const parent = this.#frames.at(-1)!;
    if (!this.#isEmbedded || parent.path.length > this.#part.path.length) {
      this.#into.add(start, end, [...parent.path, parent.items++], 'line', this.#document);
    }
  }

  /** Adds what stands after a key, and opens the key for deeper lines. */
  #keyed(key: string, from: number, end: number, column: number, style: 'plain' | 'words'): void {
    while (style === 'plain' && this.#frames.at(-1)!.hasValue) this.#frames.pop();
    const parent = this.#frames.at(-1)!;
    const value = trimRange(this.#text, from, end);
    const head = this.#head(value.start, value.end);
    const opens = /[{[(]$/.test(this.#text.slice(Math.max(value.start, value.end - 1), value.end));
    let path: KeyPath = [...parent.path, key];
    if (style === 'words' && opens) {
      // `variable "db_password" {`: the words before a brace name what stands in it.
      const words = this.#text.slice(value.start, Math.min(value.end - 1, value.start + maxKeyLength));
      path = [...path, ...words.split(/[\s"']+/).filter((word) => word !== '')];
    }
    this.#open(newFrame(column, path, false));
    if (value.start === value.end || blockHeader.test(head) || (opens && value.end - value.start === 1)) return;
    if (style === 'words' && opens) return;
    this.#frames.at(-1)!.hasValue = style === 'plain' && !opens;

    const here = hereDocument.exec(head);
    if (here !== null && !this.#isEmbedded && value.start >= this.#hereEnd)
      this.#hereDocument(here[1]!, value.end, path);
    else this.#value(value.start, value.end, path, style);
  }

  #value(start: number, end: number, path: KeyPath, style: ScalarStyle): void {
    const quote = this.#text[start]!;
    const quotedAs = quoteStyles[quote];
    if (quotedAs !== undefined) {
      const close = closingQuote(this.#text, quote, start + 1, end);
      if (close >= 0 && /^[,;)\]}\s]*(?:$|\s(?:#|;|\/\/))/.test(this.#text.slice(close + 1, end))) {
        this.#into.add(start + 1, close, path, quotedAs, this.#document);
        return;
      }
      if (close < 0 && !this.#isEmbedded && !this.#spentQuotes.has(quote)) {
        const far = closingQuote(this.#text, quote, end, this.#part.end);
        if (far < 0) this.#spentQuotes.add(quote);
        else this.#into.add(start + 1, far, path, quotedAs, this.#document);
      }
    }
    let last = end;
    while (last > start && (this.#text[last - 1] === ';' || this.#text[last - 1] === ',')) last--;
    if (last > start) this.#into.add(start, last, path, style, this.#document);
  }

  #hereDocument(marker: string, from: number, path: KeyPath): void {
    const body = lineEnd(this.#text, from, this.#part.end);
    let close = -1;
    forEachLine(this.#text, body, this.#part.end, (start, end) => {
      const line = trimRange(this.#text, start, end);
      if (this.#text.slice(line.start, line.end) !== marker) return undefined;
      close = start;
      return this.#part.end;
    });
    if (close < 0) {
      this.#into.giveUp();
      return;
    }
    this.#hereEnd = close;
    const inside = trimRange(this.#text, body, close);
    if (inside.start < inside.end) this.#into.add(inside.start, inside.end, path, 'block', this.#document);
  }

  #markup(start: number, end: number, column: number): void {
    const around = this.#frames.at(-1)!;
    /** The elements that are open here: where their text stands, and where what is in them does. */
    const open: { text: KeyPath; inside: KeyPath }[] = [];
    for (const match of this.#text.slice(start, end).matchAll(markup)) {
      const [whole, tag, attribute, double, single, content] = match;
      const at = start + match.index + whole.length;
      const element = open.at(-1);
      const inside = element?.inside ?? around.path;
      if (whole === '/>' || whole.startsWith('</')) open.pop();
      else if (tag !== undefined) {
        // Deeper than any markup that people write, paths only cost time.
        const isDeep = inside.length > maxDepth;
        const text = isDeep ? inside : [...inside, tag];
        open.push({ text, inside: isDeep ? inside : [...text, around.items++] });
      } else if (attribute !== undefined) {
        const value = double ?? single ?? '';
        const style = double === undefined ? 'single' : 'double';
        this.#into.add(at - 1 - value.length, at - 1, [...inside, attribute], style, this.#document);
      } else if (content !== undefined) {
        const value = trimRange(this.#text, at - content.length, at);
        if (value.start < value.end) {
          this.#into.add(value.start, value.end, element?.text ?? around.path, 'plain', this.#document);
        }
      }
    }
    const last = open.at(-1);
    if (last !== undefined && !/[?-]>$/.test(this.#text.slice(end - 2, end))) {
      this.#open({ ...newFrame(column, last.inside, false), isElement: true });
    }
  }

  #openItem(column: number): void {
    while (this.#frames.length > 1) {
      const top = this.#frames.at(-1)!;
      if (top.indent < column || (top.indent === column && !top.isItem)) break;
      this.#frames.pop();
    }
    const parent = this.#frames.at(-1)!;
    this.#open(newFrame(column, [...parent.path, parent.items++], true));
  }

  #open(frame: Frame): void {
    if (frame.path.length > maxDepth) this.#into.giveUp();
    else this.#frames.push(frame);
  }

  #closeFrom(column: number): void {
    while (this.#frames.length > 1 && this.#frames.at(-1)!.indent >= column) this.#frames.pop();
  }

  /** The column of an offset; the first line of a part begins before it. */
  #column(lineStart: number, to: number): number {
    let from = lineStart;
    if (from === this.#part.start) {
      while (from > 0 && lineStart - from < maxKeyLength && !/[\r\n]/.test(this.#text[from - 1]!)) from--;
    }
    let column = 0;
    for (let at = from; at < to; at++) column += this.#text[at] === '\t' ? tabWidth : 1;
    return column;
  }

  #head(start: number, end: number): string {
    return this.#text.slice(start, Math.min(end, start + maxKeyLength));
  }
}

const quoteStyles: Record<string, ScalarStyle> = { '"': 'double', "'": 'single', '`': 'backtick' };

function newFrame(indent: number, path: KeyPath, isItem: boolean): Frame {
  return { indent, path, isItem, isElement: false, hasValue: false, items: 0 };
}

/** True for a line that is a comment as a whole, in the manner of any configuration format. */
export function isComment(text: string, start: number, end: number): boolean {
  const char = text[start];
  if (char === '#' || char === ';') return true;
  return (
    start + 1 < end && (text.startsWith('//', start) || text.startsWith('-- ', start) || text.startsWith('<!--', start))
  );
}

/** True for a line that only steers a template: `{{- if … }}`, `{% endfor %}`. */
function isTemplateLine(text: string, start: number, end: number): boolean {
  const open = text.slice(start, start + 2);
  const close = text.slice(end - 2, end);
  return (open === '{{' && close === '}}') || (open === '{%' && close === '%}');
}
