import assert from 'node:assert/strict';
import { test } from 'node:test';
import { weekHours } from '../../../../webview-ui/charts/weekHours.ts';
import { localTime, offsets } from '../../../../webview-ui/zone.ts';
import type { JobSeries } from '../../../../src/backups/report.ts';
import type { Outcome } from '../../../../src/backups/run.ts';
import { makeSeries } from './makeSeries.ts';

const at = (text: string): number => Date.parse(text);
const seriesOf = (startedAt: (number | null)[], outcome: Outcome[]): JobSeries =>
  makeSeries(startedAt.map((time, i) => ({ at: time, outcome: outcome[i]! })));

test('runs are counted in the hour that the zone’s clock showed, in winter as in summer', () => {
  const startedAt = [at('2026-01-05T02:30Z'), at('2026-07-06T01:59Z'), at('2026-07-06T02:00Z')];
  const found = weekHours(seriesOf(startedAt, ['success', 'failure', 'success']), 'Europe/Madrid');
  assert.deepEqual(
    found.map(({ weekday, hour, runs, failures }) => [weekday, hour, runs, failures]),
    [
      [0, 3, 2, 1],
      [0, 4, 1, 0],
    ],
  );
});

test('what is opened is the newest failure, else the newest run; runs without a time are left out', () => {
  const monday = at('2026-01-05T02:30Z');
  const week = 7 * 86_400_000;
  const startedAt = [monday, monday + week, null, monday + 2 * week, at('2026-01-06T00:00Z'), at('2026-01-13T00:00Z')];
  const outcome = ['failure', 'failure', 'failure', 'success', 'success', 'partial'] as const;
  const found = weekHours(seriesOf(startedAt, [...outcome]), 'UTC');
  assert.deepEqual(
    found.map(({ newest, runs }) => [newest, runs]),
    [
      [1, 3],
      [5, 2],
    ],
  );
  assert.deepEqual(found[0]!.outcomes, { failure: 2, success: 1 });
});

test('times before 1970 have a weekday too', () => {
  const [found] = weekHours(seriesOf([at('1969-12-31T23:00Z')], ['success']), 'UTC');
  assert.deepEqual([found!.weekday, found!.hour], [2, 23]);
});

test('offsets are the clock’s at every hour around a change', () => {
  for (const zone of ['Europe/Madrid', 'America/St_Johns', 'Asia/Kolkata', 'Pacific/Apia']) {
    const offsetAt = offsets(zone);
    for (let hour = at('2011-12-25T00:00Z'); hour < at('2012-01-05T00:00Z'); hour += 3_600_000) check(hour);
    for (let hour = at('2026-10-20T00:00Z'); hour < at('2026-11-05T00:00Z'); hour += 3_600_000) check(hour);
    function check(hour: number): void {
      const { year, month, day, hour: hours, minute } = localTime(hour, zone);
      assert.equal(hour + offsetAt(hour), Date.UTC(year, month - 1, day, hours, minute), `${zone} ${hour}`);
    }
  }
});
