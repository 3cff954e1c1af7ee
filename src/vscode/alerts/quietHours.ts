/** Hours in which nobody is to be disturbed, as minutes after midnight; `to` before `from` goes over midnight. */
export interface QuietHours {
  fromMinute: number;
  toMinute: number;
}

const dayMinutes = 24 * 60;

/**
 * Reads quiet hours as people write them; null when there are none, undefined when it cannot be read.
 *
 * @example
 * parseQuietHours('22:00-7:30') //=> { fromMinute: 1320, toMinute: 450 }
 * parseQuietHours('') //=> null
 * parseQuietHours('at night') //=> undefined
 */
export function parseQuietHours(text: string): QuietHours | null | undefined {
  if (text.trim() === '') return null;
  const match = /^\s*(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})\s*$/.exec(text);
  if (!match) return undefined;
  const [fromHour, fromRest, toHour, toRest] = match.slice(1).map(Number) as [number, number, number, number];
  if (fromHour > 23 || toHour > 24 || fromRest > 59 || toRest > 59) return undefined;
  const toMinute = (toHour * 60 + toRest) % dayMinutes;
  return { fromMinute: fromHour * 60 + fromRest, toMinute };
}

/**
 * How many minutes the quiet hours still last; 0 outside of them. The same time twice is the whole day.
 *
 * @example
 * quietMinutesLeft({ fromMinute: 1320, toMinute: 450 }, 23 * 60) //=> 510
 */
export function quietMinutesLeft(hours: QuietHours | null, minuteOfDay: number): number {
  if (hours === null) return 0;
  const { fromMinute, toMinute } = hours;
  const length = (toMinute - fromMinute + dayMinutes) % dayMinutes || dayMinutes;
  const since = (minuteOfDay - fromMinute + dayMinutes) % dayMinutes;
  return since < length ? length - since : 0;
}
