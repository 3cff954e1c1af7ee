/** Reads a duration as people write it, for questions and command-line options. */

const unitMs: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Milliseconds from text such as `45` (minutes), `90 s`, `1h 30m`, `2.5 h` or `1:30` (hours and minutes). Null when the
 * text is no duration, or is zero.
 *
 * @example
 * parseDuration('1h 30m') //=> 5400000
 * parseDuration('45') //=> 2700000
 * parseDuration('soon') //=> null
 */
export function parseDuration(text: string): number | null {
  const given = text.trim().toLowerCase();
  if (given.length > 50) return null;
  const clock = /^(\d{1,4}):([0-5]\d)(?::([0-5]\d))?$/.exec(given);
  if (clock)
    return positive(Number(clock[1]) * unitMs.h! + Number(clock[2]) * unitMs.m! + Number(clock[3] ?? 0) * 1000);
  if (/^\d+(?:\.\d+)?$/.test(given)) return positive(Number(given) * unitMs.m!);
  if (!/^(?:\d+(?:\.\d+)? ?(?:s|sec|m|min|h|d) ?)+$/.test(given)) return null;
  const parts = given.matchAll(/(\d+(?:\.\d+)?) ?([smhd])/g);
  return positive([...parts].reduce((sum, [, number, unit]) => sum + Number(number) * unitMs[unit!]!, 0));
}

function positive(durationMs: number): number | null {
  return durationMs > 0 ? Math.round(durationMs) : null;
}
