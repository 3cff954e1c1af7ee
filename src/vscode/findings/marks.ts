import * as vscode from 'vscode';
import type { ExpectedMark } from '../../backups/anomalies/findAnomalies.ts';
import type { Metric } from '../../backups/report.ts';
import type { Concern, ConcernKind } from './findConcerns.ts';

/** A concern that a person called expected. */
export interface Mark {
  key: string;
  kind: ConcernKind;
  job: string;
  /** The run it is about, UTC epoch milliseconds. */
  startedAt: number | null;
  /** What was expected of an anomaly; null for all that the run shows. */
  metric: Metric | null;
  /** When it was marked. */
  markedAt: number;
}

interface Stored {
  expected: Record<string, Mark>;
  /** Job ids, with the end of the snooze in UTC epoch milliseconds. */
  snoozed: Record<string, number>;
}

const stateKey = 'findings.marks';
/** More than a person ever marks by hand; the oldest go first. */
const maxMarks = 2000;

/**
 * Owns what people said about concerns: which are expected, which jobs are to be quiet for a while. Kept in the global
 * state, because logs outside the workspace are the same in every window.
 */
export class Marks implements vscode.Disposable {
  readonly #state: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #runMarked = new vscode.EventEmitter<void>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Told after something was marked or unmarked, and when a snooze ends. */
  readonly onDidChange = this.#changed.event;
  /** Told when other runs count as expected. */
  readonly onDidMarkRun = this.#runMarked.event;

  constructor(state: vscode.Memento) {
    this.#state = state;
    this.#waitForSnoozes();
  }

  get expected(): Mark[] {
    return Object.values(this.#stored.expected);
  }

  /** Jobs that are snoozed now, with the end of it. */
  get snoozed(): [job: string, until: number][] {
    const now = Date.now();
    return Object.entries(this.#stored.snoozed).filter(([, until]) => until > now);
  }

  /** The runs among them whose values are the new normal. */
  get expectedRuns(): ExpectedMark[] {
    return this.expected.flatMap(({ kind, job, startedAt, metric }) =>
      kind === 'anomaly' && startedAt !== null ? { job, startedAt, ...(metric !== null && { metric }) } : [],
    );
  }

  isExpected(concern: Pick<Concern, 'key'>): boolean {
    return Object.hasOwn(this.#stored.expected, concern.key);
  }

  isSnoozed(job: string): boolean {
    return this.snoozed.some(([snoozedJob]) => snoozedJob === job);
  }

  /** @param others what else the report has found; an anomaly that stands alone in its run makes the whole run expected. */
  async markExpected({ key, kind, job, startedAt, metric }: Concern, others: readonly Concern[] = []): Promise<void> {
    const isAlone = !others.some(
      (other) => other.kind === kind && other.job === job && other.startedAt === startedAt && other.key !== key,
    );
    const mark = { key, kind, job, startedAt, metric: isAlone ? null : metric, markedAt: Date.now() };
    const marks = [...this.expected, mark];
    const newest = marks.sort((a, b) => b.markedAt - a.markedAt).slice(0, maxMarks);
    await this.#store({ ...this.#stored, expected: Object.fromEntries(newest.map((mark) => [mark.key, mark])) });
  }

  async snooze(job: string, untilMs: number): Promise<void> {
    await this.#store({ ...this.#stored, snoozed: { ...Object.fromEntries(this.snoozed), [job]: untilMs } });
  }

  /** Takes back what was said: the keys of marks, and the jobs that were snoozed. */
  async forget({ keys = [], jobs = [] }: { keys?: readonly string[]; jobs?: readonly string[] }): Promise<void> {
    if (keys.length === 0 && jobs.length === 0) return;
    const { expected, snoozed } = this.#stored;
    const without = <T>(record: Record<string, T>, names: readonly string[]): Record<string, T> =>
      Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
    await this.#store({ expected: without(expected, keys), snoozed: without(snoozed, jobs) });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#changed.dispose();
    this.#runMarked.dispose();
  }

  get #stored(): Stored {
    return this.#state.get<Stored>(stateKey) ?? { expected: {}, snoozed: {} };
  }

  async #store(stored: Stored): Promise<void> {
    const before = JSON.stringify(this.expectedRuns);
    await this.#state.update(stateKey, stored);
    this.#waitForSnoozes();
    this.#changed.fire();
    if (JSON.stringify(this.expectedRuns) !== before) this.#runMarked.fire();
  }

  #waitForSnoozes(): void {
    clearTimeout(this.#timer);
    const ends = this.snoozed.map(([, until]) => until);
    if (ends.length === 0) return;
    // A timer cannot wait for longer; it then only looks once too often.
    const wait = Math.min(Math.min(...ends) - Date.now(), 24 * 3_600_000);
    this.#timer = setTimeout(() => {
      this.#waitForSnoozes();
      this.#changed.fire();
    }, wait);
  }
}
