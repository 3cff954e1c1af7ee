/** What a job's past says about its next run, kept up to date in constant time per run. */
import { logit } from 'simple-statistics';
import type { WeekPosition } from '../history/localClock.ts';
import type { BackupRun, FailureClass, GivenContext } from '../run.ts';
import { DecayingRate } from './decayingRate.ts';
import type { Excess } from './excessModel.ts';
import { featureIndex } from './features.ts';
import { labelOf } from './labelOf.ts';
import { RecencyRule, type RatePrior } from './rule.ts';
import { UsualLevel } from './usualLevel.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Hour and weekday say something only after three weeks, or where no times are known, fifty runs. */
const calendarWarmUpMs = 21 * dayMs;
const calendarWarmUpRuns = 50;

const longestStreak = 12;
const gapBuckets = 12;
/** Pseudo-runs at the base rate that each counter starts from. */
const rateWeight = 2;
const hazardWeight = 5;
const calendarWeight = 20;
/** Deviations and log-odds count up to here: beyond it, a larger number tells nothing more. */
const largestDeviation = 4;
/** A rate is told to a person once its case was seen this often (what is forgotten counts less). */
const fewestSeen = 2.9;

/** The run a prediction is for, as far as it is known before it starts. */
export interface PlannedRun {
  /** UTC epoch milliseconds; null when not known. */
  startsAt: number | null;
  /** What the record itself says of hour, weekday and past success. */
  given?: GivenContext | null;
  sizeBytes?: number;
  durationMs?: number;
}

const counters = (count: number, forget: number): DecayingRate[] =>
  Array.from({ length: count }, () => new DecayingRate(forget));

export class JobState {
  readonly rule = new RecencyRule();
  lastLabel: 0 | 1 | null = null;
  /** How many labelled runs in a row ended as the last one did. */
  streak = 0;
  lastAt: number | null = null;
  lastSuccessAt: number | null = null;
  lastFailureClass: FailureClass | null = null;
  readonly size = new UsualLevel();
  readonly duration = new UsualLevel();
  /** Share of partial runs among those that left a usable archive. */
  readonly partial = new DecayingRate(0.1);
  readonly byHour = counters(24, 0.002);
  readonly byWeekday = counters(7, 0.002);
  /** Outcomes of the run after a failure of each class. */
  readonly afterClass = new Map<FailureClass, DecayingRate>();
  /** Failures of each class. */
  readonly classes = new Map<FailureClass, number>();
  #firstAt: number | null = null;
  #lastFailureAt: number | null = null;
  #statedSuccessRate: number | null = null;
  readonly #overFifty = new DecayingRate(0.02);
  readonly #overTwo = new DecayingRate(0.5);
  readonly #afterPartial = new DecayingRate(0.01);
  #isAfterPartial = false;
  readonly #afterOutcome = counters(2, 0.05);
  readonly #afterStreak = counters(2 * longestStreak + 1, 0.01);
  readonly #afterGap = counters(2 * gapBuckets, 0.01);
  readonly #gap = new UsualLevel();
  readonly #clock: (at: number) => WeekPosition;

  constructor(clock: (at: number) => WeekPosition) {
    this.#clock = clock;
  }

  /** Takes in a run that has ended. Runs still going, or skipped by their scheduler, teach nothing. */
  observe(run: BackupRun, prior: RatePrior): void {
    if (run.outcome === 'running' || run.outcome === 'skipped') return;
    const label = labelOf(run);
    if (label !== null) this.#observeLabel(label, run, prior);
    this.#isAfterPartial = run.outcome === 'partial';
    if (run.outcome === 'success' || run.outcome === 'partial') {
      this.partial.add(run.outcome === 'partial' ? 1 : 0);
      if (run.sizeBytes !== null) this.size.add(run.sizeBytes);
      if (run.durationMs !== null) this.duration.add(run.durationMs);
    }
    if (run.startedAt === null) return;
    if (this.lastAt !== null) this.#gap.add(Math.max(run.startedAt - this.lastAt, 0) + minuteMs);
    this.#firstAt ??= run.startedAt;
    this.lastAt = run.startedAt;
  }

  #observeLabel(label: 0 | 1, run: BackupRun, prior: RatePrior): void {
    const at = run.startedAt;
    if (this.lastLabel !== null) {
      this.#afterOutcome[this.lastLabel]!.add(label);
      this.#afterStreak[this.#streakCell()]!.add(label);
      const gapCell = this.#gapCell(at);
      if (gapCell !== null) this.#afterGap[gapCell]!.add(label);
      if (this.lastLabel === 1 && this.lastFailureClass !== null) this.#afterLastClass(true)!.add(label);
    }
    if (this.#isAfterPartial) this.#afterPartial.add(label);
    const { hour, weekday } = this.moment({ startsAt: at, given: run.given });
    if (hour !== null) this.byHour[hour]!.add(label);
    if (weekday !== null) this.byWeekday[weekday]!.add(label);
    this.rule.add(label, prior);
    this.#overFifty.add(label);
    this.#overTwo.add(label);
    this.streak = label === this.lastLabel ? this.streak + 1 : 1;
    this.lastLabel = label;
    this.#statedSuccessRate = run.given?.previousSuccessRate ?? this.#statedSuccessRate;
    if (label === 0) {
      this.lastSuccessAt = at ?? this.lastSuccessAt;
    } else {
      this.#lastFailureAt = at ?? this.#lastFailureAt;
      this.lastFailureClass = run.failureClass;
      if (run.failureClass) this.classes.set(run.failureClass, (this.classes.get(run.failureClass) ?? 0) + 1);
    }
  }

  /** Hour and weekday of a start in the job's zone; where no time is known, what the record itself gives. */
  moment({ startsAt, given }: PlannedRun): { hour: number | null; weekday: number | null } {
    if (startsAt !== null) return this.#clock(startsAt);
    return { hour: inRange(given?.hourOfDay, 24), weekday: inRange(given?.dayOfWeek, 7) };
  }

  /** How often runs failed after a streak like the present one, 0 to 1; null while that was seen fewer than three times. */
  rateAfterStreak(): number | null {
    const { failures, runs } = this.#afterStreak[this.#streakCell()]!;
    return runs < fewestSeen ? null : failures / runs;
  }

  /** How often runs failed after a failure of the last one's class; null when the last run did not fail, or no class is known. */
  rateAfterClass(base: number, weight: number): number | null {
    if (this.lastLabel !== 1 || this.lastFailureClass === null) return null;
    return this.#afterLastClass(false)?.shrunk(base, weight) ?? base;
  }

  /** Usual time between runs; null before the second timed run. */
  get usualGapMs(): number | null {
    return this.#gap.count === 0 ? null : this.#gap.usual;
  }

  /** How far a size and a duration lie above the usual; see `ExcessModel`. */
  excessOf({ sizeBytes, durationMs }: { sizeBytes?: number | null; durationMs?: number | null }): Excess {
    return [aboveUsual(this.size, sizeBytes), aboveUsual(this.duration, durationMs)];
  }

  /** Writes the features of the next run into `row`. Every value is finite; 0 says nothing. */
  describe(row: Float64Array, planned: PlannedRun, prior: RatePrior): void {
    row.fill(0);
    const base = this.rule.baseRate(prior);
    const baseLogOdds = logit(base);
    const against = (counter: DecayingRate, weight: number): number =>
      logit(counter.shrunk(base, weight)) - baseLogOdds;
    row[featureIndex.baseRate] = baseLogOdds;
    row[featureIndex.rule] = logit(this.rule.probability(prior)) - baseLogOdds;
    row[featureIndex.rateOverFifty] = against(this.#overFifty, rateWeight);
    row[featureIndex.rateOverTwo] = against(this.#overTwo, rateWeight);
    if (this.lastLabel !== null) {
      row[featureIndex.afterOutcome] = against(this.#afterOutcome[this.lastLabel]!, rateWeight);
      row[featureIndex.afterStreak] = against(this.#afterStreak[this.#streakCell()]!, hazardWeight);
      row[this.lastLabel === 1 ? featureIndex.failureStreak : featureIndex.successStreak] = Math.log1p(this.streak);
    }
    if (planned.startsAt !== null) this.#describeTimes(row, planned.startsAt, against);
    if (this.#knowsCalendar(planned.startsAt)) this.#describeCalendar(row, planned, against);
    const size = bounded(this.size.deviation());
    row[size > 0 ? featureIndex.sizeAbove : featureIndex.sizeBelow] = Math.abs(size);
    const duration = bounded(this.duration.deviation());
    row[duration > 0 ? featureIndex.durationAbove : featureIndex.durationBelow] = Math.abs(duration);
    row[featureIndex.growth] = bounded(this.size.trend);
    row[featureIndex.slowing] = bounded(this.duration.trend);
    row[featureIndex.partialRate] = this.partial.shrunk(0, rateWeight);
    if (this.#isAfterPartial) row[featureIndex.afterPartial] = against(this.#afterPartial, hazardWeight);
    const afterClass = this.rateAfterClass(base, hazardWeight);
    if (afterClass !== null) row[featureIndex.failureClass] = logit(afterClass) - baseLogOdds;
    const stated = planned.given?.previousSuccessRate ?? this.#statedSuccessRate;
    if (stated !== null) {
      row[featureIndex.statedRate] = bounded(logit(Math.min(0.99, Math.max(0.01, 1 - stated))) - baseLogOdds);
    }
  }

  #describeTimes(row: Float64Array, at: number, against: (counter: DecayingRate, weight: number) => number): void {
    row[featureIndex.gap] = this.#gapsSince(at, this.lastAt);
    const gapCell = this.#gapCell(at);
    if (gapCell !== null) row[featureIndex.afterGap] = against(this.#afterGap[gapCell]!, hazardWeight);
    row[featureIndex.sinceSuccess] = this.#gapsSince(at, this.lastSuccessAt);
    row[featureIndex.sinceFailure] = this.#gapsSince(at, this.#lastFailureAt);
  }

  #describeCalendar(
    row: Float64Array,
    planned: PlannedRun,
    against: (counter: DecayingRate, weight: number) => number,
  ): void {
    const { hour, weekday } = this.moment(planned);
    if (hour !== null) {
      row[featureIndex.hour] = against(this.byHour[hour]!, calendarWeight);
      row[featureIndex.hourSine] = Math.sin((hour * Math.PI) / 12);
      row[featureIndex.hourCosine] = Math.cos((hour * Math.PI) / 12);
    }
    if (weekday !== null) row[featureIndex.weekday] = against(this.byWeekday[weekday]!, calendarWeight);
  }

  #knowsCalendar(at: number | null): boolean {
    if (at === null || this.#firstAt === null) return this.rule.runs >= calendarWarmUpRuns;
    return at - this.#firstAt >= calendarWarmUpMs;
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

  #afterLastClass(create: boolean): DecayingRate | undefined {
    let counter = this.afterClass.get(this.lastFailureClass!);
    if (!counter && create) this.afterClass.set(this.lastFailureClass!, (counter = new DecayingRate(0.01)));
    return counter;
  }

  /** Natural logarithm of the time since something, in units of the usual time between runs. */
  #gapsSince(at: number, since: number | null): number {
    if (since === null || this.#gap.count === 0) return 0;
    return Math.log(Math.max(at - since, 0) + minuteMs) - this.#gap.level;
  }
}

const bounded = (value: number): number => Math.max(-largestDeviation, Math.min(largestDeviation, value));

function aboveUsual(usual: UsualLevel, value: number | null | undefined): number {
  return value === null || value === undefined ? 0 : Math.max(0, bounded(usual.deviation(value)));
}

const inRange = (value: number | undefined, end: number): number | null =>
  value !== undefined && Number.isInteger(value) && value >= 0 && value < end ? value : null;
