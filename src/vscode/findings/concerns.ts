import * as vscode from 'vscode';
import { forgetEnded } from '../alerts/dueAlerts.ts';
import type { RiskMonitor } from '../analysis/riskMonitor.ts';
import type { LiveSettings } from '../settings.ts';
import { findConcerns, type Concern, type ConcernOptions } from './findConcerns.ts';
import type { Marks } from './marks.ts';

/** What deserves attention in the last report, without what people called expected or snoozed. */
export class Concerns implements vscode.Disposable {
  readonly #monitor: RiskMonitor;
  readonly #settings: LiveSettings;
  readonly #marks: Marks;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listeners: vscode.Disposable[];
  #all: readonly Concern[] = [];

  readonly onDidChange = this.#changed.event;

  constructor(monitor: RiskMonitor, settings: LiveSettings, marks: Marks) {
    this.#monitor = monitor;
    this.#settings = settings;
    this.#marks = marks;
    this.#listeners = [
      monitor.onDidChange(() => {
        if (!monitor.isAnalyzing) this.#update();
      }),
      marks.onDidChange(() => this.#changed.fire()),
      // What follows an expected run is compared with it.
      marks.onDidMarkRun(() => void monitor.refresh()),
    ];
  }

  /** All, those that are expected or snoozed among them. */
  get all(): readonly Concern[] {
    return this.#all;
  }

  /** Those that nobody has called expected or snoozed. */
  get open(): readonly Concern[] {
    const snoozed = new Set(this.#marks.snoozed.map(([job]) => job));
    return this.#all.filter((concern) => !snoozed.has(concern.job) && !this.#marks.isExpected(concern));
  }

  options(): ConcernOptions {
    const { maxRisk, alerts } = this.#settings.current;
    return { now: this.#monitor.report?.generatedAt ?? Date.now(), maxRisk, fullWithinDays: alerts.diskFullDays };
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#changed.dispose();
  }

  #update(): void {
    const { report } = this.#monitor;
    if (report === null) return;
    const options = this.options();
    this.#all = findConcerns(report, options);
    // A risk that was expected and has fallen is news when it rises again.
    const marked = Object.fromEntries(this.#marks.expected.map(({ key }) => [key, options.now]));
    const kept = forgetEnded(marked, report, options);
    void this.#marks.forget({ keys: Object.keys(marked).filter((key) => !(key in kept)) });
    this.#changed.fire();
  }
}
