/** A job's runs by the weekday and the hour they started in. */
import type { JobSeries } from '../../src/backups/report.ts';
import type { Outcome } from '../../src/backups/run.ts';
import { offsets } from '../zone.ts';

export interface WeekHour {
  /** 0 (Monday) to 6 (Sunday). */
  weekday: number;
  /** 0 to 23. */
  hour: number;
  outcomes: Partial<Record<Outcome, number>>;
  runs: number;
  failures: number;
  /** Index into the series: the newest run that failed, else the newest. */
  newest: number;
}

const hourMs = 3_600_000;

/**
 * The hours of the week in which runs started, from Monday 00:00 on. Runs without a start time are left out.
 *
 * @example weekHours({ ...series, startedAt: [0], outcome: ['success'] }, 'UTC')[0] //=> { weekday: 3, hour: 0, runs: 1, failures: 0, … }
 */
export function weekHours({ startedAt, outcome }: JobSeries, zone: string): WeekHour[] {
  const offsetAt = offsets(zone);
  const cells: (WeekHour | undefined)[] = Array.from({ length: 7 * 24 });
  for (let run = 0; run < startedAt.length; run++) {
    const at = startedAt[run];
    if (at === null || at === undefined) continue;
    const hours = Math.floor((at + offsetAt(at)) / hourMs);
    const place = (((hours + 3 * 24) % 168) + 168) % 168; // 1970 began on a Thursday
    const cell = (cells[place] ??= {
      weekday: Math.floor(place / 24),
      hour: place % 24,
      outcomes: {},
      runs: 0,
      failures: 0,
      newest: run,
    });
    const ended = outcome[run]!;
    const isNews = ended === 'failure' || cell.failures === 0;
    if (isNews) cell.newest = run;
    cell.outcomes[ended] = (cell.outcomes[ended] ?? 0) + 1;
    cell.runs++;
    if (ended === 'failure') cell.failures++;
  }
  return cells.filter((cell) => cell !== undefined);
}
