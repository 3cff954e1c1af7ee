import { EVENT_ID, SCALAR_STYLE, getScalarValue, parseEvents } from 'js-yaml';
import type { Event, MappingEvent, ScalarEvent, SequenceEvent } from 'js-yaml';
import type { KeyPath, ScalarStyle } from './scalarValue.ts';
import { trimRange } from './textLines.ts';
import { maxDepth } from './valueList.ts';
import type { ValueList } from './valueList.ts';

const styles: Record<number, ScalarStyle> = {
  [SCALAR_STYLE.PLAIN]: 'plain',
  [SCALAR_STYLE.SINGLE_QUOTED]: 'single',
  [SCALAR_STYLE.DOUBLE_QUOTED]: 'double',
  [SCALAR_STYLE.LITERAL_BLOCK]: 'block',
  [SCALAR_STYLE.FOLDED_BLOCK]: 'block',
};

/** Stands in a path for a key that is itself a mapping or a list. */
const complexKey = '?';

interface Frame {
  kind: 'document' | 'sequence' | 'mapping';
  path: KeyPath;
  /** The next index of a sequence. */
  index: number;
  /** The key whose value comes next; null when the next node is a key. */
  key: string | null;
  /** The anchor of this node and where its first value starts. */
  anchor: string | null;
  firstStart: number;
}

interface Place {
  path: KeyPath;
  isKey: boolean;
}

/** Of a key that is a scalar: no value is below it but its own. */
const scalarKey: Place = { path: [], isKey: true };

/**
 * Finds every scalar value of a YAML text, keys excluded, by the events of js-yaml. Aliases are never followed, so that
 * they cost what they are long.
 *
 * @returns False when the text is not YAML, is nested too deep, or is a template whose braces YAML would misread; `into`
 * may then hold some values.
 */
export function findYamlValues(text: string, into: ValueList): boolean {
  let events: Event[];
  try {
    events = parseEvents(text, { maxDepth });
  } catch {
    return false;
  }
  return new YamlWalk(text, into).walk(events);
}

class YamlWalk {
  readonly #text: string;
  readonly #into: ValueList;
  readonly #frames: Frame[] = [];
  #document = -1;
  #anchors = new Map<string, { start: number; end: number }>();
  /** Where the latest value ends: there an anchored collection ends, too. */
  #lastEnd = 0;

  constructor(text: string, into: ValueList) {
    this.#text = text;
    this.#into = into;
  }

  walk(events: readonly Event[]): boolean {
    for (const event of events) {
      switch (event.type) {
        case EVENT_ID.DOCUMENT:
          this.#document++;
          this.#anchors = new Map();
          this.#frames.push(newFrame('document', [], null, 0));
          break;
        case EVENT_ID.MAPPING:
        case EVENT_ID.SEQUENCE:
          if (this.#isTemplate(event)) return false;
          this.#open(event);
          break;
        case EVENT_ID.SCALAR:
          this.#scalar(event);
          break;
        case EVENT_ID.ALIAS:
          this.#alias(event.anchorStart, event.anchorEnd);
          break;
        case EVENT_ID.POP:
          this.#close();
          break;
      }
    }
    return true;
  }

  /** `{{ name }}` is a legal flow mapping with a mapping as its key, and never meant as one. */
  #isTemplate(event: MappingEvent | SequenceEvent): boolean {
    return this.#text.startsWith('{{', event.start) || this.#text.startsWith('{%', event.start);
  }

  #open(event: MappingEvent | SequenceEvent): void {
    const { path } = this.#take(complexKey);
    const kind = event.type === EVENT_ID.MAPPING ? 'mapping' : 'sequence';
    this.#frames.push(newFrame(kind, path, this.#anchorOf(event), event.start));
  }

  #close(): void {
    const frame = this.#frames.pop();
    if (frame?.anchor) this.#anchors.set(frame.anchor, { start: frame.firstStart, end: this.#lastEnd });
  }

  #scalar(event: ScalarEvent): void {
    const place = this.#takeScalar(event);
    if (event.valueStart < 0) return;
    let { valueStart: start, valueEnd: end } = event;
    const style = styles[event.style] ?? 'plain';
    if (style === 'block') {
      ({ start, end } = trimRange(this.#text, start, end));
    }
    this.#lastEnd = Math.max(this.#lastEnd, end);
    const anchor = this.#anchorOf(event);
    if (anchor !== null) this.#anchors.set(anchor, { start, end });
    if (place.isKey) return;
    const tag = event.tagStart < 0 ? undefined : this.#text.slice(event.tagStart, event.tagEnd);
    this.#into.add(start, end, place.path, style, this.#document, tag);
  }

  #alias(start: number, end: number): void {
    const name = this.#text.slice(start, end);
    this.#lastEnd = Math.max(this.#lastEnd, end);
    const place = this.#take(`*${name}`);
    const target = this.#anchors.get(name);
    if (target !== undefined && !place.isKey) {
      this.#into.addAlias(start, target.start, target.end, place.path, this.#document);
    }
  }

  #takeScalar(event: ScalarEvent): Place {
    const frame = this.#frames.at(-1);
    if (frame?.kind !== 'mapping' || frame.key !== null) return this.#take('');
    frame.key = event.valueStart < 0 ? '' : getScalarValue(this.#text, event);
    return scalarKey;
  }

  /** The path of the node that comes next; a key is remembered for its value. */
  #take(keyName: string): Place {
    const frame = this.#frames.at(-1);
    if (frame === undefined || frame.kind === 'document') return { path: [], isKey: false };
    if (frame.kind === 'sequence') return { path: [...frame.path, frame.index++], isKey: false };
    if (frame.key === null) {
      frame.key = keyName;
      return { path: [...frame.path, complexKey], isKey: true };
    }
    const path = [...frame.path, frame.key];
    frame.key = null;
    return { path, isKey: false };
  }

  #anchorOf(event: { anchorStart: number; anchorEnd: number }): string | null {
    return event.anchorStart < 0 ? null : this.#text.slice(event.anchorStart, event.anchorEnd);
  }
}

function newFrame(kind: Frame['kind'], path: KeyPath, anchor: string | null, firstStart: number): Frame {
  return { kind, path, index: 0, key: null, anchor, firstStart };
}
