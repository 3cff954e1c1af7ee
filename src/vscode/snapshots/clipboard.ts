import { setTimeout as delay } from 'node:timers/promises';
import type * as vscode from 'vscode';

/** In a browser VS Code may first ask for the right to read, and answers when somebody has. */
const readMs = 2000;

/** Lends secrets to the clipboard: each is taken away again after a while, unless something else was copied since. */
export class Clipboard implements vscode.Disposable {
  readonly #system: vscode.Clipboard;
  readonly #lentMs: number;
  #lent: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(system: vscode.Clipboard, lentMs = 30_000) {
    this.#system = system;
    this.#lentMs = lentMs;
  }

  get lentSeconds(): number {
    return this.#lentMs / 1000;
  }

  async lend(value: string): Promise<void> {
    clearTimeout(this.#timer);
    this.#lent = value;
    await this.#system.writeText(value);
    this.#timer = setTimeout(() => void this.takeBack(), this.#lentMs);
  }

  async takeBack(): Promise<void> {
    clearTimeout(this.#timer);
    const lent = this.#lent;
    this.#lent = null;
    if (lent === null) return;
    const held = await Promise.race([this.#system.readText(), delay(readMs, null)]).catch(() => null);
    // One that cannot be read is emptied all the same: the secret may be in it.
    if (held === lent || held === null || held === '') await this.#system.writeText('');
  }

  dispose(): void {
    void this.takeBack();
  }
}
