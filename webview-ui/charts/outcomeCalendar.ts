/** How each day went, a month a block; made of buttons and not of pixels, so that every day can be reached and opened. */
import type { JobSeries } from '../../src/backups/report.ts';
import type { Outcome } from '../../src/backups/run.ts';
import { make } from '../make.ts';
import { outcomeCounts } from '../outcomeCounts.ts';
import type { PageContext } from '../pageContext.ts';
import { calendarDays, type CalendarDay } from './calendarDays.ts';
import { moveInCalendar } from './moveInCalendar.ts';

/** As the days stand: down by a day, to the right by a week. */
const daySteps = { down: 1, right: 7 };

/** Null when no run has a start time. */
export function outcomeCalendar(series: JobSeries, context: PageContext): HTMLElement | null {
  const { words } = context;
  const days = calendarDays(series, words.zone);
  if (days.length === 0) return null;
  const cells = new Map<number, HTMLButtonElement>();
  const place = (run: number) => ({ path: series.paths[series.path[run]!]!, line: series.line[run]! });
  days.forEach((day, i) => {
    if (day.worst) cells.set(i, dayButton(day, context, place));
  });
  [...cells.values()].at(-1)!.tabIndex = 0;
  const firsts = days.flatMap(({ day }, i) => (i === 0 || day === 1 ? [i] : []));
  const blocks = firsts.map((from, i) => {
    const ofMonth = days.slice(from, firsts[i + 1]).map((day, offset) => ({ day, cell: cells.get(from + offset) }));
    return monthBlock(ofMonth, words.language);
  });
  const seen = new Set(days.flatMap(({ worst }) => worst?.outcome ?? []));
  return make(
    'div',
    {},
    make('ul', { class: 'legend', 'aria-label': words.say('report.legend') }, ...calendarLegend(seen, context)),
    make(
      'div',
      {
        class: 'calendar',
        role: 'group',
        'aria-label': words.say('report.calendar.about', {
          from: words.date(days[0]!.startsAt),
          to: words.date(days.at(-1)!.startsAt),
        }),
        keydown: (event) => moveInCalendar(event as KeyboardEvent, cells, daySteps),
      },
      ...blocks,
    ),
  );
}

function dayButton(
  day: CalendarDay,
  context: PageContext,
  place: (run: number) => { path: string; line: number },
): HTMLButtonElement {
  const { outcome, run } = day.worst!;
  const { words } = context;
  const label = words.say('report.calendar.day', { at: day.startsAt, outcomes: outcomeCounts(day.outcomes, words) });
  return make('button', {
    type: 'button',
    tabindex: -1,
    class: `day day-${outcome}`,
    'aria-label': label,
    title: label,
    click: () => context.openSource(place(run)),
  });
}

function monthBlock(days: { day: CalendarDay; cell: HTMLElement | undefined }[], language: string): HTMLElement {
  const { year, month, weekday } = days[0]!.day;
  const name = new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' }).format(
    Date.UTC(year, month - 1, 15),
  );
  const blanks = Array.from({ length: weekday }, () => make('span', { class: 'day-blank' }));
  return make(
    'div',
    { class: 'month' },
    make('span', { class: 'month-name', 'aria-hidden': 'true' }, month === 1 ? `${name} ${year}` : name),
    make(
      'div',
      { class: 'month-days' },
      ...blanks,
      ...days.map(({ cell }) => cell ?? make('span', { class: 'day-empty' })),
    ),
  );
}

function calendarLegend(seen: Set<Outcome>, { words }: PageContext): HTMLElement[] {
  const shown = (['success', 'partial', 'failure', 'cancelled', 'skipped', 'unknown'] as const).filter((outcome) =>
    seen.has(outcome),
  );
  return shown.map((outcome) =>
    make(
      'li',
      {},
      make(
        'span',
        { class: 'marked' },
        make('span', { class: `day day-${outcome}` }),
        words.say(`report.outcome.${outcome}`),
      ),
    ),
  );
}
