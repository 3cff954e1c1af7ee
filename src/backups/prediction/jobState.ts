/** What a job's past says about its next run, kept up to date in constant time per run. */
import { logit } from 'simple-statistics';
import type { BackupRun, FailureClass } from '../run.ts';
import { DecayingRate } from './decayingRate.ts';
import { featureIndex } from './features.ts';
import { labelOf } from './labelOf.ts';
import type { WeekPosition } from '../history/localClock.ts';
import { UsualLevel } from './usualLevel.ts';
import { RecencyRule, type RatePrior } from './rule.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Hour and weekday say something only after three weeks have been seen. */
export const calendarWarmUpMs = 21 * dayMs;

/** Share of the past forgotten with each run: about 50, 20, 10, 5 and 2 runs are remembered. */
const forgetting = [0.02, 0.05, 0.1, 0.2, 0.5];
const longestStreak = 12;
const gapBuckets = 12;
/** Pseudo-runs at the base rate in each of the counters below. */
const rateWeight = 2;
const hazardWeight = 5;
const calendarWeight = 20;
const largestDeviation = 4;

/** The run a prediction is for, as far as it is known before it starts. */
export interface PlannedRun {
  /** UTC epoch milliseconds; null when not known. */
  startsAt: number | null;
  sizeBytes?: number;
  durationMs?: number;
}

const rates = (count: number, forget: number): DecayingRate[] =>
  Array.from({ length: count }, () => new DecayingRate(forget));

export class JobState {
  readonly rule = new RecencyRule();
  /** Labels seen: successes and failures. */
  labelled = 0;
  failures = 0;
  lastLabel: 0 | 1 | null = null;
  /** Length of the current run of equal outcomes. */
  streak = 0;
  firstAt: number | null = null;
  lastAt: number | null = null;
  lastSuccessAt: number | null = null;
  lastFailureAt: number | null = null;
  lastFailureClass: FailureClass | null = null;
  readonly size = new UsualLevel();
  readonly duration = new UsualLevel();
  readonly partial = new DecayingRate(0.1);
  readonly afterStreak = rates(2 * longestStreak + 1, 0.01);
  readonly byHour = rates(24, 0.002);
  readonly byWeekday = rates(7, 0.002);
  readonly afterClass = new Map<FailureClass, DecayingRate>();
  readonly classes = new Map<FailureClass, number>();
  readonly #recent = forgetting.map((forget) => new DecayingRate(forget));
  readonly #afterGap = rates(2 * gapBuckets, 0.01);
  readonly #logGap = new UsualLevel();
  readonly #clock: (at: number) => WeekPosition;

  constructor(clock: (at: number) => WeekPosition) {
    this.#clock = clock;
  }

  /** Takes in a run that has ended. Runs still going, or skipped by their scheduler, teach nothing. */
  observe(run: BackupRun): void {
    if (run.outcome === 'running' || run.outcome === 'skipped') return;
    const at = run.startedAt;
    const label = labelOf(run);
    if (label !== null) this.#observeLabel(label, run);
    if (run.outcome === 'success' || run.outcome === 'partial') {
      this.partial.add(run.outcome === 'partial' ? 1 : 0);
      if (run.sizeBytes !== null) this.size.add(run.sizeBytes);
      if (run.durationMs !== null) this.duration.add(run.durationMs);
    }
    if (at === null) return;
    if (this.lastAt !== null) this.#logGap.add(Math.max(at - this.lastAt, 0) + minuteMs);
    this.firstAt ??= at;
    this.lastAt = at;
  }

  #observeLabel(label: 0 | 1, run: BackupRun): void {
    const at = run.startedAt;
    this.afterStreak[this.#streakCell()]!.add(label);
    const gapCell = this.#gapCell(at);
    if (gapCell !== null) this.#afterGap[gapCell]!.add(label);
    const moment = this.moment(at, run);
    if (moment.hour !== null) this.byHour[moment.hour]!.add(label);
    if (moment.weekday !== null) this.byWeekday[moment.weekday]!.add(label);
    if (this.lastLabel === 1 && this.lastFailureClass !== null) {
      let rate = this.afterClass.get(this.lastFailureClass);
      if (!rate) this.afterClass.set(this.lastFailureClass, (rate = new DecayingRate(0.01)));
      rate.add(label);
    }
    this.rule.add(label);
    for (const rate of this.#recent) rate.add(label);
    this.labelled++;
    this.failures += label;
    this.streak = label === this.lastLabel ? this.streak + 1 : 1;
    this.lastLabel = label;
    if (label === 1) {
      if (at !== null) this.lastFailureAt = at;
      this.lastFailureClass = run.failureClass;
      if (run.failureClass) this.classes.set(run.failureClass, (this.classes.get(run.failureClass) ?? 0) + 1);
    } else if (at !== null) this.lastSuccessAt = at;
  }

  /** Local hour and weekday of a start; where no time is known, what the record itself gives. */
  moment(
    at: number | null,
    run: Pick<BackupRun, 'given'> | null = null,
  ): { hour: number | null; weekday: number | null } {
    if (at !== null) return this.#clock(at);
    const { hourOfDay, dayOfWeek } = run?.given ?? {};
    return { hour: inRange(hourOfDay, 24), weekday: inRange(dayOfWeek, 7) };
  }

  /** True when hour and weekday have been watched long enough to say something. */
  knowsCalendar(at: number | null): boolean {
    return at !== null && this.firstAt !== null && at - this.firstAt >= calendarWarmUpMs;
  }

  /** Writes the features of the next run at `offset` into `row`. Every value is finite; 0 says nothing. */
  describe(row: Float64Array, offset: number, planned: PlannedRun, prior: RatePrior): void {
    const base = this.rule.baseRate(prior);
    const baseLogit = logit(base);
    const against = (rate: DecayingRate, weight: number): number => logit(rate.shrunk(base, weight)) - baseLogit;
    const set = (feature: number, value: number): void => {
      row[offset + feature] = value;
    };
    const at = planned.startsAt;
    row.fill(0, offset, offset + Object.keys(featureIndex).length);
    set(featureIndex.baseRate, baseLogit);
    set(featureIndex.rule, logit(this.rule.probability(prior)) - baseLogit);
    for (let k = 0; k < this.#recent.length; k++) {
      set(featureIndex.rateOverFifty + k, against(this.#recent[k]!, rateWeight));
    }
    const last = this.lastLabel === null ? 0 : this.lastLabel - base;
    set(featureIndex.lastOutcome, last);
    set(this.lastLabel === 1 ? featureIndex.failureStreak : featureIndex.successStreak, Math.log1p(this.streak));
    set(featureIndex.streakHazard, against(this.afterStreak[this.#streakCell()]!, hazardWeight));
    if (at !== null) {
      const gap = this.#gapRatio(at, this.lastAt);
      set(featureIndex.gap, gap);
      set(featureIndex.gapAfterOutcome, gap * last);
      const gapCell = this.#gapCell(at);
      if (gapCell !== null) set(featureIndex.gapHazard, against(this.#afterGap[gapCell]!, hazardWeight));
      set(featureIndex.sinceSuccess, this.#gapRatio(at, this.lastSuccessAt));
      set(featureIndex.sinceFailure, this.#gapRatio(at, this.lastFailureAt));
      if (this.knowsCalendar(at)) {
        const { hour, weekday } = this.#clock(at);
        set(featureIndex.hour, against(this.byHour[hour]!, calendarWeight));
        set(featureIndex.weekday, against(this.byWeekday[weekday]!, calendarWeight));
      }
    }
    const size = clamp(this.size.deviation(planned.sizeBytes));
    set(size > 0 ? featureIndex.sizeAbove : featureIndex.sizeBelow, Math.abs(size));
    const duration = clamp(this.duration.deviation(planned.durationMs));
    set(duration > 0 ? featureIndex.durationAbove : featureIndex.durationBelow, Math.abs(duration));
    set(featureIndex.growth, this.size.trend);
    set(featureIndex.slowing, this.duration.trend);
    set(featureIndex.partialRate, this.partial.shrunk(0, rateWeight));
    if (this.lastLabel === 1 && this.lastFailureClass !== null) {
      const rate = this.afterClass.get(this.lastFailureClass);
      if (rate) set(featureIndex.failureClass, against(rate, hazardWeight));
    }
  }

  /** How often runs failed after a streak like the present one, 0 to 1. */
  rateAfterStreak(base: number): number {
    return this.afterStreak[this.#streakCell()]!.shrunk(base, 1);
  }

  /** Usual time between runs; null before the second timed run. */
  get usualGapMs(): number | null {
    return this.#logGap.count === 0 ? null : this.#logGap.usual;
  }

  #streakCell(): number {
    const length = Math.min(this.streak, longestStreak);
    return longestStreak + (this.lastLabel === 1 ? length : -length);
  }

  #gapCell(at: number | null): number | null {
    if (at === null || this.lastAt === null || this.lastLabel === null) return null;
    const bucket = Math.min(gapBuckets - 1, Math.floor(Math.log2(1 + Math.max(at - this.lastAt, 0) / minuteMs)));
    return this.lastLabel * gapBuckets + bucket;
  }

  /** Natural logarithm of a time since something, in units of the usual time between runs. */
  #gapRatio(at: number, since: number | null): number {
    if (since === null || this.#logGap.count === 0) return 0;
    return Math.log(Math.max(at - since, 0) + minuteMs) - this.#logGap.level;
  }
}

const clamp = (value: number): number => Math.max(-largestDeviation, Math.min(largestDeviation, value));

const inRange = (value: number | undefined, end: number): number | null =>
  value !== undefined && Number.isInteger(value) && value >= 0 && value < end ? value : null;
