import { instantOf, localTime } from '../zone.ts';

const dayMs = 86_400_000;

/** What the user has chosen of a start; null is left as expected. */
export interface StartChoice {
  /** 0 (Monday) to 6 (Sunday). */
  weekday: number | null;
  /** 0 to 23. */
  hour: number | null;
}

/**
 * The moment nearest to the expected start, and not before `now`, that is on the weekday and in the hour; minutes are
 * those of the expected start. With nothing chosen it is the expected start.
 *
 * @example whatIfStart(Date.UTC(2026, 10, 25, 3, 5), Date.UTC(2026, 10, 24), { weekday: null, hour: 6 }, 'UTC') //=> Date.UTC(2026, 10, 25, 6, 5)
 */
export function whatIfStart(expected: number, now: number, { weekday, hour }: StartChoice, zone: string): number {
  const local = localTime(expected, zone);
  if (weekday === null && hour === null) return expected;
  const starts = Array.from({ length: 15 }, (_, i) => i - 7)
    .map((days) => ({ ...local, day: local.day + days, hour: hour ?? local.hour }))
    .filter((date) => weekday === null || weekdayOf(date) === weekday)
    .map((date) => instantOf(date, zone) + local.minute * 60_000)
    .filter((at) => at >= now);
  const distance = (at: number): number => Math.abs(at - expected);
  return starts.reduce((best, at) => (distance(at) < distance(best) ? at : best), starts[0] ?? expected + 7 * dayMs);
}

/** 0 (Monday) to 6 (Sunday); parts out of range carry over. */
export function weekdayOf({ year, month, day }: { year: number; month: number; day: number }): number {
  return (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
}
