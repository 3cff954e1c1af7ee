import type { WeekPosition } from '../history/localClock.ts';
import { SortedWindow } from './sortedWindow.ts';
import { WeekdayOffsets } from './weekdayOffsets.ts';

/** One value that its history did not lead to expect. All numbers are logarithms; `z` is in robust deviations. */
export interface Deviation {
  /** The run's index in its job. */
  index: number;
  /** Becomes `levelShift` when the runs after it stay there. */
  shape: 'outlier' | 'levelShift' | 'drift';
  /** Signed, from −50 to 50. */
  z: number;
  /** Value minus expected value. */
  change: number;
  /** Range in which a value would not have been a surprise. */
  low: number;
  high: number;
}

export interface MonitorOptions {
  /** Least standard deviation of the logarithms. */
  leastDeviation: number;
  /** Least change worth a finding, of logarithms. */
  leastChange: number;
  /** Change, of logarithms, that is worth a finding with less evidence. */
  graveChange: number;
  drifts: boolean;
}

/** Deviations from which a value is out of range; at 4.5 a quiet job gives about one false finding in a year. */
export const limit = 4.5;
/** The same for a grave change, which is worth a false finding more. */
const graveLimit = 3;
const cap = 50;
const levelRuns = 21;
const spreadRuns = 60;
const warmUpRuns = 7;
/** Consistent runs out of range that make a new level, and runs after which even inconsistent ones do. */
const shiftRuns = 3;
const patienceRuns = 5;
/** Runs leaning to one side by `leanLimit` deviations that make a new level although none is out of range. */
const leanRuns = 6;
const leanLimit = 2;
/** Runs for which the level before a shift is remembered: a return to it is no surprise. */
const memoryRuns = 14;
/** Runs after a finding in which one like it is not told again. */
const quietRuns = 7;
/** An extreme is no news where one in this many recent runs was as extreme. */
const noveltyRuns = 60;
const extremesKept = 95;
/** Weight of the newest run in the slow average that shows drift, and runs that make its reference. */
const driftWeight = 0.1;
const referenceRuns = 14;
const driftChange = Math.log(1.5);

interface Circumstances {
  sigma: number;
  when: WeekPosition | null;
  /** What the weekday usually adds. */
  habit: number;
  /** The weekday was seen to be so, if not often enough for a habit. */
  isUsual: boolean;
}

interface Streak {
  direction: number;
  values: number[];
  /** The finding made for its first run; null when that was no news. */
  finding: Deviation | null;
  first: Deviation;
}

/**
 * Watches one metric of one job, run by run, and tells which values are out of the ordinary. The value expected is the
 * median of the last 21 runs plus the weekday's habit; deviations are measured by the median of the last 60 errors (MAD ×
 * 1.4826, never below a floor), so that single outliers move neither. A run out of range opens a streak with one finding;
 * when three consistent runs stay there the finding becomes a level shift and they are the new level.
 */
export class MetricMonitor {
  readonly #options: MonitorOptions;
  #level = new SortedWindow(levelRuns);
  readonly #errors = new SortedWindow(spreadRuns);
  readonly #weekdays = new WeekdayOffsets();
  #early: { value: number; when: WeekPosition | null }[] = [];
  #seen = 0;
  /** How far recent extremes were from the level and when they were, one for each streak. */
  #extremes: { distance: number; when: WeekPosition | null; seen: number }[] = [];
  #streak: Streak | null = null;
  #lean: Streak | null = null;
  /** The last outlier or new level that was told. */
  #told: { finding: Deviation; seen: number } | null = null;
  #previous: { level: SortedWindow; until: number } | null = null;
  #slow = NaN;
  #reference = NaN;
  #sinceReference = 0;

  /** Deviations and change of the last value observed; 0 while warming up. */
  z = 0;
  change = 0;
  /** What the weekday of the last value observed usually adds. */
  habit = 0;
  /** Range in which the last value observed was expected. */
  low = NaN;
  high = NaN;

  constructor(options: MonitorOptions) {
    this.#options = options;
  }

  /** How far the slow average has moved from its reference. */
  get moved(): number {
    return Number.isNaN(this.#reference) ? 0 : this.#slow - this.#reference;
  }

  /**
   * Takes the next value, as a logarithm, and gives a finding about it or, for a level that moved by small steps, about
   * the run with which that began; null when there is nothing to say. `explained` is what a known cause adds to the value.
   */
  observe(value: number, index: number, when: WeekPosition | null, explained = 0): Deviation | null {
    this.#seen++;
    if (this.#level.size < warmUpRuns && this.#errors.size < warmUpRuns) {
      this.#warmUp(value - explained, when);
      return null;
    }
    const sigma = this.#deviation();
    const weekday = when?.weekday ?? null;
    const habit = this.#weekdays.offset(weekday, sigma);
    this.habit = habit;
    const offset = habit + explained;
    const surprise = value - this.#level.median - offset;
    const error = explained > 0 ? lessAlarming(surprise, surprise + explained) : surprise;
    const expected = value - error;
    const spread = sigma * Math.sqrt(1 + 2 / this.#level.size);
    this.z = Math.max(-cap, Math.min(cap, error / spread));
    this.change = error;
    const reach = Math.min(
      Math.max(limit * spread, this.#options.leastChange),
      Math.max(graveLimit * spread, this.#options.graveChange),
    );
    this.low = expected - reach;
    this.high = expected + reach;
    const isOut = Math.abs(error) >= reach;
    const isUsual = isOut && this.#weekdays.hasSeen(weekday, error + habit);
    this.#weekdays.learn(weekday, surprise + habit);
    this.#errors.push(Math.abs(surprise));

    if (isOut && this.#returnsToPrevious(value - offset, spread)) return null;
    const deviation: Deviation = { index, shape: 'outlier', z: this.z, change: error, low: this.low, high: this.high };
    if (isOut) return this.#stray(value - offset, deviation, { sigma, when, habit, isUsual });
    this.#streak = null;
    // Less time than much more work would have taken says nothing about the usual run.
    if (error !== surprise && Math.abs(surprise) >= reach) return null;
    this.#level.push(value - offset);
    return this.#leanTo(value - offset, deviation) ?? this.#driftTo(value - offset, deviation, sigma);
  }

  /** Takes a value that a person called expected: the new level starts here. The old one is remembered for a while. */
  accept(value: number): void {
    this.#seen++;
    this.z = 0;
    this.change = 0;
    if (this.#level.size > 0) this.#restart([value]);
    else this.#level.push(value);
  }

  #warmUp(value: number, when: WeekPosition | null): void {
    this.z = 0;
    this.change = 0;
    this.#level.push(value);
    this.#early.push({ value, when });
    if (this.#level.size < warmUpRuns) return;
    for (const known of this.#level.values()) this.#errors.push(Math.abs(known - this.#level.median));
    for (const known of this.#early) {
      this.#weekdays.learn(known.when?.weekday ?? null, known.value - this.#level.median);
    }
    this.#early = [];
  }

  /** Few errors tell the spread badly, and rather too small: they are widened as Student's t is. */
  #deviation(): number {
    const few = 1 + 3 / this.#errors.size;
    return Math.max(1.4826 * this.#errors.median * few, this.#options.leastDeviation);
  }

  #returnsToPrevious(value: number, spread: number): boolean {
    if (!this.#previous || this.#seen > this.#previous.until) return false;
    if (Math.abs(value - this.#previous.level.median) > 3 * spread) return false;
    this.#level = this.#previous.level;
    this.#level.push(value);
    this.#previous = null;
    this.#streak = null;
    this.#lean = null;
    return true;
  }

  #stray(value: number, deviation: Deviation, { sigma, when, habit, isUsual }: Circumstances): Deviation | null {
    const direction = Math.sign(deviation.z);
    this.#lean = null;
    if (this.#streak?.direction !== direction) {
      const finding = !isUsual && this.#isNews(deviation.change, sigma, when) ? deviation : null;
      this.#extremes.push({ distance: deviation.change + habit, when, seen: this.#seen });
      if (finding) this.#told = { finding, seen: this.#seen };
      this.#streak = { direction, values: [value], finding, first: deviation };
      return finding;
    }
    const streak = this.#streak;
    streak.values.push(value);
    const spread = Math.max(...streak.values) - Math.min(...streak.values);
    const isConsistent = streak.values.length >= shiftRuns && spread <= 4 * sigma;
    if (!isConsistent && streak.values.length < patienceRuns) return null;
    this.#restart(streak.values);
    return this.#shift(streak);
  }

  /** The streak is a new level: told with its first run, or with what was told of the same change shortly before. */
  #shift({ first, finding, direction }: Streak): Deviation | null {
    const told = finding ?? this.#toldLately(direction, memoryRuns);
    (told ?? first).shape = 'levelShift';
    if (told) return null;
    this.#told = { finding: first, seen: this.#seen };
    return first;
  }

  #toldLately(direction: number, runs: number): Deviation | null {
    if (!this.#told || this.#seen - this.#told.seen > runs) return null;
    return Math.sign(this.#told.finding.z) === direction ? this.#told.finding : null;
  }

  /** Whether hardly any recent run was as extreme on this side: in a noisy job, or at a month's end, outliers are the rule. */
  #isNews(change: number, sigma: number, when: WeekPosition | null): boolean {
    this.#extremes = this.#extremes.filter(({ seen }) => this.#seen - seen <= extremesKept);
    const told = this.#toldLately(Math.sign(change), quietRuns);
    if (told && told.change / change >= 0.7) return false;
    let alike = 0;
    for (const past of this.#extremes) {
      const offset = this.#weekdays.offset(past.when?.weekday ?? null, sigma);
      const likeness = (past.distance - offset) / change;
      if (likeness >= 0.5 && sameInMonth(past.when, when)) return false;
      if (likeness >= 0.7) alike++;
    }
    return alike <= Math.floor(Math.min(this.#seen, extremesKept) / noveltyRuns);
  }

  #leanTo(value: number, deviation: Deviation): Deviation | null {
    if (Math.abs(deviation.z) < leanLimit) {
      this.#lean = null;
      return null;
    }
    const direction = Math.sign(deviation.z);
    if (this.#lean?.direction !== direction) {
      this.#lean = { direction, values: [], finding: null, first: deviation };
    }
    const lean = this.#lean;
    lean.values.push(value);
    if (lean.values.length < leanRuns || Math.abs(deviation.change) < this.#options.leastChange) return null;
    this.#restart(lean.values);
    return this.#shift(lean);
  }

  #restart(values: readonly number[]): void {
    this.#previous = { level: this.#level, until: this.#seen + memoryRuns };
    this.#level = new SortedWindow(levelRuns);
    for (const value of values) this.#level.push(value);
    this.#streak = null;
    this.#lean = null;
    this.#slow = NaN;
    this.#reference = NaN;
    this.#sinceReference = 0;
  }

  #driftTo(value: number, deviation: Deviation, sigma: number): Deviation | null {
    if (!this.#options.drifts) return null;
    this.#slow = Number.isNaN(this.#slow) ? this.#level.median : this.#slow + driftWeight * (value - this.#slow);
    this.#sinceReference++;
    if (Number.isNaN(this.#reference)) {
      if (this.#sinceReference >= referenceRuns) this.#reference = this.#level.median;
      return null;
    }
    const moved = this.moved;
    if (Math.abs(moved) < Math.max(driftChange, 3 * sigma * Math.sqrt(driftWeight / (2 - driftWeight)))) return null;
    const reference = this.#reference;
    this.#reference = this.#slow;
    return {
      ...deviation,
      shape: 'drift',
      z: Math.max(-cap, Math.min(cap, moved / sigma)),
      change: moved,
      low: reference - driftChange,
      high: reference + driftChange,
    };
  }
}

/** Whether two days stand in the same place of different months, counted from the first day or from the last. */
function sameInMonth(a: WeekPosition | null, b: WeekPosition | null): boolean {
  if (!a || !b || Math.abs(a.day - b.day) < 28) return false;
  const [one, other] = [placeInMonth(a.day), placeInMonth(b.day)];
  return one.fromFirst === other.fromFirst || one.fromLast === other.fromLast;
}

function placeInMonth(day: number): { fromFirst: number; fromLast: number } {
  const date = new Date(day * 86_400_000);
  const days = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return { fromFirst: date.getUTCDate(), fromLast: days - date.getUTCDate() };
}

/** Of more work that took less time than it might have, only what it took less than usual is a surprise. */
function lessAlarming(surprise: number, withoutCause: number): number {
  return surprise >= 0 ? surprise : Math.min(0, withoutCause);
}
