/**
 * How far the clocks of an IANA zone are ahead of UTC at a moment (UTC epoch milliseconds, within what a `Date` can hold),
 * in milliseconds. Asks Intl each time: whoever calls it often keeps what it told. Throws RangeError for a zone or a
 * moment that Intl does not know.
 *
 * @example zoneOffset('Asia/Kolkata')(0) //=> 19_800_000
 */
export function zoneOffset(zone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (at) => {
    const wholeSecond = Math.floor(at / 1000) * 1000;
    const shown = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
    for (const { type, value } of format.formatToParts(wholeSecond)) {
      if (type in shown) shown[type as 'year'] = Number(value);
      else if (type === 'era' && value.startsWith('B')) shown.year = 1 - shown.year;
    }
    const local = new Date(0);
    local.setUTCFullYear(shown.year, shown.month - 1, shown.day);
    local.setUTCHours(shown.hour, shown.minute, shown.second);
    return local.getTime() - wholeSecond;
  };
}
