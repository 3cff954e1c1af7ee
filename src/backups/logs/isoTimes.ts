/** ISO times with their zone, from bytes. */

const minute = 60_000;

/** Reads such times; it remembers the last date, which most often is that of the next time too. */
export class IsoTimes {
  #date = -1;
  #midnight = 0;

  /**
   * UTC epoch milliseconds of `2026-01-05T03:00:01.123+01:00`, its fraction and colon left out or not, or with `Z`. NaN for
   * all that is written in another way, and for times before 1980 and after 2199.
   *
   * @example new IsoTimes().read(Buffer.from('2026-01-05T02:00:01Z'), 0, 20) //=> 1767578401000
   */
  read(bytes: Uint8Array, from: number, to: number): number {
    if (to - from < 20 || bytes[from + 4] !== 45 || bytes[from + 7] !== 45 || bytes[from + 10] !== 84) return NaN;
    if (bytes[from + 13] !== 58 || bytes[from + 16] !== 58) return NaN;
    const year = two(bytes, from) * 100 + two(bytes, from + 2);
    const time = (two(bytes, from + 11) * 60 + two(bytes, from + 14)) * minute + two(bytes, from + 17) * 1000;
    if (!(two(bytes, from + 11) < 24 && two(bytes, from + 14) < 60 && two(bytes, from + 17) < 60)) return NaN;
    let at = from + 19;
    let milliseconds = 0;
    if (bytes[at] === 46) {
      const first = ++at;
      for (let scale = 100; at < to && isDigit(bytes[at]!); at++, scale /= 10)
        if (scale >= 1) milliseconds += (bytes[at]! - 48) * scale;
      if (at === first) return NaN;
    }
    return this.#dayOf(year, two(bytes, from + 5), two(bytes, from + 8)) + time + milliseconds - offset(bytes, at, to);
  }

  #dayOf(year: number, month: number, day: number): number {
    if (!(year >= 1980 && year < 2200 && month >= 1 && month <= 12 && day >= 1 && day <= 31)) return NaN;
    const date = (year * 16 + month) * 32 + day;
    if (date !== this.#date) {
      this.#date = date;
      this.#midnight = Date.UTC(year, month - 1, day);
    }
    return this.#midnight;
  }
}

/** Milliseconds ahead of UTC; NaN when what stands there is no zone, or more than one. */
function offset(bytes: Uint8Array, from: number, to: number): number {
  if (bytes[from] === 90) return to === from + 1 ? 0 : NaN;
  const sign = bytes[from] === 45 ? -1 : bytes[from] === 43 ? 1 : NaN;
  const colon = bytes[from + 3] === 58 ? 1 : 0;
  if (to !== from + 5 + colon || !(two(bytes, from + 1) <= 18)) return NaN;
  return sign * (two(bytes, from + 1) * 60 + two(bytes, from + 3 + colon)) * minute;
}

function two(bytes: Uint8Array, from: number): number {
  const tens = bytes[from]! - 48;
  const ones = bytes[from + 1]! - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}
