const dayMs = 86_400_000;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const isoDate = /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/g;
/** As `date` and `asctime` write it, such as `Mon Nov 23 12:30:04 UTC 2026`. */
const spokenDate =
  /\b((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )([A-Z][a-z]{2})( +)(\d{1,2})( \d{2}:\d{2}:\d{2}(?: [A-Z]{3,4})?) (\d{4})\b/g;

/**
 * A log as if it had been written so many weeks later: each date moves, the day of the week stays.
 *
 * @example
 * shiftDates('2026-12-28T03:00 ok', 1) //=> '2027-01-04T03:00 ok'
 */
export function shiftDates(text: string, weeks: number): string {
  const move = (year: number, month: number, day: number): Date => new Date(Date.UTC(year, month, day + 7 * weeks));
  return text
    .replace(isoDate, (_, year: string, month: string, day: string) =>
      move(Number(year), Number(month) - 1, Number(day))
        .toISOString()
        .slice(0, 10),
    )
    .replace(
      spokenDate,
      (whole, weekday: string, name: string, _gap: string, day: string, time: string, year: string) => {
        const month = months.indexOf(name);
        if (month < 0) return whole;
        const moved = move(Number(year), month, Number(day));
        const newDay = String(moved.getUTCDate()).padStart(2);
        return `${weekday}${months[moved.getUTCMonth()]!} ${newDay}${time} ${moved.getUTCFullYear()}`;
      },
    );
}

/**
 * By how many whole weeks logs can be moved so that their newest date is not after `now`; 0 when they hold no date, or
 * one that is newer.
 *
 * @example
 * weeksUntil(['2026-11-23'], Date.UTC(2026, 11, 24)) //=> 4
 */
export function weeksUntil(texts: readonly string[], now: number): number {
  const newest = texts
    .flatMap((text) => text.match(isoDate) ?? [])
    .reduce((latest, date) => (date > latest ? date : latest), '');
  if (newest === '') return 0;
  return Math.max(0, Math.floor((now - Date.parse(newest)) / (7 * dayMs)));
}
