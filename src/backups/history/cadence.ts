/** When a job runs, learned from when it ran; no schedule is configured anywhere. */
import { medianSorted } from 'simple-statistics';
import type { Cadence } from '../report.ts';

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;
const hoursOfWeek = 168;
/** The schedule is what the newest intervals show. */
const recentIntervals = 400;
/** A gap of more intervals is not walked through. */
const mostSteps = 100_000;
/** Above this ratio of spread to interval there is no schedule to be late for. */
const irregular = 0.5;

/** What the start times of a job's runs teach, whatever the moment. */
export interface Schedule {
  regular: Omit<Cadence, 'overdueMs'>;
  /** So late a run may be before it is overdue. */
  graceMs: number;
}

/**
 * The cadence of a job from the start times of its runs, oldest first, in UTC epoch milliseconds. The usual interval is
 * the median of the newest ones; the spread is their scaled median absolute deviation. What comes after a run depends on
 * its weekday (so that Friday is followed by Monday in a working-week schedule), and on its hour for jobs that run several
 * times a day. Null with fewer than three times, or when all are equal. Times that are not finite are left out.
 *
 * @example
 * const day = 86_400_000;
 * learnCadence([0, day, 2 * day, 3 * day], 5 * day)
 * //=> { medianIntervalMs: day, jitterMs: 0, nextExpectedAt: 4 * day, overdueMs: day, missedRuns: 0 }
 */
export function learnCadence(startTimes: readonly number[], now: number): Cadence | null {
  return cadenceAt(learnSchedule(startTimes), now);
}

/** A learned schedule at a moment: whether a run is overdue then. */
export function cadenceAt(schedule: Schedule | null, now: number): Cadence | null {
  if (!schedule) return null;
  const { medianIntervalMs, jitterMs, nextExpectedAt, missedRuns } = schedule.regular;
  const isOverdue = nextExpectedAt !== null && now > nextExpectedAt + schedule.graceMs;
  return { medianIntervalMs, jitterMs, nextExpectedAt, overdueMs: isOverdue ? now - nextExpectedAt : null, missedRuns };
}

/** The part of `learnCadence` that does not depend on the moment. */
export function learnSchedule(startTimes: readonly number[]): Schedule | null {
  const times = startTimes.filter((time) => Number.isFinite(time));
  const intervals: number[] = [];
  for (let n = 1; n < times.length; n++) intervals.push(times[n]! - times[n - 1]!);
  const recent = intervals.slice(-recentIntervals).filter((interval) => interval > 0);
  if (times.length < 3 || recent.length < 2) return null;
  const medianIntervalMs = medianOf(recent);
  const recentTimes = times.slice(-recentIntervals - 1);
  const retryMs = Math.min(medianIntervalMs / 2, 0.75 * quantileOf(recent, 0.25));
  const expectAfter = learnIntervals(recentTimes, medianIntervalMs, retryMs);
  const jitterMs = spreadOf(recentTimes, expectAfter);
  const graceMs = Math.max(3 * jitterMs, medianIntervalMs / 10, 15 * minuteMs);
  const regular = { medianIntervalMs, jitterMs, nextExpectedAt: null, missedRuns: 0 };
  if (jitterMs > irregular * medianIntervalMs) return { regular, graceMs };

  // A retry soon after a failure does not move the schedule.
  let last = times.length - 1;
  while (last > 0 && times[last]! - times[last - 1]! < retryMs) last--;
  const nextExpectedAt = times[last]! + expectAfter(times[last]!);
  return {
    regular: { ...regular, nextExpectedAt, missedRuns: countMissed(times, medianIntervalMs, expectAfter) },
    graceMs,
  };
}

/**
 * The usual interval after a run: by the weekday on which that run began, or by the hour of the week or else of the day
 * where there are several runs a day. Intervals below `retryMs` are those of retries.
 */
function learnIntervals(times: readonly number[], medianMs: number, retryMs: number): (startedAt: number) => number {
  const daily = medianMs >= 20 * hourMs;
  const slotMs = daily ? dayMs : hourMs;
  // Runs of one slot begin around the time of day, or the minute of the hour, of the newest one.
  const phase = (times.at(-1)! % slotMs) - slotMs / 2;
  const slotOf = (at: number): number => Math.floor((at - phase) / slotMs) % (daily ? 7 : hoursOfWeek);
  const bySlot = new Map<number, number[]>();
  const note = (slot: number, interval: number): void => {
    const list = bySlot.get(slot);
    if (list) list.push(interval);
    else bySlot.set(slot, [interval]);
  };
  for (let n = 1; n < times.length; n++) {
    const interval = times[n]! - times[n - 1]!;
    if (interval < retryMs) continue;
    const slot = slotOf(times[n - 1]!);
    note(slot, interval);
    if (!daily) note(hourSlot(slot), interval);
  }
  const usual = new Map<number, number>();
  for (const [slot, intervals] of bySlot) if (intervals.length >= 3) usual.set(slot, usualOf(intervals));
  if (daily) return (startedAt) => usual.get(slotOf(startedAt)) ?? medianMs;
  return (startedAt) => {
    const slot = slotOf(startedAt);
    // Where no run ever began: it is reckoned, or early or late for the hour before or after.
    for (const near of [slot, slot - 1, slot + 1]) {
      const found = usual.get((near + hoursOfWeek) % hoursOfWeek) ?? usual.get(hourSlot(near + hoursOfWeek));
      if (found !== undefined) return found;
    }
    return medianMs;
  };
}

/** The slot of an hour on any day, told apart from those of the hours of the week. */
function hourSlot(slot: number): number {
  return -1 - (slot % 24);
}

/** The median without those that are so long that a run was missed in them, which a schedule never has fewer of. */
function usualOf(intervals: readonly number[]): number {
  const longest = 1.4 * quantileOf(intervals, 0.3);
  return medianOf(intervals.filter((interval) => interval <= longest));
}

/** Scaled median absolute deviation of the intervals from what was expected of each. */
function spreadOf(times: readonly number[], expectAfter: (startedAt: number) => number): number {
  const deviations: number[] = [];
  for (let n = 1; n < times.length; n++) {
    const interval = times[n]! - times[n - 1]!;
    if (interval > 0) deviations.push(Math.abs(interval - expectAfter(times[n - 1]!)));
  }
  return 1.4826 * medianOf(deviations);
}

/**
 * The runs that were due between two others and did not come: each gap is walked through in the intervals that are usual
 * now. Where the runs around it had another schedule, it is counted in theirs.
 */
function countMissed(times: readonly number[], medianMs: number, expectAfter: (startedAt: number) => number): number {
  const recent = times.slice(-recentIntervals - 1);
  const usualMs = medianOf(inPairs(recent));
  const shortestMs = recent.reduce((shortest, at) => Math.min(shortest, expectAfter(at)), medianMs);
  let missed = 0;
  for (let n = 1; n < times.length; n++) {
    const gap = times[n]! - times[n - 1]!;
    // A sooner look at what `stepsBetween` finds for nearly all.
    if (gap <= 1.5 * shortestMs) continue;
    const walked = gap / medianMs > mostSteps ? 1 : stepsBetween(times[n - 1]!, times[n]!, expectAfter);
    if (walked === 0) continue;
    const around = times.slice(Math.max(0, n - 11), n + 11);
    const localMs = medianOf(inPairs(around));
    const isUsual = localMs > usualMs / 1.6 && localMs < 1.6 * usualMs && gap / medianMs <= mostSteps;
    missed += isUsual ? walked : gapsIn(gap, around, expectAfter(times[n - 1]!));
  }
  return missed;
}

/** How many runs were due after one run and before another, which may be late by half of what follows it. */
function stepsBetween(from: number, to: number, expectAfter: (startedAt: number) => number): number {
  let steps = 0;
  for (let due = from + expectAfter(from); to > due; steps++) {
    const following = expectAfter(due);
    if (to <= due + following / 2) break;
    due += following;
  }
  return steps;
}

/** How often the interval that is usual around a gap fits into what is too much of it. */
function gapsIn(gap: number, around: readonly number[], expectedMs: number): number {
  const localMs = medianOf(around.slice(1).map((time, n) => time - around[n]!));
  const expected = Math.max(localMs, expectedMs);
  return localMs > 0 && gap > expected + localMs / 2 ? Math.round((gap - expected) / localMs) : 0;
}

/** From each time to the second after it: the same all day long where runs take turns of a short and a long interval. */
function inPairs(times: readonly number[]): number[] {
  return times.slice(2).map((time, n) => time - times[n]!);
}

function quantileOf(values: readonly number[], part: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(part * (values.length - 1))] ?? 0;
}

function medianOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : medianSorted([...values].sort((a, b) => a - b));
}
