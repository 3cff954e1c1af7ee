import * as vscode from 'vscode';
import { redact } from './redact.ts';

/** The one log of the extension: an output channel whose lines hold no secrets. */
export class Log implements vscode.Disposable {
  readonly #channel = vscode.window.createOutputChannel('Backup Foresight', { log: true });

  info(text: string): void {
    this.#channel.info(redact(text));
  }

  warn(text: string): void {
    this.#channel.warn(redact(text));
  }

  /** Writes what was being done and the error with its stack. */
  error(doing: string, error: unknown): void {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#channel.error(redact(`${doing}: ${detail}`));
  }

  show(): void {
    this.#channel.show(true);
  }

  dispose(): void {
    this.#channel.dispose();
  }
}
