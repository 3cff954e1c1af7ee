/** Local calendar time in any IANA zone: the axes and the calendar need midnights, not only labels. */
import { localTime as digitsOf } from '../src/wording/localTime.ts';

export interface LocalTime {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  hour: number;
  minute: number;
}

/** What a clock in the zone shows at an instant. @example localTime(0, 'Asia/Tokyo').hour //=> 9 */
export function localTime(at: number, zone: string): LocalTime {
  const { year, month, day, hour, minute } = digitsOf(at, zone);
  return { year: Number(year), month: Number(month), day: Number(day), hour: Number(hour), minute: Number(minute) };
}

/**
 * The instant of a local hour; parts out of range carry over as in `Date.UTC`. A time that a clock change skips gives
 * the instant that its old offset would have had, one that occurs twice gives either.
 *
 * @example new Date(instantOf({ year: 2026, month: 7, day: 1 }, 'Europe/Madrid')).toISOString() //=> '2026-06-30T22:00:00.000Z'
 */
export function instantOf(date: { year: number; month: number; day: number; hour?: number }, zone: string): number {
  const wanted = Date.UTC(date.year, date.month - 1, date.day, date.hour ?? 0);
  const first = wanted - offsetAt(wanted, zone);
  return wanted - offsetAt(first, zone);
}

function offsetAt(at: number, zone: string): number {
  const { year, month, day, hour, minute } = localTime(at, zone);
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at / 60_000) * 60_000;
}

const blockMs = 14 * 86_400_000;

/**
 * Minutes-exact offsets of a zone from UTC, in milliseconds, for many instants: the clock is asked once a fortnight, and
 * once an hour only in a fortnight in which it changes.
 *
 * @example offsets('Asia/Tokyo')(0) //=> 9 * 3_600_000
 */
export function offsets(zone: string): (at: number) => number {
  const blocks = new Map<number, number | null>();
  const hours = new Map<number, number>();
  const ofHour = (at: number): number => {
    const hour = Math.floor(at / 3_600_000);
    let offset = hours.get(hour);
    if (offset === undefined) hours.set(hour, (offset = offsetAt(hour * 3_600_000, zone)));
    return offset;
  };
  return (at) => {
    const block = Math.floor(at / blockMs);
    let offset = blocks.get(block);
    if (offset === undefined) {
      const first = ofHour(block * blockMs);
      offset = first === ofHour((block + 1) * blockMs) ? first : null;
      blocks.set(block, offset);
    }
    return offset ?? ofHour(at);
  };
}
