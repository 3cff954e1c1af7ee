/** Text from a configuration as a terminal may show it: what would move its cursor or color it is made visible. */
export function printable(text: string): string {
  return text.replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (character) =>
    character === '\r' ? '␍' : `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}
