import { localTime } from '../wording/localTime.ts';

/** The local hour at which a day's snapshots are due. */
const dueHour = 1;

/** Zones differ by multiples of a quarter of an hour. */
const quarterMs = 15 * 60_000;

/**
 * The last day whose snapshots are due, as `YYYY-MM-DD`: today from 01:00 on, before that yesterday. A night on which the
 * clock passes 01:00 twice, or skips it, is one day all the same.
 *
 * @param now UTC epoch milliseconds
 * @param zone IANA zone
 * @example
 * dueDay(Date.UTC(2026, 10, 24, 0, 59), 'UTC') //=> '2026-11-23'
 */
export function dueDay(now: number, zone: string): string {
  const { year, month, day, hour } = localTime(now, zone);
  const today = Number(day);
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(hour) >= dueHour ? today : today - 1));
  return date.toISOString().slice(0, 10);
}

/** When the next day's snapshots become due, UTC epoch milliseconds, to the quarter of an hour. */
export function nextDueAt(now: number, zone: string): number {
  const today = dueDay(now, zone);
  let at = (Math.floor(now / quarterMs) + 1) * quarterMs;
  while (dueDay(at, zone) <= today) at += quarterMs;
  return at;
}
