/** Where an axis has its marks: round numbers of the unit that people read, not round numbers of bytes or milliseconds. */
import { instantOf, localTime } from '../zone.ts';

export interface Tick {
  value: number;
  label: string;
}

export type AxisUnit = 'bytes' | 'duration' | 'number';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const decades = (unit: number, count: number): number[] =>
  Array.from({ length: count }, (_, power) => [1, 2, 5].map((digit) => digit * 10 ** power * unit)).flat();

const durationSteps = [
  ...decades(1, 3),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...decades(day, 5),
];
const numberSteps = decades(1e-3, 18);

/** Steps whose marks all read round: 1,100 GiB would read 1.07 TiB, and a fifth of a TiB 205 GiB. */
function byteSteps(low: number, high: number): number[] {
  // From 1,000 of a unit on, the axis may end in the next one.
  const power = Math.min(6, Math.max(0, Math.floor(Math.log2((Math.max(high, 1) * 1024) / 1000) / 10)));
  const unit = 1024 ** power;
  // All in one unit: as fine as its figures are shown, which is to three digits.
  if (low >= unit) return decades(high < 10 * unit ? unit / 100 : high < 100 * unit ? unit / 10 : unit, 5);
  const smaller = Array.from({ length: power }, (_, i) => 1024 ** i).flatMap((size) => [256 * size, 512 * size]);
  return [...smaller, ...decades(unit, 3)];
}

/**
 * Round values that cover `low` to `high` with at most `most` steps: the first is at or below `low`, the last at or
 * above `high`. Equal or unordered bounds give one step around them.
 *
 * @example roundTicks(0, 2.5 * 1024 ** 3, 4, 'bytes').map((v) => v / 1024 ** 3) //=> [0, 1, 2, 3]
 */
export function roundTicks(low: number, high: number, most: number, unit: AxisUnit): number[] {
  const steps = { bytes: () => byteSteps(low, high), duration: () => durationSteps, number: () => numberSteps }[unit]();
  const fits = (size: number): boolean => Math.ceil(high / size) - Math.floor(low / size) <= most;
  const size = steps.find(fits) ?? Math.max((high - low) / most, steps.at(-1)!);
  const from = Math.floor(low / size);
  const to = Math.max(Math.ceil(high / size), from + 1);
  return Array.from({ length: to - from + 1 }, (_, i) => (from + i) * size);
}

/**
 * Midnights, Mondays, firsts of a month or full hours of a zone between two instants, at most `most` of them.
 *
 * @example timeTicks(Date.UTC(2026, 0, 1), Date.UTC(2026, 2, 1), 4, 'UTC', 'en').map((t) => t.label) //=> ['Jan 2026', 'Feb', 'Mar']
 */
export function timeTicks(from: number, to: number, most: number, zone: string, language: string): Tick[] {
  if (!(to > from) || most < 1) return [];
  const { every, of } = timeStep((to - from) / most);
  const ticks: Tick[] = [];
  const start = localTime(from, zone);
  // One step early, because the zone's midnight may fall on either side of the first instant.
  for (let i = -1; ticks.length <= most * 2; i++) {
    const date = { ...start, hour: 0 };
    if (of === 'hour') date.hour = Math.floor(start.hour / every) * every + i * every;
    else if (of === 'day') date.day = alignedDay(start, every) + i * every;
    else if (of === 'month') Object.assign(date, { day: 1, month: floorTo(start.month - 1, every) + 1 + i * every });
    else Object.assign(date, { day: 1, month: 1, year: floorTo(start.year, every) + i * every });
    const value = instantOf(date, zone);
    if (value > to) break;
    if (value >= from) ticks.push({ value, label: tickLabel(value, of, zone, language) });
  }
  return ticks;
}

type CalendarUnit = 'hour' | 'day' | 'month' | 'year';

const timeSteps: { every: number; of: CalendarUnit; longestMs: number }[] = [
  ...[1, 2, 3, 6, 12].map((every) => ({ every, of: 'hour' as const, longestMs: every * hour })),
  ...[1, 2, 7, 14].map((every) => ({ every, of: 'day' as const, longestMs: every * day })),
  ...[1, 2, 3, 6].map((every) => ({ every, of: 'month' as const, longestMs: every * 30.4 * day })),
];

function timeStep(atLeastMs: number): { every: number; of: CalendarUnit } {
  const step = timeSteps.find(({ longestMs }) => longestMs >= atLeastMs);
  if (step) return step;
  const years = atLeastMs / (365 * day);
  return { every: decades(1, 6).find((count) => count >= years) ?? Math.ceil(years), of: 'year' };
}

const floorTo = (value: number, step: number): number => Math.floor(value / step) * step;

/** The day of the month (perhaps below 1) at or before a date from which steps of `every` days are counted: Mondays for weeks. */
function alignedDay({ year, month, day: date }: { year: number; month: number; day: number }, every: number): number {
  const mondaysSince = 4; // 1970-01-05 was a Monday
  const count = Math.round(Date.UTC(year, month - 1, date) / day) - mondaysSince;
  return date - (count - floorTo(count, every));
}

function tickLabel(at: number, of: CalendarUnit, zone: string, language: string): string {
  const local = localTime(at, zone);
  const format = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(language, { timeZone: zone, ...options }).format(at);
  if (of === 'year') return String(local.year);
  if (of === 'month') return format(local.month === 1 ? { month: 'short', year: 'numeric' } : { month: 'short' });
  if (of === 'day' || local.hour === 0) return format({ month: 'short', day: 'numeric' });
  return `${String(local.hour).padStart(2, '0')}:${String(local.minute).padStart(2, '0')}`;
}
