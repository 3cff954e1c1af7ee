/** A job's runs by the local day they started on. */
import type { JobSeries } from '../../src/backups/report.ts';
import type { Outcome } from '../../src/backups/run.ts';
import { instantOf, localTime } from '../zone.ts';

export interface CalendarDay {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  /** 0 (Monday) to 6 (Sunday). */
  weekday: number;
  startsAt: number;
  /** Runs by outcome; empty on a day without any. */
  outcomes: Partial<Record<Outcome, number>>;
  /** What the day is remembered for, and (index into the series) the first run that ended so; null without runs. */
  worst: { outcome: Outcome; run: number } | null;
}

/** How much a day is remembered for an outcome. */
const weights: Record<Outcome, number> = {
  failure: 6,
  partial: 5,
  cancelled: 4,
  unknown: 3,
  skipped: 2,
  running: 1,
  success: 0,
};
const mostDays = 366;
const dayMs = 86_400_000;

/**
 * Every day from the first run to the last, the days without runs too, oldest first; at most the last 366.
 *
 * Days are walked and not asked of Intl for each run, because there may be 100,000 runs.
 */
export function calendarDays(series: JobSeries, zone: string): CalendarDay[] {
  const { startedAt } = series;
  const runs: number[] = [];
  for (let run = 0; run < startedAt.length; run++) if (startedAt[run] !== null) runs.push(run);
  const at = (run: number): number => startedAt[run]!;
  runs.sort((a, b) => at(a) - at(b)); // nearly always sorted already, and quick then
  if (runs.length === 0) return [];
  const end = localTime(at(runs.at(-1)!), zone);
  const first = localTime(at(runs[0]!), zone);
  const count = Math.min(mostDays, daysBetween(first, end) + 1);
  const days = Array.from({ length: count }, (_, i) => emptyDay(end.year, end.month, end.day - (count - 1 - i), zone));
  let current = 0;
  for (const run of runs) {
    if (at(run) < days[0]!.startsAt) continue;
    while (current + 1 < days.length && at(run) >= days[current + 1]!.startsAt) current++;
    addRun(days[current]!, series.outcome[run]!, run);
  }
  return days;
}

function daysBetween(from: { year: number; month: number; day: number }, to: typeof from): number {
  return (Date.UTC(to.year, to.month - 1, to.day) - Date.UTC(from.year, from.month - 1, from.day)) / dayMs;
}

function emptyDay(year: number, month: number, day: number, zone: string): CalendarDay {
  const date = new Date(Date.UTC(year, month - 1, day)); // carries a day below 1 over into the month before
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: (date.getUTCDay() + 6) % 7,
    startsAt: instantOf({ year, month, day }, zone),
    outcomes: {},
    worst: null,
  };
}

function addRun(day: CalendarDay, outcome: Outcome, run: number): void {
  day.outcomes[outcome] = (day.outcomes[outcome] ?? 0) + 1;
  if (day.worst === null || weights[outcome] > weights[day.worst.outcome]) day.worst = { outcome, run };
}
