/** Times as they are written in logs: ISO, `date`, syslog, mail, and numbers. */
import { foreignDateAt, placeOfForeignDate } from './foreignDate.ts';
import type { ZonedTime } from './zonedTime.ts';

/** A time found in a text, and the index after its last character. */
export interface Stamp {
  at: number;
  end: number;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

// Only abbreviations that mean one thing in practice; others are left to the configured zone.
const namedOffsets = new Map(
  Object.entries({
    ...{
      UTC: 0,
      GMT: 0,
      WET: 0,
      WEST: 60,
      BST: 60,
      CET: 60,
      CEST: 120,
      EET: 120,
      EEST: 180,
      MSK: 180,
      JST: 540,
      KST: 540,
    },
    ...{ EST: -300, EDT: -240, CDT: -300, MST: -420, MDT: -360, PST: -480, PDT: -420, AEST: 600, AEDT: 660 },
  }),
);

const weekday = String.raw`(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? {1,2})?`;
const month = '(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}';
const timeOfDay = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?: ?([AP]M))?`;
// A word that no zone is known by counts as one only before a year: "03:00:01 END" is a script's word.
const zoneOrOffset =
  `(?: (${[...namedOffsets.keys()].join('|')}|[A-Z]{2,3}T|[A-Z]{3,5}(?= \\d{4}(?![\\d/-]))|[+-]\\d{2}:?\\d{2})` +
  '(?![A-Za-z\\d_]))?';
// Mon Jan  5 03:00:01 CET 2026 · Jan  5 03:00:01
const monthFirst = new RegExp(
  `${weekday}${month}\\.? {1,2}(\\d{1,2}),? ${timeOfDay}${zoneOrOffset}(?: (\\d{4})(?![\\d/-]))?`,
  'y',
);
// Mon, 05 Jan 2026 03:00:01 +0100 · Mon 05 Jan 2026 03:00:01 AM CET · 5-Jan-2026 03:00 · 05/Jan/2026:03:00:01
const dayFirst = new RegExp(
  `${weekday}(\\d{1,2})\\.?[ /-]${month}\\.?[ /-](\\d{4})(?:,? |:)${timeOfDay}${zoneOrOffset}`,
  'y',
);
// 05.01.2026 03:00:01
const dotted = new RegExp(`(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4}),? ${timeOfDay}`, 'y');
// 01/05/2026 03:00:01 AM
const slashed = new RegExp(`(\\d{1,2})/(\\d{1,2})/(\\d{4}),? ${timeOfDay}`, 'y');
// 20260105-030001 · 2026-01-05_03-00-01
const packed = /(20\d{2})-?(\d{2})-?(\d{2})[T_-]?(\d{2})-?(\d{2})-?(\d{2})(Z?)(?![\d-])/y;
// Mon, 2026-01-05 03:00:01
const weekdayThenIso = /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? {1,2}(?=\d{4}-)/y;
const compact = /^(\d{4})(\d{2})(\d{2})[T_-]?(\d{2})(\d{2})(\d{2})(?:\.\d{1,9})?(Z?)$/;
const clock = /([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:[.,]\d{1,9})?(?=\]? )/y;
const namedZone = / ?([A-Z]{3,4})(?![A-Za-z])/y;

// Where a stamp may begin inside a line; one linear look through it.
const anyStamp =
  /\d{4}[-/]\d{2}[-/]\d{2}[T _]\d{2}:|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? {1,2}(?:\d{1,2} )?[A-Z\d]|\d{1,2}[./]\d{1,2}[./]\d{4},? \d|\d{1,2}\/[A-Z][a-z]{2}\/\d{4}:\d|(?<!\d)20\d{6}[T_-]?\d{6}(?!\d)/g;

const minEpoch = Date.UTC(1980, 0, 1);
const maxEpoch = Date.UTC(2200, 0, 1);

/**
 * Reads the times of one log. It remembers the last time it read, which tells the two 02:30 apart on the night when the
 * clocks go back, and takes the year of stamps that have none (syslog) from the time of the file.
 */
export class StampReader {
  readonly #zone: ZonedTime;
  readonly #fileTimeMs: number | null;
  #last = -Infinity;
  #end = 0;
  /** The day of the last time that was written out, and what it said of its zone; null before the first. */
  #day: { local: number; offsetMinutes: number | null } | null = null;
  /** Dates with slashes are the European ones. */
  #dayFirst = false;

  constructor(zone: ZonedTime, fileTimeMs: number | null) {
    this.#zone = zone;
    this.#fileTimeMs = fileTimeMs;
  }

  /** A reader that stands where this one stands and goes on alone. */
  fork(): StampReader {
    const copy = new StampReader(this.#zone, this.#fileTimeMs);
    copy.#last = this.#last;
    copy.#day = this.#day;
    copy.#dayFirst = this.#dayFirst;
    return copy;
  }

  /**
   * A field that holds nothing but a time: text in any known form (a date alone is its midnight), or a number of seconds,
   * milliseconds, microseconds or nanoseconds since 1970, told apart by their size. Null when it is no time between 1980
   * and 2200.
   */
  parse(value: unknown): number | null {
    if (typeof value === 'number') return this.#remember(epochOfNumber(value));
    if (typeof value !== 'string') return null;
    const iso = this.#iso(value, 0);
    if (iso !== null && this.#end === value.length) return iso;
    return this.#parseRare(value.trim());
  }

  /** The same for a local time that has passed before: on the night when the clocks go back it is the second of the two. */
  parseSecond(value: unknown): number | null {
    this.#last = -Infinity;
    const first = this.parse(value);
    if (first === null) return null;
    this.#last = first + 1;
    return this.parse(value);
  }

  /** The time that begins exactly at an index; null when none does. */
  at(text: string, from: number): Stamp | null {
    const code = text.charCodeAt(from);
    const at = isDigit(code) ? (this.#iso(text, from) ?? this.#written(text, from)) : this.#written(text, from);
    return at === null ? null : { at, end: this.#end };
  }

  /**
   * A time of day that begins exactly at an index (`02:17:03 Files: …`), as programs write it that told the day before;
   * null when none does, or no day was told.
   */
  clockAt(text: string, from: number): Stamp | null {
    if (!this.#day || !isDigit(text.charCodeAt(from)) || text.charCodeAt(from + 2) !== 58) return null;
    clock.lastIndex = from;
    const found = clock.exec(text);
    if (!found) return null;
    const [hour, minute, second] = found.slice(1, 4).map(Number) as [number, number, number];
    const { local, offsetMinutes } = this.#day;
    const before = new Date(local);
    const secondsOn = (hour * 60 + minute) * 60 + second - (local % 86_400_000) / 1000;
    const day = new Date(Date.UTC(before.getUTCFullYear(), before.getUTCMonth(), before.getUTCDate()));
    // Past midnight.
    if (secondsOn < -43_200) day.setUTCDate(day.getUTCDate() + 1);
    const end = clock.lastIndex;
    const [year, monthNumber, date] = [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()];
    const at = this.#epoch(year, monthNumber, date, hour, minute, second, 0, offsetMinutes);
    return at === null ? null : { at, end };
  }

  /** The first time anywhere in a line, and where it ends; null when there is none. */
  find(text: string): Stamp | null {
    anyStamp.lastIndex = 0;
    for (let tries = 0; tries < 4; tries++) {
      const found = anyStamp.exec(text);
      if (!found) break;
      const resumeAt = anyStamp.lastIndex;
      const stamp = this.at(text, found.index);
      if (stamp) return stamp;
      anyStamp.lastIndex = resumeAt;
    }
    const foreign = placeOfForeignDate(text);
    return foreign < 0 ? null : this.at(text, foreign);
  }

  #remember(at: number | null): number | null {
    if (at !== null) this.#last = at;
    return at;
  }

  #parseRare(text: string): number | null {
    if (text === '' || text.length > 64) return null;
    const stamp = this.at(text, 0);
    if (stamp && (stamp.end === text.length || /^ ?\(?[A-Za-z/_+-]{1,32}\)?$/.test(text.slice(stamp.end))))
      return stamp.at;
    const compactly = compact.exec(text);
    if (compactly) return this.#ofDigits(compactly);
    const dateOnly = /^(\d{4})[-/](\d{2})[-/](\d{2})$/.exec(text);
    if (dateOnly) return this.#epoch(Number(dateOnly[1]), Number(dateOnly[2]), Number(dateOnly[3]), 0, 0, 0, 0, null);
    return /^\d{9,19}(?:\.\d{1,9})?$/.test(text) ? this.#remember(epochOfNumber(Number(text))) : null;
  }

  /** 2026-01-05T03:00:01.123+01:00 and its relatives; leaves #end after it. */
  #iso(text: string, from: number): number | null {
    const separator = text.charCodeAt(from + 4);
    if ((separator !== 45 && separator !== 47) || text.charCodeAt(from + 7) !== separator) return null;
    const between = text.charCodeAt(from + 10);
    // T, t, a blank, an underscore; scripts also put a hyphen or a point there.
    if (between !== 84 && between !== 32 && between !== 95 && between !== 116 && between !== 45 && between !== 46)
      return null;
    if (text.charCodeAt(from + 13) !== 58) return null;
    const year = twoDigits(text, from) * 100 + twoDigits(text, from + 2);
    const month = twoDigits(text, from + 5);
    const day = twoDigits(text, from + 8);
    const hour = twoDigits(text, from + 11);
    const minute = twoDigits(text, from + 14);
    let second = 0;
    let milliseconds = 0;
    let end = from + 16;
    if (text.charCodeAt(end) === 58) {
      second = twoDigits(text, end + 1);
      end += 3;
      const mark = text.charCodeAt(end);
      if ((mark === 46 || mark === 44) && isDigit(text.charCodeAt(end + 1))) {
        end++;
        for (let scale = 100; isDigit(text.charCodeAt(end)); end++, scale /= 10) {
          milliseconds += scale >= 1 ? (text.charCodeAt(end) - 48) * scale : 0;
        }
      }
    }
    if (Number.isNaN(year + month + day + hour + minute + second)) return null;
    this.#end = end;
    const offsetMinutes = this.#offset(text, end);
    return this.#epoch(year, month, day, hour, minute, second, milliseconds, offsetMinutes);
  }

  /** Minutes ahead of UTC written at an index, null when no zone is; moves #end over it. */
  #offset(text: string, from: number): number | null {
    let at = from;
    let code = text.charCodeAt(at);
    if (code === 90 || code === 122) {
      this.#end = at + 1;
      return 0;
    }
    const spaced = code === 32;
    if (spaced) code = text.charCodeAt(++at);
    if (code === 43 || code === 45) {
      const hours = twoDigits(text, at + 1);
      const colon = text.charCodeAt(at + 3) === 58 ? 1 : 0;
      const minutes = twoDigits(text, at + 3 + colon);
      // `02:00:00 -08 - [` is a zone; `02:00:00 -08 files` is not.
      const bare = Number.isNaN(minutes) && (colon === 1 || (spaced && !text.startsWith(' - [', at + 3)));
      if (Number.isNaN(hours) || hours > 18 || bare) return null;
      this.#end = Number.isNaN(minutes) ? at + 3 : at + 5 + colon;
      return (code === 45 ? -1 : 1) * (hours * 60 + (Number.isNaN(minutes) ? 0 : minutes));
    }
    if (code < 65 || code > 90) return null;
    namedZone.lastIndex = from;
    const name = namedZone.exec(text)?.[1];
    const offset = name === undefined ? undefined : namedOffsets.get(name);
    if (offset === undefined) return null;
    this.#end = namedZone.lastIndex;
    return offset;
  }

  #written(text: string, from: number): number | null {
    weekdayThenIso.lastIndex = from;
    if (weekdayThenIso.test(text)) return this.#iso(text, weekdayThenIso.lastIndex);
    monthFirst.lastIndex = from;
    const american = monthFirst.exec(text);
    if (american) {
      this.#end = monthFirst.lastIndex;
      const [, name, day, hour, minute, second, half, zone, year] = american;
      return this.#fromWords(year, months.indexOf(name!.toLowerCase()) + 1, day!, hour!, minute!, second, half, zone);
    }
    dayFirst.lastIndex = from;
    const european = dayFirst.exec(text);
    if (european) {
      this.#end = dayFirst.lastIndex;
      const [, day, name, year, hour, minute, second, half, zone] = european;
      return this.#fromWords(year, months.indexOf(name!.toLowerCase()) + 1, day!, hour!, minute!, second, half, zone);
    }
    return this.#inDigits(text, from) ?? this.#foreign(text, from);
  }

  /** Dates in words of other languages. */
  #foreign(text: string, from: number): number | null {
    const date = foreignDateAt(text, from);
    if (!date) return null;
    this.#end = date.end;
    return this.#fromWords(date.year, date.month, date.day, date.hour, date.minute, date.second, date.half, date.zone);
  }

  /** 05.01.2026 03:00:01, 01/05/2026 03:00:01 AM, 20260105-030001. */
  #inDigits(text: string, from: number): number | null {
    dotted.lastIndex = from;
    const german = dotted.exec(text);
    if (german) {
      this.#end = dotted.lastIndex;
      const [, day, monthNumber, year, hour, minute, second] = german.map(Number);
      return this.#epoch(year!, monthNumber!, day!, hour!, minute!, Number.isNaN(second) ? 0 : second!, 0, null);
    }
    slashed.lastIndex = from;
    const american = slashed.exec(text);
    if (american) {
      this.#end = slashed.lastIndex;
      const [first, second, year, hour, minute] = american.slice(1, 6).map(Number) as [
        number,
        number,
        number,
        number,
        number,
      ];
      const hour24 = american[7] === undefined ? hour : (hour % 12) + (american[7] === 'PM' ? 12 : 0);
      // The month stands first, unless a day stood there once.
      if (first > 12) this.#dayFirst = true;
      const [monthNumber, day] = this.#dayFirst ? [second, first] : [first, second];
      return this.#epoch(year, monthNumber, day, hour24, minute, Number(american[6] ?? 0), 0, null);
    }
    packed.lastIndex = from;
    const digits = packed.exec(text);
    if (!digits) return null;
    this.#end = packed.lastIndex;
    return this.#ofDigits(digits);
  }

  /** Year to second as six groups, and a `Z` or nothing. */
  #ofDigits(groups: RegExpExecArray): number | null {
    const [year, monthNumber, day, hour, minute, second] = groups.slice(1, 7).map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    return this.#epoch(year, monthNumber, day, hour, minute, second, 0, groups[7] === 'Z' ? 0 : null);
  }

  #fromWords(
    year: string | undefined,
    monthNumber: number,
    day: string,
    hour: string,
    minute: string,
    second: string | undefined,
    half: string | undefined,
    zone: string | undefined,
  ): number | null {
    const hour24 = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'PM' ? 12 : 0);
    const offset = zone === undefined ? null : (namedOffsets.get(zone) ?? offsetOfText(zone));
    const epochIn = (y: number): number | null =>
      this.#epoch(y, monthNumber, Number(day), hour24, Number(minute), Number(second ?? 0), 0, offset);
    if (year !== undefined) return epochIn(Number(year));
    if (this.#fileTimeMs === null) return null;
    // Without a year: the latest one that does not put the line after the file's own time.
    const fileYear = new Date(this.#fileTimeMs).getUTCFullYear();
    const remembered = this.#last;
    const inFileYear = epochIn(fileYear);
    if (inFileYear !== null && inFileYear <= this.#fileTimeMs + 86_400_000) return inFileYear;
    this.#last = remembered;
    return epochIn(fileYear - 1);
  }

  #epoch(
    year: number,
    month: number,
    day: number,
    hour: number,
    minute: number,
    second: number,
    milliseconds: number,
    offsetMinutes: number | null,
  ): number | null {
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 60) return null;
    const local = Date.UTC(year, month - 1, day, hour, minute, second, milliseconds);
    const at = offsetMinutes === null ? this.#zone.epochOf(local, this.#last) : local - offsetMinutes * 60_000;
    if (!(at >= minEpoch && at < maxEpoch)) return null;
    this.#last = at;
    this.#day = { local, offsetMinutes };
    return at;
  }
}

/**
 * Seconds, milliseconds, microseconds or nanoseconds since 1970 as milliseconds; null when it would be no time between
 * 1980 and 2200.
 *
 * @example epochOfNumber(1_767_578_401) //=> 1767578401000
 */
export function epochOfNumber(value: number): number | null {
  const scale = value < 1e11 ? 1000 : value < 1e14 ? 1 : value < 1e17 ? 1e-3 : 1e-6;
  const at = Math.round(value * scale);
  return at >= minEpoch && at < maxEpoch ? at : null;
}

function offsetOfText(text: string): number | null {
  const found = /^([+-])(\d{2}):?(\d{2})$/.exec(text);
  if (!found) return null;
  return (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3]));
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The number that two digits make; NaN when they are no digits. */
function twoDigits(text: string, from: number): number {
  const tens = text.charCodeAt(from) - 48;
  const ones = text.charCodeAt(from + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}
