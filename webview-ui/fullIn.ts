import type { StorageForecast } from '../src/backups/report.ts';

/** Beyond this a count of days would pretend to know more than anybody does. */
const farDays = 730;

export type FullIn =
  | { when: 'now' }
  | { when: 'far' }
  | { when: 'from'; earliest: number }
  | { when: 'range'; earliest: number; latest: number };

/**
 * When the storage is full, as it can honestly be told; null when it does not fill or the capacity is not known.
 *
 * @example fullIn({ earliest: 41.7, latest: 60.2 }) //=> { when: 'range', earliest: 41, latest: 61 }
 */
export function fullIn(days: StorageForecast['daysToFull']): FullIn | null {
  if (days === null) return null;
  const earliest = Math.floor(days.earliest);
  if (earliest > farDays) return { when: 'far' };
  if (days.latest === null) return { when: 'from', earliest };
  return days.latest <= 0 ? { when: 'now' } : { when: 'range', earliest, latest: Math.ceil(days.latest) };
}
