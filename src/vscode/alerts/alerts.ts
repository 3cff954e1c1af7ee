import type * as vscode from 'vscode';
import type { RiskMonitor } from '../analysis/riskMonitor.ts';
import type { Concerns } from '../findings/concerns.ts';
import type { Concern } from '../findings/findConcerns.ts';
import type { Marks } from '../findings/marks.ts';
import type { LiveSettings } from '../settings.ts';
import { dueAlerts, forgetEnded } from './dueAlerts.ts';
import { quietMinutesLeft } from './quietHours.ts';
import type { ToldAlerts } from './toldAlerts.ts';

/** What decides which alerts are due, and the ways on which they go. */
export interface AlertParts {
  monitor: RiskMonitor;
  settings: LiveSettings;
  concerns: Concerns;
  marks: Marks;
  /** Remembers what was told, over restarts and windows. */
  told: Pick<ToldAlerts, 'change'>;
  tell: (alerts: readonly Concern[]) => void;
}

/** Tells of concerns ahead of time, each once and in one window, and not in quiet hours. */
export class Alerts implements vscode.Disposable {
  readonly #parts: AlertParts;
  readonly #listeners: vscode.Disposable[];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: AlertParts) {
    this.#parts = parts;
    this.#listeners = [parts.concerns.onDidChange(() => void this.look())];
  }

  /** Tells what is due now. */
  async look(at = new Date()): Promise<void> {
    const { monitor, settings, concerns, marks, told, tell } = this.#parts;
    clearTimeout(this.#timer);
    const { isEnabled, quietHours } = settings.current.alerts;
    if (monitor.report === null || !isEnabled) return;
    const quietMinutes = quietMinutesLeft(quietHours, at.getHours() * 60 + at.getMinutes());
    if (quietMinutes > 0) {
      this.#timer = setTimeout(() => void this.look(), quietMinutes * 60_000);
      return;
    }
    // Remembered first: what was told twice is worse than what a crash has swallowed.
    const due = await told.change((before) => {
      // Asked only now that nobody else is at it: a look that waited would know nothing of a snooze that came meanwhile.
      const snoozed = new Set(marks.snoozed.map(([job]) => job));
      const isMuted = (concern: Concern): boolean => snoozed.has(concern.job) || marks.isExpected(concern);
      const options = { ...concerns.options(), now: at.getTime() };
      const { report } = monitor;
      if (report === null) return { value: before, result: [] };
      // Who snoozes a job wants to hear of it again.
      const kept = Object.entries(forgetEnded(before, report, options)).filter(([key]) => !snoozed.has(jobIn(key)));
      const toldAt = Object.fromEntries(kept);
      const result = dueAlerts(concerns.all, toldAt, { ...options, isMuted });
      for (const { key } of result) toldAt[key] = at.getTime();
      return { value: result.length > 0 || kept.length < Object.keys(before).length ? toldAt : before, result };
    });
    if (due.length > 0) tell(due);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const listener of this.#listeners) listener.dispose();
  }
}

function jobIn(key: string): string {
  return key.split('\n', 2)[1] ?? '';
}
