/** Local times without a zone, as most logs write them, turned into moments. */

const hourMs = 3_600_000;
const dayMs = 86_400_000;
const maxCachedDays = 20_000;

/** Turns local times of one zone into UTC epoch milliseconds. */
export interface ZonedTime {
  /** The zone that is really used: `UTC` when the one asked for does not exist. */
  readonly zone: string;
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
  const format = openFormat(zone);
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
        before: offsetAt(format, day * dayMs - 15 * hourMs),
        after: offsetAt(format, (day + 1) * dayMs + 15 * hourMs),
      };
      days.set(day, offsets);
    }
    lastDay = day;
    lastOffsets = offsets;
    return offsets;
  };

  return {
    zone: format.resolvedOptions().timeZone,
    epochOf(localMs, notBefore = -Infinity) {
      if (!(Math.abs(localMs) < 8.63e15)) return NaN;
      const { before, after } = offsetsAround(localMs);
      if (before === after) return localMs - before;
      const withBefore = localMs - before;
      const withAfter = localMs - after;
      const beforeHolds = offsetAt(format, withBefore) === before;
      const afterHolds = offsetAt(format, withAfter) === after;
      if (beforeHolds && afterHolds) return withBefore < notBefore && notBefore <= withAfter ? withAfter : withBefore;
      return afterHolds ? withAfter : withBefore;
    },
  };
}

function openFormat(zone: string): Intl.DateTimeFormat {
  const options: Intl.DateTimeFormatOptions = {
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  };
  try {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' });
  }
}

/** How far the zone's clocks are ahead of UTC at a moment, in milliseconds. */
function offsetAt(format: Intl.DateTimeFormat, epochMs: number): number {
  const wholeSecond = Math.floor(epochMs / 1000) * 1000;
  const shown = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const { type, value } of format.formatToParts(wholeSecond)) {
    if (type in shown) shown[type as 'year'] = Number(value);
    else if (type === 'era' && value.startsWith('B')) shown.year = 1 - shown.year;
  }
  const local = new Date(0);
  local.setUTCFullYear(shown.year, shown.month - 1, shown.day);
  local.setUTCHours(shown.hour, shown.minute, shown.second);
  return local.getTime() - wholeSecond;
}
