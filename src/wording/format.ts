/** Turns a message into text: fills a template's placeholders, each by its unit. */
import { english } from './english.ts';
import { localTime, type LocalTime } from './localTime.ts';
import type { Message, MessageCode, MessageValue } from './message.ts';

/** The words of one language; missing templates fall back to English. */
export interface Wording {
  /** BCP 47 tag, for numbers and dates. */
  language: string;
  /** IANA zone in which times are shown. */
  zone: string;
  templates: Partial<Record<MessageCode, string>>;
}

/**
 * The text of a message. A value that is missing shows as its placeholder, so that a mistake is seen and nothing throws.
 *
 * @example
 * formatMessage(message('decision.wait', { probability: 0.62, limit: 0.5 }), { language: 'en', zone: 'UTC', templates: {} })
 * //=> 'The risk of 62 % is above the limit of 50 %.'
 */
export function formatMessage(message: Message, wording: Wording): string {
  const template = wording.templates[message.code] ?? english[message.code];
  return template.replace(/\{(\w+)(?::(\w+))?\}/g, (placeholder, name: string, unit: string | undefined) => {
    const value = Object.hasOwn(message.values, name) ? message.values[name] : undefined;
    return value === undefined ? placeholder : formatValue(value, unit, wording);
  });
}

/** A value in a unit of english.ts. Text passes through; a number without a unit is shown plainly. */
export function formatValue(value: MessageValue, unit: string | undefined, wording: Wording): string {
  if (typeof value === 'string') return value;
  switch (unit) {
    case 'bytes':
      return formatBytes(value, wording.language);
    case 'duration':
      return formatDuration(value, wording.language);
    case 'percent':
      return formatPercent(value, wording.language);
    case 'points':
      return formatPoints(value, wording.language);
    case 'time':
      return formatTime(value, wording);
    case 'date':
      return formatDate(value, wording);
    case 'weekday':
      return formatWeekday(value, wording.language);
    default:
      return formatNumber(value, wording.language);
  }
}

/** @example formatNumber(1234.5, 'en') //=> '1,234.5' */
export function formatNumber(value: number, language: string): string {
  return numberFormat(language, Math.abs(value) < 10 ? 2 : 1).format(value);
}

/**
 * A probability; between 0 and 1 it never reads as certain.
 *
 * @example formatPercent(0.9999, 'en') //=> '> 99 %'
 */
export function formatPercent(probability: number, language: string): string {
  const whole = Math.round(probability * 100);
  const text = (n: number): string => `${numberFormat(language, 0).format(n)} %`;
  if (whole >= 100 && probability < 1) return `> ${text(99)}`;
  if (whole <= 0 && probability > 0) return `< ${text(1)}`;
  return text(whole);
}

/** A signed change in percentage points. @example formatPoints(-0.073, 'en') //=> '−7 pp' */
export function formatPoints(change: number, language: string): string {
  const points = Math.round(change * 100);
  const sign = points > 0 ? '+' : points < 0 ? '−' : '±';
  return `${sign}${numberFormat(language, 0).format(Math.abs(points))} pp`;
}

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/** @example formatBytes(1536, 'en') //=> '1.5 KiB' */
export function formatBytes(bytes: number, language: string): string {
  if (!Number.isFinite(bytes)) return '–';
  let size = Math.abs(bytes);
  let unit = 0;
  while (size >= 1023.95 && unit < byteUnits.length - 1) {
    size /= 1024;
    unit++;
  }
  const digits = unit === 0 || size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  const number = numberFormat(language, digits).format(bytes < 0 ? -size : size);
  return `${number} ${byteUnits[unit]!}`;
}

/** At most two units, rounded to the smaller. @example formatDuration(3_720_000, 'en') //=> '1 h 2 min' */
export function formatDuration(durationMs: number, language: string): string {
  if (!Number.isFinite(durationMs)) return '–';
  const sign = durationMs < 0 ? '−' : '';
  const seconds = Math.abs(durationMs) / 1000;
  const number = (n: number, digits = 0): string => numberFormat(language, digits).format(n);
  if (seconds < 9.95) return `${sign}${number(seconds, 1)} s`;
  if (seconds < 59.5) return `${sign}${number(seconds)} s`;
  const pair = (big: number, bigUnit: string, small: number, smallUnit: string): string =>
    small === 0 ? `${sign}${number(big)} ${bigUnit}` : `${sign}${number(big)} ${bigUnit} ${number(small)} ${smallUnit}`;
  const wholeSeconds = Math.round(seconds);
  if (wholeSeconds < 3600) return pair(Math.floor(wholeSeconds / 60), 'min', wholeSeconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  const hours = Math.round(seconds / 3600);
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

/** A moment, to the minute. @example formatTime(0, { language: 'en', zone: 'UTC', templates: {} }) //=> '1970-01-01 00:00' */
export function formatTime(at: number, wording: Wording): string {
  const parts = calendarParts(at, wording.zone);
  return parts === null ? '–' : `${parts.year}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}`;
}

/** A day. @example formatDate(0, { language: 'en', zone: 'UTC', templates: {} }) //=> '1970-01-01' */
export function formatDate(at: number, wording: Wording): string {
  const parts = calendarParts(at, wording.zone);
  return parts === null ? '–' : `${parts.year}-${parts.month}-${parts.day}`;
}

/** A day of the week, 0 (Monday) to 6 (Sunday). @example formatWeekday(6, 'en') //=> 'Sunday' */
export function formatWeekday(weekday: number, language: string): string {
  const monday = Date.UTC(2024, 0, 1);
  return weekdayFormat(language).format(monday + weekday * 86_400_000);
}

// ISO order in every language: people who read logs compare these with log lines.
function calendarParts(at: number, zone: string): LocalTime | null {
  return !Number.isFinite(at) || Math.abs(at) > 8.64e15 ? null : localTime(at, zone);
}

// To make one takes a hundred times as long as to use it, and a page has some thousand figures.
const numberFormats = new Map<string, Intl.NumberFormat>();
const weekdayFormats = new Map<string, Intl.DateTimeFormat>();

function numberFormat(language: string, digits: number): Intl.NumberFormat {
  const make = (): Intl.NumberFormat => new Intl.NumberFormat(language, { maximumFractionDigits: digits });
  return kept(numberFormats, `${language} ${digits}`, make);
}

function weekdayFormat(language: string): Intl.DateTimeFormat {
  return kept(weekdayFormats, language, () => new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }));
}

function kept<T>(all: Map<string, T>, key: string, make: () => T): T {
  const found = all.get(key) ?? make();
  all.set(key, found);
  return found;
}
