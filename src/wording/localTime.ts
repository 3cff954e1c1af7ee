/** A moment on the clocks of a zone: digits as in ISO 8601. */
export interface LocalTime {
  year: string;
  month: string;
  day: string;
  /** 00 to 23. */
  hour: string;
  minute: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * What calendar and clock show in an IANA zone at a moment (UTC epoch milliseconds, within what a `Date` can hold). Throws
 * RangeError for a zone or a moment that Intl does not know.
 *
 * @example
 * localTime(Date.UTC(2026, 10, 24, 23, 5), 'Europe/Madrid')
 * //=> { year: '2026', month: '11', day: '25', hour: '00', minute: '05' }
 */
export function localTime(at: number, zone: string): LocalTime {
  const found = { year: '', month: '', day: '', hour: '', minute: '' };
  for (const { type, value } of formatOf(zone).formatToParts(at)) if (type in found) found[type as 'year'] = value;
  return found;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(zone, format);
  }
  return format;
}
