import type * as vscode from 'vscode';
import type { LiveSettings } from '../settings.ts';
import { nextLookAt } from './nextLookAt.ts';
import type { RiskMonitor } from './riskMonitor.ts';

/** Timers cannot wait for longer than 24.8 days, and a machine may sleep. */
const longestWaitMs = 24 * 3_600_000;

/** Analyzes again when a run becomes due, so that one that does not come is noticed. */
export class DueTimer implements vscode.Disposable {
  readonly #listener: vscode.Disposable;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(monitor: RiskMonitor, settings: LiveSettings) {
    this.#listener = monitor.onDidChange(() => {
      clearTimeout(this.#timer);
      if (monitor.isAnalyzing || monitor.report === null || !settings.current.watch) return;
      const now = Date.now();
      const at = nextLookAt(monitor.report, now);
      if (at !== null) this.#timer = setTimeout(() => void monitor.refresh(), Math.min(at - now, longestWaitMs));
    });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listener.dispose();
  }
}
