/** Outcomes by weekday and hour: a table of buttons, so that every hour can be reached, read and opened. */
import type { JobSeries } from '../../src/backups/report.ts';
import { make } from '../make.ts';
import { outcomeCounts } from '../outcomeCounts.ts';
import type { PageContext } from '../pageContext.ts';
import { moveInCalendar } from './moveInCalendar.ts';
import { weekHours, type WeekHour } from './weekHours.ts';

const steps = { down: 24, right: 1 };
/** Above so many hours with runs in them, there is a pattern to be seen. */
const fewHours = 2;

/** Null when all runs start in one or two hours of the week: the days tell as much. */
export function weekHoursChart(series: JobSeries, context: PageContext): HTMLElement | null {
  const { words } = context;
  const found = weekHours(series, words.zone);
  if (found.length <= fewHours) return null;
  const most = Math.max(...found.map(({ runs }) => runs));
  const cells = new Map(found.map((cell) => [cell.weekday * 24 + cell.hour, hourButton(cell, most, series, context)]));
  [...cells.values()][0]!.tabIndex = 0;
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const name = (weekday: number, style: 'short' | 'long'): string =>
    new Intl.DateTimeFormat(words.language, { weekday: style, timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + weekday));
  const rows = Array.from({ length: 7 }, (_, weekday) =>
    make(
      'tr',
      {},
      make('th', { scope: 'row', 'aria-label': name(weekday, 'long') }, name(weekday, 'short')),
      ...hours.map((hour) => make('td', {}, cells.get(weekday * 24 + hour) ?? null)),
    ),
  );
  const heads = hours.map((hour) =>
    make('th', { scope: 'col' }, hour % 6 === 0 ? String(hour) : make('span', { class: 'spoken' }, hourText(hour))),
  );
  return make(
    'div',
    { class: 'table-scroll' },
    make(
      'table',
      {
        class: 'week-hours',
        keydown: (event) => moveInCalendar(event as KeyboardEvent, cells, steps),
      },
      make('caption', { class: 'spoken' }, words.say('report.weekHours')),
      make('thead', {}, make('tr', {}, make('td'), ...heads)),
      make('tbody', {}, ...rows),
    ),
  );
}

function hourButton(cell: WeekHour, most: number, series: JobSeries, context: PageContext): HTMLButtonElement {
  const { words } = context;
  const { weekday, hour, outcomes, runs, failures, newest } = cell;
  const label = words.say('report.weekHours.cell', {
    weekday,
    hour: hourText(hour),
    outcomes: outcomeCounts(outcomes, words),
  });
  const place = { path: series.paths[series.path[newest]!]!, line: series.line[newest]! };
  const button = make('button', {
    type: 'button',
    tabindex: -1,
    class: 'week-hour',
    'aria-label': label,
    title: label,
    click: () => context.openSource(place),
  });
  button.style.setProperty('--size', String(0.45 + 0.55 * Math.sqrt(runs / most)));
  button.style.setProperty('--failed', `${((failures / runs) * 100).toFixed(1)}%`);
  return button;
}

const hourText = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
