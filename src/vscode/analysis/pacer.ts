/** How a `Pacer` waits, in milliseconds. */
export interface Pace {
  /** Acts once nothing has happened for this long, … */
  quietMs: number;
  /** … but at the latest this long after the first thing that happened. */
  patienceMs: number;
  /** Rests this many times as long as the last action took: a log that grows all the time must not keep a core busy. */
  restFactor: number;
}

/** Turns a stream of events into few actions, one at a time. */
export class Pacer {
  readonly #act: () => Promise<void>;
  readonly #pace: Pace;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #firstAt: number | null = null;
  #restUntil = 0;
  #acting = false;

  constructor(act: () => Promise<void>, pace: Pace) {
    this.#act = act;
    this.#pace = pace;
  }

  /** Something happened that asks for the action. */
  poke(): void {
    const now = Date.now();
    this.#firstAt ??= now;
    if (this.#acting) return;
    const dueAt = Math.min(now + this.#pace.quietMs, this.#firstAt + this.#pace.patienceMs);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#run(), Math.max(dueAt, this.#restUntil) - now);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#acting = true;
  }

  #isAskedAgain(): boolean {
    return this.#firstAt !== null;
  }

  async #run(): Promise<void> {
    this.#acting = true;
    this.#firstAt = null;
    const startedAt = Date.now();
    try {
      await this.#act();
    } finally {
      const now = Date.now();
      this.#restUntil = now + (now - startedAt) * this.#pace.restFactor;
      this.#acting = false;
      if (this.#isAskedAgain()) this.poke();
    }
  }
}
