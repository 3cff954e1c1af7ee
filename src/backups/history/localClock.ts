import { zoneOffset } from '../zoneOffset.ts';

/** Where a moment falls in the week, on the clocks of one zone. */
export interface WeekPosition {
  /** Days since 1 January 1970 on the calendar there. */
  day: number;
  /** 0 (Monday) to 6 (Sunday). */
  weekday: number;
  /** 0 to 23. */
  hour: number;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const clocks = new Map<string, (at: number) => WeekPosition>();

/**
 * A clock for one IANA zone: from UTC epoch milliseconds to weekday and hour there, daylight saving included. Made for
 * millions of calls: the offset is asked of Intl twice a UTC day, and again only within a day on which it changes; a
 * zone has one clock, so that all jobs share what it has learned. Throws RangeError for a zone that Intl does not know.
 *
 * @example
 * localClock('Europe/Berlin')(Date.UTC(2026, 10, 22, 23, 30))
 * //=> { day: 20780, weekday: 0, hour: 0 }
 */
export function localClock(zone: string): (at: number) => WeekPosition {
  const clock = clocks.get(zone) ?? makeClock(zone);
  clocks.set(zone, clock);
  return clock;
}

function makeClock(zone: string): (at: number) => WeekPosition {
  const offsetAt = zoneOffset(zone);
  const offsetsByDay = new Map<number, number | null>();
  const offset = (at: number): number => {
    const day = Math.floor(at / dayMs);
    let known = offsetsByDay.get(day);
    if (known === undefined) {
      const morning = offsetAt(day * dayMs);
      known = morning === offsetAt((day + 1) * dayMs) ? morning : null;
      offsetsByDay.set(day, known);
    }
    return known ?? offsetAt(at);
  };
  return (at) => {
    const local = at + offset(at);
    const day = Math.floor(local / dayMs);
    return { day, weekday: (((day + 3) % 7) + 7) % 7, hour: Math.floor((local - day * dayMs) / hourMs) };
  };
}

/** Whether it is a moment that a calendar has: a finite number within 275,000 years of 1970. */
export function isTime(at: number | undefined): at is number {
  return at !== undefined && Math.abs(at) <= 8.64e15;
}
