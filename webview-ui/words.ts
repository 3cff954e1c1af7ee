/** The page's voice: every text it shows comes through here, so that the wording decides the language. */
import { formatBytes, formatDuration, formatMessage, formatPercent, type Wording } from '../src/wording/format.ts';
import { formatDate, formatNumber, formatTime } from '../src/wording/format.ts';
import { message, type Message, type MessageCode, type MessageValue } from '../src/wording/message.ts';

export interface Words {
  language: string;
  zone: string;
  say: (code: MessageCode, values?: Record<string, MessageValue>) => string;
  tell: (message: Message) => string;
  /** Null, here and below, is a value nobody knows and reads as a dash. */
  bytes: (value: number | null) => string;
  duration: (value: number | null) => string;
  percent: (value: number | null) => string;
  number: (value: number | null) => string;
  time: (value: number | null) => string;
  date: (value: number | null) => string;
}

/** @example wordsFor({ language: 'en', zone: 'UTC', templates: {} }).bytes(null) //=> '–' */
export function wordsFor(wording: Wording): Words {
  const { language, zone } = wording;
  const tell = (told: Message): string => keepUnits(formatMessage(told, wording));
  const known =
    (format: (value: number) => string) =>
    (value: number | null): string =>
      value === null ? tell(message('report.unknown')) : keepUnits(format(value));
  return {
    language,
    zone,
    tell,
    say: (code, values) => tell(message(code, values)),
    bytes: known((value) => formatBytes(value, language)),
    duration: known((value) => formatDuration(value, language)),
    percent: known((value) => formatPercent(value, language)),
    number: known((value) => formatNumber(value, language)),
    time: known((value) => formatTime(value, wording)),
    date: known((value) => formatDate(value, wording)),
  };
}

/** Ties a figure to its unit, so that no line begins with a percent sign, and to the sign before it. */
function keepUnits(text: string): string {
  return text
    .replace(/(?<=(?:^|\s)[<>]) (?=\d)/g, '\u00a0')
    .replace(/(?<=\d) (?=(?:%|pp|[KMGTPE]iB|B|s|min|h|d)(?![\p{L}\d]))/gu, '\u00a0');
}

const hourMs = 3_600_000;

/**
 * A duration as people say it aloud: whole days from two days on, whole hours from two hours on.
 *
 * @example roundToSpoken(51 * 3_600_000) //=> 48 * 3_600_000 + 0, which reads '2 d'
 */
export function roundToSpoken(durationMs: number): number {
  const unit = [24 * hourMs, hourMs, 60_000].find((size) => Math.abs(durationMs) >= 2 * size);
  return unit === undefined ? durationMs : Math.round(durationMs / unit) * unit;
}
