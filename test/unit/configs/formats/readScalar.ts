import type { ScalarValue } from '../../../../src/configs/formats/scalarValue.ts';

const escapes: Record<string, string> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};

/** What a value reads as, by its style. Line folding is left out: compare without white space (`packed`). */
export function readScalar(text: string, value: ScalarValue): string {
  const raw = text.slice(value.start, value.end);
  if (value.style === 'single') return raw.replaceAll("''", "'");
  if (value.style !== 'double' && value.style !== 'multilineDouble') return raw;
  return raw.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|(\r\n|[^]))/g,
    (_, byte?: string, short?: string, long?: string, char?: string) => {
      const plain = char ?? '';
      const code = byte ?? short ?? long;
      if (code !== undefined) return String.fromCodePoint(parseInt(code, 16));
      if (/^[\r\n]/.test(plain)) return '';
      return escapes[plain] ?? plain;
    },
  );
}

/** A text without any white space. */
export function packed(text: string): string {
  return text.replace(/\s+/g, '');
}
