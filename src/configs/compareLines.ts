/** Which lines of two texts are the same: the shortest edit where that is cheap, else by lines that both have only once. */

/** Beyond so many edits the exact search would cost the square of them. */
const mostEdits = 600;

/** A run of lines of one text that stands against a run of the other; line numbers from 0, ends exclusive. */
interface Region {
  beforeStart: number;
  beforeEnd: number;
  afterStart: number;
  afterEnd: number;
}

/**
 * Pairs of equal lines, both numbers rising. Lines that are in no pair were removed or added. Time grows with the number
 * of lines and the square of the edits up to a bound; texts that have little in common get a coarser answer, never a wrong
 * one.
 *
 * @param before What tells a line from another one, for each line.
 * @example
 * compareLines(['a', 'b', 'c'], ['a', 'c', 'd']) //=> [[0, 0], [2, 1]]
 */
export function compareLines(before: readonly string[], after: readonly string[]): [number, number][] {
  const numbers = new Map<string, number>();
  const [old, young] = [before, after].map((lines) =>
    Int32Array.from(lines, (line) => {
      const known = numbers.get(line);
      if (known !== undefined) return known;
      numbers.set(line, numbers.size);
      return numbers.size - 1;
    }),
  ) as [Int32Array, Int32Array];
  const pairs: [number, number][] = [];
  const open: Region[] = [{ beforeStart: 0, beforeEnd: old.length, afterStart: 0, afterEnd: young.length }];
  for (let region = open.pop(); region; region = open.pop()) {
    const inner = trimEqualEnds(old, young, region, pairs);
    if (inner.beforeStart === inner.beforeEnd || inner.afterStart === inner.afterEnd) continue;
    if (pairByEdits(old, young, inner, pairs)) continue;
    const anchors = pairUniqueLines(old, young, inner);
    if (anchors.length === 0) continue;
    let { beforeStart, afterStart } = inner;
    for (const [beforeEnd, afterEnd] of [...anchors, [inner.beforeEnd, inner.afterEnd] as const]) {
      open.push({ beforeStart, beforeEnd, afterStart, afterEnd });
      [beforeStart, afterStart] = [beforeEnd + 1, afterEnd + 1];
    }
    pairs.push(...anchors);
  }
  return pairs.sort(([a], [b]) => a - b);
}

function trimEqualEnds(old: Int32Array, young: Int32Array, region: Region, pairs: [number, number][]): Region {
  let { beforeStart, beforeEnd, afterStart, afterEnd } = region;
  while (beforeStart < beforeEnd && afterStart < afterEnd && old[beforeStart] === young[afterStart])
    pairs.push([beforeStart++, afterStart++]);
  while (beforeEnd > beforeStart && afterEnd > afterStart && old[beforeEnd - 1] === young[afterEnd - 1])
    pairs.push([--beforeEnd, --afterEnd]);
  return { beforeStart, beforeEnd, afterStart, afterEnd };
}

/**
 * The shortest edit of a region (E. Myers, An O(ND) Difference Algorithm, 1986, the greedy form); false when it takes more
 * edits than the bound.
 */
function pairByEdits(old: Int32Array, young: Int32Array, region: Region, pairs: [number, number][]): boolean {
  const { beforeStart, beforeEnd, afterStart, afterEnd } = region;
  const [width, height] = [beforeEnd - beforeStart, afterEnd - afterStart];
  const bound = Math.min(mostEdits, width + height);
  // furthest[k + bound + 1]: how far into the old lines the diagonal k reaches.
  const furthest = new Int32Array(2 * bound + 3);
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= bound; edits++) {
    trace.push(furthest.slice());
    for (let k = -edits; k <= edits; k += 2) {
      const at = k + bound + 1;
      const isDown = k === -edits || (k !== edits && furthest[at - 1]! < furthest[at + 1]!);
      let x = isDown ? furthest[at + 1]! : furthest[at - 1]! + 1;
      let y = x - k;
      while (x < width && y < height && old[beforeStart + x] === young[afterStart + y]) {
        x++;
        y++;
      }
      furthest[at] = x;
      if (x >= width && y >= height) {
        walkBack(trace, bound, [width, height], (px, py) => pairs.push([beforeStart + px, afterStart + py]));
        return true;
      }
    }
  }
  return false;
}

function walkBack(
  trace: readonly Int32Array[],
  bound: number,
  [width, height]: [number, number],
  pair: (x: number, y: number) => void,
): void {
  let [x, y] = [width, height];
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const furthest = trace[edits]!;
    const k = x - y;
    const at = k + bound + 1;
    const isDown = k === -edits || (k !== edits && furthest[at - 1]! < furthest[at + 1]!);
    const fromX = edits === 0 ? 0 : furthest[isDown ? at + 1 : at - 1]!;
    const fromY = edits === 0 ? 0 : fromX - (isDown ? k + 1 : k - 1);
    while (x > fromX && y > fromY) pair(--x, --y);
    [x, y] = [fromX, fromY];
  }
}

/** Lines that both sides of a region have exactly once, as far as their order is the same. */
function pairUniqueLines(old: Int32Array, young: Int32Array, region: Region): [number, number][] {
  const places = new Map<number, { before: number; after: number }>();
  const note = (lines: Int32Array, start: number, end: number, side: 'before' | 'after'): void => {
    for (let at = start; at < end; at++) {
      const place = places.get(lines[at]!) ?? { before: -1, after: -1 };
      // -1: not seen; -2: more than once
      place[side] = place[side] === -1 ? at : -2;
      places.set(lines[at]!, place);
    }
  };
  note(old, region.beforeStart, region.beforeEnd, 'before');
  note(young, region.afterStart, region.afterEnd, 'after');
  const unique = [...places.values()]
    .filter(({ before, after }) => before >= 0 && after >= 0)
    .sort((a, b) => a.before - b.before);
  return longestRise(unique);
}

/** The longest run of pairs whose second numbers rise too. */
function longestRise(unique: readonly { before: number; after: number }[]): [number, number][] {
  const tails: number[] = [];
  const previous = new Int32Array(unique.length);
  unique.forEach(({ after }, index) => {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (unique[tails[middle]!]!.after < after) low = middle + 1;
      else high = middle;
    }
    previous[index] = low === 0 ? -1 : tails[low - 1]!;
    tails[low] = index;
  });
  const rise: [number, number][] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = previous[index]!)
    rise.push([unique[index]!.before, unique[index]!.after]);
  return rise.reverse();
}
