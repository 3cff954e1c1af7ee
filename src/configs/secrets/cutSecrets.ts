/** A text without its secrets. Joined again by offset: nothing is ever searched for. */
export interface CutText {
  /** What is left of the text. */
  template: string;
  /** For each value the offset in `template` (UTF-16) where it stood; never falling. */
  offsets: readonly number[];
  /** The text of each range, in the order of the text. */
  values: readonly string[];
}

/**
 * Cuts ranges out of a text.
 *
 * @param ranges Sorted by `start`, not overlapping, inside the text.
 * @throws RangeError when they are not: a wrong cut would lose data.
 * @example
 * cutSecrets('a=xy;b', [{ start: 2, end: 4 }]) //=> { template: 'a=;b', offsets: [2], values: ['xy'] }
 */
export function cutSecrets(text: string, ranges: readonly { start: number; end: number }[]): CutText {
  const pieces: string[] = [];
  const offsets: number[] = [];
  const values: string[] = [];
  let at = 0;
  let length = 0;
  for (const { start, end } of ranges) {
    if (!(start >= at && end >= start && end <= text.length)) {
      throw new RangeError(`The range ${start} to ${end} overlaps another one or leaves the text.`);
    }
    pieces.push(text.slice(at, start));
    length += start - at;
    offsets.push(length);
    values.push(text.slice(start, end));
    at = end;
  }
  pieces.push(text.slice(at));
  return { template: pieces.join(''), offsets, values };
}

/**
 * Puts values back where they stood: `fillIn(template, offsets, values)` of a cut text is the text again, to the unit.
 *
 * @throws RangeError when there are not as many values as offsets, or an offset falls or leaves the template.
 * @example
 * fillIn('a=;b', [2], ['xy']) //=> 'a=xy;b'
 */
export function fillIn(template: string, offsets: readonly number[], values: readonly string[]): string {
  if (offsets.length !== values.length) {
    throw new RangeError(`There are ${values.length} values for ${offsets.length} offsets.`);
  }
  const pieces: string[] = [];
  let at = 0;
  offsets.forEach((offset, index) => {
    if (!(offset >= at && offset <= template.length)) {
      throw new RangeError(`The offset ${offset} falls or leaves the template.`);
    }
    pieces.push(template.slice(at, offset), values[index]!);
    at = offset;
  });
  pieces.push(template.slice(at));
  return pieces.join('');
}
