/** Local times without a zone, as most logs write them, turned into moments. */
import { zoneOffset } from '../zoneOffset.ts';

const hourMs = 3_600_000;
const dayMs = 86_400_000;
const maxCachedDays = 20_000;

/** Turns local times of one zone into UTC epoch milliseconds. */
export interface ZonedTime {
  /**
   * The moment a clock in the zone showed a local time.
   *
   * @param localMs the local time as if it were UTC: `Date.UTC(year, month, day, hour, …)`
   * @param notBefore when the clock went back and the local time happened twice, this tells the
   *   second from the first: a log rarely goes back (by default, and when both are before it, the earlier one is meant)
   */
  epochOf(localMs: number, notBefore?: number): number;
}

/**
 * A reader of local times. A time that the clock skipped is read as if it had not been put forward (02:30 becomes 03:30);
 * a time that happened twice is the earlier one unless `notBefore` says otherwise. An unknown zone counts as UTC; NaN stays
 * NaN. Offsets come from Intl and are cached by day, so that a million times cost little more than the arithmetic.
 *
 * @example
 * createZonedTime('Europe/Berlin').epochOf(Date.UTC(2026, 5, 1, 2, 0)) === Date.UTC(2026, 5, 1, 0, 0) //=> true
 */
export function createZonedTime(zone: string): ZonedTime {
  const offsetAt = offsetOf(zone);
  // For each local day, the offsets that surely hold before and after every moment of it.
  const days = new Map<number, { before: number; after: number }>();
  let lastDay = NaN;
  let lastOffsets = { before: 0, after: 0 };

  const offsetsAround = (localMs: number): { before: number; after: number } => {
    const day = Math.floor(localMs / dayMs);
    if (day === lastDay) return lastOffsets;
    let offsets = days.get(day);
    if (!offsets) {
      if (days.size >= maxCachedDays) days.clear();
      // A local day lies within UTC−14 … UTC+14 of the same UTC day.
      offsets = {
        before: offsetAt(day * dayMs - 15 * hourMs),
        after: offsetAt((day + 1) * dayMs + 15 * hourMs),
      };
      days.set(day, offsets);
    }
    lastDay = day;
    lastOffsets = offsets;
    return offsets;
  };

  return {
    epochOf(localMs, notBefore = -Infinity) {
      if (!(Math.abs(localMs) < 8.63e15)) return NaN;
      const { before, after } = offsetsAround(localMs);
      if (before === after) return localMs - before;
      const withBefore = localMs - before;
      const withAfter = localMs - after;
      const beforeHolds = offsetAt(withBefore) === before;
      const afterHolds = offsetAt(withAfter) === after;
      if (beforeHolds && afterHolds) return withBefore < notBefore && notBefore <= withAfter ? withAfter : withBefore;
      return afterHolds ? withAfter : withBefore;
    },
  };
}

function offsetOf(zone: string): (at: number) => number {
  try {
    return zoneOffset(zone);
  } catch {
    return zoneOffset('UTC');
  }
}
