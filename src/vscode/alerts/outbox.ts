import type * as vscode from 'vscode';
import { WebhookError } from './postWebhook.ts';
import type { SpokenAlert } from './webhookBody.ts';

const stateKey = 'alerts.unsent';

/** How an outbox goes about what does not arrive; times in milliseconds. */
export interface OutboxOptions {
  /** Until it tries by itself again. */
  tryAgainMs: number;
  /** Older alerts are of no use to anybody. */
  keptMs: number;
  /** The latest that are kept, so that a place that is away for long does not fill the memory. */
  kept: number;
}

export const defaultOutboxOptions: OutboxOptions = { tryAgainMs: 15 * 60_000, keptMs: 24 * 3_600_000, kept: 100 };

/** What an outbox needs of its surroundings. */
export interface OutboxParts {
  /** Remembers what did not arrive, over restarts. */
  state: Pick<vscode.Memento, 'get' | 'update'>;
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
 * while later, for a day. One sending at a time, in order.
 */
export class Outbox {
  readonly #parts: OutboxParts;
  readonly #options: OutboxOptions;
  #sending: Promise<boolean> = Promise.resolve(true);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isDisposed = false;

  constructor(parts: OutboxParts, options = defaultOutboxOptions) {
    this.#parts = parts;
    this.#options = options;
    if (this.#unsent().length > 0) this.#tryLater(); // A restart has come between.
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
    await this.#parts.state.update(stateKey, undefined);
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
  }

  #unsent(): SpokenAlert[] {
    const since = Date.now() - this.#options.keptMs;
    return (this.#parts.state.get<SpokenAlert[]>(stateKey) ?? []).filter(({ at }) => Date.parse(at) > since);
  }

  async #sendWithUnsent(alerts: readonly SpokenAlert[]): Promise<boolean> {
    clearTimeout(this.#timer);
    const all = [...this.#unsent(), ...alerts].slice(-this.#options.kept);
    if (all.length === 0) return true;
    // Kept before it is tried: VS Code may be closed meanwhile.
    await this.#parts.state.update(stateKey, all);
    try {
      await this.#parts.post(all);
    } catch (error) {
      const isKept = !(error instanceof WebhookError && error.isFinal);
      this.#parts.onFailure(all.length, error instanceof WebhookError ? error.message : 'it failed', isKept);
      if (isKept) this.#tryLater();
      else await this.#parts.state.update(stateKey, undefined);
      return false;
    }
    await this.#parts.state.update(stateKey, undefined);
    return true;
  }

  #tryLater(): void {
    if (!this.#isDisposed) this.#timer = setTimeout(() => void this.send([]), this.#options.tryAgainMs);
  }
}
