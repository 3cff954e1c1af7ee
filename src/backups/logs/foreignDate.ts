/** Dates as `date` prints them in other languages than English: `lun 05 ene 2026 03:00:01 CET`, `Mo 5. Jan 03:00:01 CET 2026`. */

/** The parts of a date, and the index after its last character. */
export interface ForeignDate {
  year: string | undefined;
  /** 1 to 12. */
  month: number;
  day: string;
  hour: string;
  minute: string;
  second: string | undefined;
  half: string | undefined;
  zone: string | undefined;
  end: number;
}

/** Spanish, German, French, Italian, Portuguese and Dutch, and what they share with English. */
const months = new Map(
  [
    'jan ene janv gen',
    'feb fev fév févr',
    'mar mär märz mrz mars mrt',
    'apr abr avr avril',
    'may mai mag mei',
    'jun giu juin',
    'jul lug juil',
    'aug ago août',
    'sep set sept',
    'oct ott okt out',
    'nov',
    'dec dic dez déc',
  ].flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)),
);

const word = '[A-Za-zÀ-ÿ]';
const weekday = String.raw`(?:${word}{2,4}\.?,? {1,2})?`;
const time = String.raw`(\d{1,2}):(\d{2})(?::(\d{2}))?(?: ?([AP]M))?`;
const zone = String.raw`(?:,? (UTC|GMT|WEST?|E?CES?T|EES?T|BST|[A-Z]{2,3}T|[+-]\d{2}:?\d{2})(?![A-Za-z\d_]))?`;
const dayFirst = new RegExp(
  String.raw`${weekday}(\d{1,2})\.? {1,2}(${word}{3,5})\.?(?: (\d{4}),?)? {1,2}${time}${zone}(?: (\d{4})(?![\d/-]))?`,
  'y',
);
const monthFirst = new RegExp(
  String.raw`${weekday}(${word}{3,5})\.? {1,2}(\d{1,2}),? ${time}${zone}(?: (\d{4})(?![\d/-]))?`,
  'y',
);
const anywhere = new RegExp(
  String.raw`(?<!\d)\d{1,2}\.? {1,2}${word}{3,5}\.? {1,2}(?:\d{4},? )?\d{1,2}:\d{2}|(?<!${word})${word}{3,5} {1,2}\d{1,2} \d{2}:\d{2}:`,
);

/**
 * The date that begins exactly at an index; null when none does.
 *
 * @example foreignDateAt('lun 05 ene 2026 03:00:01 CET', 0)?.month //=> 1
 */
export function foreignDateAt(text: string, from: number): ForeignDate | null {
  if (!mayBegin(text, from)) return null;
  dayFirst.lastIndex = from;
  const found = dayFirst.exec(text);
  if (found) {
    const [, day, name, year, hour, minute, second, half, zoneName, lateYear] = found;
    const month = months.get(name!.toLowerCase());
    if (month === undefined) return null;
    return {
      ...{ year: year ?? lateYear, month, day: day!, hour: hour!, minute: minute!, second, half, zone: zoneName },
      end: dayFirst.lastIndex,
    };
  }
  monthFirst.lastIndex = from;
  const other = monthFirst.exec(text);
  if (!other) return null;
  const [, name, day, hour, minute, second, half, zoneName, year] = other;
  const month = months.get(name!.toLowerCase());
  if (month === undefined) return null;
  return {
    year,
    month,
    day: day!,
    hour: hour!,
    minute: minute!,
    second,
    half,
    zone: zoneName,
    end: monthFirst.lastIndex,
  };
}

/** Most lines begin with a longer word than a weekday or a month: this spares them the patterns. */
function mayBegin(text: string, from: number): boolean {
  const first = text.charCodeAt(from);
  if (first >= 48 && first <= 57) return true;
  for (let at = from + 2; at <= from + 5; at++) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 46 || code === 44) return true;
  }
  return false;
}

/**
 * Where such a date, without its weekday, may begin in a line; −1 when nowhere.
 *
 * @example placeOfForeignDate('Inicio: lun 05 ene 2026 03:00:01') //=> 12
 */
export function placeOfForeignDate(text: string): number {
  return anywhere.exec(text)?.index ?? -1;
}
