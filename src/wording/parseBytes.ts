/** Reads a size as people write it, for settings and command-line options. */

const powers: Record<string, number> = { '': 0, k: 1, m: 2, g: 3, t: 4, p: 5, e: 6 };

/**
 * Bytes from text such as `500 GB`, `1.5TiB`, `2t` or `1048576`. `KB`, `MB`, … count in thousands and `KiB`, `MiB`, … and
 * the bare letters `K`, `M`, … in 1024s, as GNU `numfmt --from=auto` and `du` do. Null when the text is no size, or less than one byte.
 *
 * @example
 * parseBytes('1.5 KiB') //=> 1536
 * parseBytes('2 TB') //=> 2000000000000
 * parseBytes('lots') //=> null
 */
export function parseBytes(text: string): number | null {
  const found = /^(\d{1,15}(?:\.\d{1,15})?) ?([kmgtpe]?)(i?b|)$/i.exec(text.trim());
  if (!found) return null;
  const [, number, prefix, suffix] = found as unknown as [string, string, string, string];
  if (prefix === '' && /^i/i.test(suffix)) return null;
  const base = /^b$/i.test(suffix) ? 1000 : 1024;
  const bytes = Math.round(Number(number) * base ** powers[prefix.toLowerCase()]!);
  return bytes >= 1 ? bytes : null;
}
