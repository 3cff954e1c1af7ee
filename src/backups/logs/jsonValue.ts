/** Reading parsed JSON of unknown shape without trusting it. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** The value as an object (not an array), else null. @example objectOf([]) //=> null */
export function objectOf(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

/** The value as an array, else an empty one. @example arrayOf('x') //=> [] */
export function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** Text that is not empty, else null. @example textOf('') //=> null */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A finite number, also one written as text (64-bit numbers often are), else null. @example numberOf('12') //=> 12 */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value === '' || value.length > 40) return null;
  const number = Number(value);
  return Number.isFinite(number) && value.trim() !== '' ? number : null;
}

/** A count or a number of bytes: whole, from 0 to 2^53; else null. @example countOf(-1) //=> null */
export function countOf(value: unknown): number | null {
  const number = numberOf(value);
  return number !== null && number >= 0 && number <= Number.MAX_SAFE_INTEGER ? Math.round(number) : null;
}

/** Seconds as milliseconds, from 0 to about 300 years; else null. @example durationOfSeconds(1.5) //=> 1500 */
export function durationOfSeconds(value: unknown): number | null {
  const seconds = numberOf(value);
  return seconds !== null && seconds >= 0 && seconds <= 1e10 ? Math.round(seconds * 1000) : null;
}
