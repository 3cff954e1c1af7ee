/**
 * Tells by one look at a text which words it cannot hold: those with three letters in a row that stand nowhere in it. To
 * look for dozens of words one by one takes several times as long.
 */
export class WordSieve {
  readonly #text: string;
  /** 1 for each three units in a row that occur; of each unit five bits, which are the same in both cases of a letter. */
  readonly #seen = new Uint8Array(1 << 15);

  constructor(text: string) {
    this.#text = text;
    let three = 0;
    for (let at = 0; at < text.length; at++) {
      three = append(three, text.charCodeAt(at));
      this.#seen[three] = 1;
    }
  }

  /**
   * False only where no part of the text is the word, whatever the case of its letters. A word of fewer than three units
   * is looked for as it is.
   *
   * @example
   * new WordSieve('Password: x').mayHold('password') //=> true
   * new WordSieve('Password: x').mayHold('passport') //=> false
   */
  mayHold(word: string): boolean {
    if (word.length < 3) return this.#text.includes(word);
    let three = append(append(0, word.charCodeAt(0)), word.charCodeAt(1));
    for (let at = 2; at < word.length; at++) {
      three = append(three, word.charCodeAt(at));
      if (this.#seen[three] === 0) return false;
    }
    return true;
  }

  /** True where one of the words may be. */
  mayHoldAny(words: readonly string[]): boolean {
    return words.some((word) => this.mayHold(word));
  }
}

/** The last three units of a text with one more. */
function append(three: number, unit: number): number {
  return ((three << 5) | (unit & 0x1f)) & 0x7fff;
}
