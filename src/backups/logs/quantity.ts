/** Sizes and durations as tools print them. */

const powers: Readonly<Record<string, number>> = { '': 0, k: 1, m: 2, g: 3, t: 4, p: 5, e: 6 };
const sizePattern = /^([\d][\d,.' ]{0,30}?) ?(?:([kmgtpe]?)(i?)b?(?:ytes?)?)$/i;

/**
 * Bytes of a printed size: `4.874 MiB`, `5.11 MB`, `1,234,567 bytes`, `22.1M`. Units without an `i` are powers of
 * `unitBase`: 1000 for borg, 1024 for tools that write MB and mean MiB. Null when it is no size.
 *
 * @example
 * parseSize('4.874 MiB', 1000) //=> 5110759
 * parseSize('22.1MB', 1024) //=> 23173530
 */
export function parseSize(text: string, unitBase: 1000 | 1024): number | null {
  const found = sizePattern.exec(text.trim());
  if (!found) return null;
  const number = parseGrouped(found[1]!);
  const power = powers[found[2]!.toLowerCase()];
  if (number === null || power === undefined) return null;
  const bytes = Math.round(number * (found[3] === '' ? unitBase : 1024) ** power);
  return bytes <= Number.MAX_SAFE_INTEGER ? bytes : null;
}

/**
 * A number that may have thousands separators; the last of `.` and `,` counts as the decimal point unless exactly three
 * digits follow a lone comma.
 *
 * @example
 * parseGrouped('5,111,244') //=> 5111244
 * parseGrouped('4.874') //=> 4.874
 */
export function parseGrouped(text: string): number | null {
  let plain = text.replace(/[' ]/g, '');
  if (/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(plain)) plain = plain.replaceAll(',', '');
  else if (/^\d{1,3}(?:\.\d{3}){2,}$/.test(plain)) plain = plain.replaceAll('.', '');
  else plain = plain.replace(',', '.');
  const number = Number(plain);
  return plain !== '' && Number.isFinite(number) ? number : null;
}

/**
 * Milliseconds of a clock reading, `m:ss`, `h:mm:ss` or `d.hh:mm:ss`, with or without a fraction. Null when it is none.
 *
 * @example parseClock('1:02:03') //=> 3723000
 */
export function parseClock(text: string): number | null {
  const found = /^(?:(\d{1,5})[.\s])?(?:(\d{1,6}):)?(\d{1,4}):(\d{2}(?:[.,]\d{1,9})?)$/.exec(text);
  if (!found) return null;
  const [, days = '0', hours = '0', minutes, seconds] = found;
  return Math.round(
    ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000 + Number(seconds!.replace(',', '.')) * 1000,
  );
}

const unitMs: Readonly<Record<string, number>> = {
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 1e-3,
  µs: 1e-3,
  ns: 1e-6,
};

/**
 * Milliseconds of a duration in words: `1h2m3.4s` (Go), `2 minutes 1.50 seconds` (borg), `12 min`. Null when it is none.
 *
 * @example parseDuration('2 minutes 1.50 seconds') //=> 121500
 */
export function parseDuration(text: string): number | null {
  const clock = parseClock(text);
  if (clock !== null) return clock;
  if (text.length > 80) return null;
  let total = 0;
  let rest = text.trim();
  if (rest === '') return null;
  while (rest !== '') {
    const found =
      /^(\d{1,12}(?:\.\d{1,12})?) ?(days?|d|hours?|hrs?|h|minutes?|mins?|milliseconds?|ms|seconds?|secs?|s|µs|us|ns|m)(?![a-z]),? ?(?:and )?/i.exec(
        rest,
      ) ?? /^(\d{1,12}(?:\.\d{1,12})?)(d|h|ms|m|s|µs|us|ns)(?=\d)/i.exec(rest);
    if (!found) return null;
    const unit = found[2]!.toLowerCase();
    const short = unit.startsWith('mil') ? 'ms' : unit.length > 2 || unit === 'hr' ? unit[0]! : unit;
    total += Number(found[1]) * unitMs[short]!;
    rest = rest.slice(found[0].length);
  }
  return Math.round(total);
}
