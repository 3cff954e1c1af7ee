/** When a job runs, learned from when it ran; no schedule is configured anywhere. */
import { medianSorted } from 'simple-statistics';
import type { Cadence } from '../report.ts';

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;
/** The schedule is what the newest intervals show. */
const recentIntervals = 400;
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
 * its weekday (so that Friday is followed by Monday in a working-week schedule), or on its hour for jobs that run several
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
  const expectAfter = learnIntervals(times.slice(-recentIntervals - 1), medianIntervalMs);
  const jitterMs = spreadOf(times.slice(-recentIntervals - 1), expectAfter);
  const graceMs = Math.max(3 * jitterMs, medianIntervalMs / 10, 15 * minuteMs);
  const regular = { medianIntervalMs, jitterMs, nextExpectedAt: null, missedRuns: 0 };
  if (jitterMs > irregular * medianIntervalMs) return { regular, graceMs };

  // A retry soon after a failure does not move the schedule.
  let last = times.length - 1;
  while (last > 0 && times[last]! - times[last - 1]! < medianIntervalMs / 2) last--;
  const nextExpectedAt = times[last]! + expectAfter(times[last]!);
  return {
    regular: { ...regular, nextExpectedAt, missedRuns: countMissed(times, medianIntervalMs, expectAfter) },
    graceMs,
  };
}

/** The usual interval after a run, by the weekday or the hour at which that run began. */
function learnIntervals(times: readonly number[], medianMs: number): (startedAt: number) => number {
  const daily = medianMs >= 20 * hourMs;
  const slotOf = (at: number): number => (daily ? (Math.floor(at / dayMs) + 3) % 7 : Math.floor(at / hourMs) % 24);
  const bySlot = new Map<number, number[]>();
  for (let n = 1; n < times.length; n++) {
    const interval = times[n]! - times[n - 1]!;
    if (interval < medianMs / 2) continue;
    const slot = slotOf(times[n - 1]!);
    const list = bySlot.get(slot);
    if (list) list.push(interval);
    else bySlot.set(slot, [interval]);
  }
  const usual = new Map<number, number>();
  for (const [slot, intervals] of bySlot) if (intervals.length >= 3) usual.set(slot, medianOf(intervals));
  return (startedAt) => usual.get(slotOf(startedAt)) ?? medianMs;
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

/** Gaps that are too long, each counted in the intervals usual around it: a schedule may have changed since. */
function countMissed(times: readonly number[], medianMs: number, expectAfter: (startedAt: number) => number): number {
  let missed = 0;
  for (let n = 1; n < times.length; n++) {
    const gap = times[n]! - times[n - 1]!;
    if (gap <= 1.5 * medianMs) continue;
    const around: number[] = [];
    for (let m = Math.max(1, n - 10); m <= Math.min(times.length - 1, n + 10); m++)
      around.push(times[m]! - times[m - 1]!);
    const localMs = medianOf(around);
    const expected = Math.max(localMs, expectAfter(times[n - 1]!));
    if (localMs > 0 && gap > expected + localMs / 2) missed += Math.round((gap - expected) / localMs);
  }
  return missed;
}

function medianOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : medianSorted([...values].sort((a, b) => a - b));
}
