import { randomUUID } from 'node:crypto';
import type { SharedRecord } from '../../files/sharedRecord.ts';
import { WebhookError } from './postWebhook.ts';
import type { SpokenAlert } from './webhookBody.ts';

/** An alert that has not arrived yet. */
export interface UnsentAlert {
  id: string;
  alert: SpokenAlert;
  /** Since when a window is at sending it, UTC epoch milliseconds; null when none is. */
  sendingSince: number | null;
}

/** How an outbox goes about what does not arrive; times in milliseconds. */
export interface OutboxOptions {
  /** Until it tries by itself again. */
  tryAgainMs: number;
  /** Older alerts are of no use to anybody. */
  keptMs: number;
  /** The latest that are kept, so that a place that is away for long does not fill the memory. */
  kept: number;
  /** A window that has been at sending for longer was closed: more than all attempts of `postWebhook` take. */
  sendingMs: number;
}

export const defaultOutboxOptions: OutboxOptions = {
  tryAgainMs: 15 * 60_000,
  keptMs: 24 * 3_600_000,
  kept: 100,
  sendingMs: 5 * 60_000,
};

/** What an outbox needs of its surroundings. */
export interface OutboxParts {
  /** Remembers what did not arrive, over restarts and windows. */
  unsent: Pick<SharedRecord<readonly UnsentAlert[]>, 'change'>;
  /**
   * Delivers alerts.
   * @throws WebhookError when they did not arrive.
   */
  post: (alerts: readonly SpokenAlert[]) => Promise<void>;
  /** Told of each failure: how many alerts, why, and whether they are kept for later. */
  onFailure: (count: number, reason: string, isKept: boolean) => void;
}

/**
 * Sends alerts, and keeps those that did not arrive until they do: they go with the next alert, or by themselves a
 * while later, for a day. One sending at a time, in order; what another window is at sending is left to it.
 */
export class Outbox {
  readonly #parts: OutboxParts;
  readonly #options: OutboxOptions;
  #sending: Promise<boolean> = Promise.resolve(true);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isDisposed = false;
  /** What could not be noted down, as on a full disk, and did not arrive: this window alone knows of it. */
  #unnoted: readonly UnsentAlert[] = [];

  constructor(parts: OutboxParts, options = defaultOutboxOptions) {
    this.#parts = parts;
    this.#options = options;
    this.#tryLater(); // What a window left that was closed meanwhile.
  }

  /** Sends alerts after those that wait; true when all have arrived. */
  send(alerts: readonly SpokenAlert[]): Promise<boolean> {
    const next = (): Promise<boolean> => this.#sendWithUnsent(alerts);
    this.#sending = this.#sending.then(next, next);
    return this.#sending;
  }

  /** Forgets what waits: the place it was for is no more. */
  async empty(): Promise<void> {
    clearTimeout(this.#timer);
    this.#unnoted = [];
    await this.#change((unsent) => (unsent.length === 0 ? unsent : []));
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
  }

  async #sendWithUnsent(alerts: readonly SpokenAlert[]): Promise<boolean> {
    clearTimeout(this.#timer);
    const mine = await this.#take(alerts);
    // Always: what another window is at sending is left behind when that one is closed.
    this.#tryLater();
    if (mine.length === 0) return true;
    const isMine = ({ id }: UnsentAlert): boolean => mine.some((one) => one.id === id);
    try {
      await this.#parts.post(mine.map(({ alert }) => alert));
    } catch (error) {
      const isKept = !(error instanceof WebhookError && error.isFinal);
      this.#parts.onFailure(mine.length, error instanceof WebhookError ? error.message : 'it failed', isKept);
      if (!isKept) this.#unnoted = [];
      await this.#change((unsent) =>
        isKept
          ? unsent.map((one) => (isMine(one) ? { ...one, sendingSince: null } : one))
          : unsent.filter((one) => !isMine(one)),
      );
      return false;
    }
    this.#unnoted = [];
    await this.#change((unsent) => unsent.filter((one) => !isMine(one)));
    return true;
  }

  /** Makes alerts, and those that wait and that no other window is at sending, this window's to send. */
  async #take(alerts: readonly SpokenAlert[]): Promise<readonly UnsentAlert[]> {
    const now = Date.now();
    const isFresh = ({ alert }: UnsentAlert): boolean => Date.parse(alert.at) > now - this.#options.keptMs;
    const added = [
      ...this.#unnoted.filter(isFresh).map((one) => ({ ...one, sendingSince: now })),
      ...alerts.map((alert) => ({ id: randomUUID(), alert, sendingSince: now })),
    ].slice(-this.#options.kept);
    try {
      // Noted down before it is tried: VS Code may be closed meanwhile.
      const mine = await this.#parts.unsent.change((before) => {
        const unsent = before.filter(isFresh);
        const isTaken = ({ sendingSince }: UnsentAlert): boolean =>
          sendingSince !== null && Math.abs(now - sendingSince) < this.#options.sendingMs;
        const free = unsent.filter((one) => !isTaken(one)).map((one) => ({ ...one, sendingSince: now }));
        const result = [...free, ...added].slice(-this.#options.kept);
        return result.length === 0
          ? { value: before, result }
          : { value: [...unsent.filter(isTaken), ...result], result };
      });
      this.#unnoted = [];
      return mine;
    } catch {
      // A full disk is what a person has to hear of.
      this.#unnoted = added;
      return added;
    }
  }

  /** What cannot be noted down has its end all the same: nobody is at sending it after a while, and it grows old. */
  async #change(work: (unsent: readonly UnsentAlert[]) => readonly UnsentAlert[]): Promise<void> {
    await this.#parts.unsent.change((unsent) => ({ value: work(unsent), result: null })).catch(() => null);
  }

  #tryLater(): void {
    clearTimeout(this.#timer);
    if (!this.#isDisposed) this.#timer = setTimeout(() => void this.send([]), this.#options.tryAgainMs);
  }
}
