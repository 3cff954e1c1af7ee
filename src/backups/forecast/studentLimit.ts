/**
 * How far Student's t lies from 0, on either side, in 95 % of cases, by degrees of freedom (which need not be whole; Infinity
 * gives the normal distribution's 1.96). Abramowitz and Stegun's expansion (1964, 26.7.5): exact to 1 % from three
 * degrees of freedom on; fewer than one are taken as one.
 *
 * @example studentLimit(10) //=> 2.228
 */
export function studentLimit(freedom: number): number {
  const z = 1.959964;
  const inverse = 1 / Math.max(1, freedom);
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first * inverse + second * inverse ** 2 + third * inverse ** 3;
}
