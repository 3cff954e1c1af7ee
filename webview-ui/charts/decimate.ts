/**
 * Which points a chart needs to draw: all of them while they are few, else per stretch of the x axis the first, the
 * lowest, the highest and the last, so that the drawn line has every peak of the whole one.
 *
 * `x` ascending, `y` of the same length, `stretches` about one a pixel or two. Gives indices, ascending.
 *
 * @example decimate([0, 1, 2, 3], [5, 9, 1, 5], 100) //=> [0, 1, 2, 3]
 */
export function decimate(x: readonly number[], y: readonly number[], stretches: number): number[] {
  if (x.length <= stretches * 4) return x.map((_, i) => i);
  const from = x[0]!;
  const width = (x.at(-1)! - from) / stretches || 1;
  const kept: number[] = [];
  for (let start = 0; start < x.length;) {
    const stretch = Math.floor((x[start]! - from) / width);
    let lowest = start;
    let highest = start;
    let end = start;
    for (; end < x.length && Math.floor((x[end]! - from) / width) === stretch; end++) {
      if (y[end]! < y[lowest]!) lowest = end;
      if (y[end]! > y[highest]!) highest = end;
    }
    kept.push(...[...new Set([start, lowest, highest, end - 1])].sort((a, b) => a - b));
    start = end;
  }
  return kept;
}
