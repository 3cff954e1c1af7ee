/** All jobs in one table: where to look first. */
import type { JobOverview, ReportOverview } from '../../src/protocol/reportOverview.ts';
import { fullIn } from '../fullIn.ts';
import { jobName } from '../jobName.ts';
import { make, type Child } from '../make.ts';
import { mark, marked, outcomeMark, severityMark } from '../marks.ts';
import { outcomeStrip } from './outcomeStrip.ts';
import type { PageContext } from '../pageContext.ts';
import { riskTrend } from './riskTrend.ts';
import { riskBar } from '../riskBar.ts';
import { sortJobs } from './sortJobs.ts';
import { summary } from './summary.ts';
import type { SortColumn } from '../viewState.ts';
import { roundToSpoken, type Words } from '../words.ts';

const fewJobs = 8;
const minuteMs = 60_000;

export interface Overview {
  element: HTMLElement;
  /** Marks the job that is shown below. */
  setCurrent: (id: string) => void;
}

interface Column {
  name: string;
  label: string;
  sort: SortColumn | null;
  cell: (job: JobOverview) => Child[];
}

export function overview(report: ReportOverview, current: string, context: PageContext): Overview {
  const { words, state } = context;
  // Without a capacity in the settings, nobody can know when it is reached.
  const hasFull = report.jobs.some(({ daysToFull }) => fullIn(daysToFull) !== null);
  const columns = columnsOf(context).filter(({ name }) => name !== 'full' || hasFull);
  const rows = new Map(report.jobs.map((job) => [job.id, jobRow(job, columns, context)]));
  const body = make('tbody', { role: 'rowgroup' });
  body.addEventListener('keydown', (event) => moveBetweenJobs(event, body));
  const all = make('button', {
    type: 'button',
    class: 'link',
    'data-key': 'all-jobs',
    click: () => {
      state.update({ allJobs: !state.get().allJobs });
      arrange();
    },
  });
  let shownId = current;

  const arrange = (): void => {
    const { sort, allJobs } = state.get();
    const sorted = sortJobs(report.jobs, sort, context.now);
    const shown = sorted.filter(({ id }, i) => allJobs || i < fewJobs || id === shownId);
    const focused = document.activeElement;
    body.replaceChildren(...shown.map(({ id }) => rows.get(id)!));
    // Taking a row out and putting it back has cost it the focus.
    if (focused instanceof HTMLElement && body.contains(focused)) focused.focus({ preventScroll: true });
    for (const [id, row] of rows) row.querySelector('button')?.setAttribute('aria-current', String(id === shownId));
    all.hidden = report.jobs.length <= fewJobs;
    all.textContent = words.say(allJobs ? 'report.jobs.fewer' : 'report.jobs.all', { jobs: report.jobs.length });
    headers.forEach((header, i) => {
      const sorting = columns[i]!.sort === sort.column;
      if (sorting) header.setAttribute('aria-sort', sort.descending ? 'descending' : 'ascending');
      else header.removeAttribute('aria-sort');
    });
  };
  const headers = columns.map(({ name, label, sort }) => {
    const attributes = { scope: 'col', role: 'columnheader', class: `column-${name}` };
    if (sort === null) return make('th', attributes, label);
    const click = (): void => {
      const { column, descending } = state.get().sort;
      state.update({ sort: { column: sort, descending: column === sort ? !descending : sort !== 'job' } });
      arrange();
    };
    return make(
      'th',
      attributes,
      make('button', { type: 'button', class: 'sort', 'data-key': `sort-${name}`, click }, label),
    );
  });
  arrange();

  const element = make(
    'section',
    { class: 'overview', 'aria-labelledby': 'jobs-heading' },
    make('h2', { id: 'jobs-heading', class: 'spoken' }, words.say('report.jobs')),
    make('p', { class: 'headline' }, summary(report, words)),
    // Roles are said again because the narrow layout takes the table display away, and with it the browser's own.
    make(
      'table',
      { role: 'table', class: 'jobs', 'aria-labelledby': 'jobs-heading' },
      make('thead', { role: 'rowgroup' }, make('tr', { role: 'row' }, ...headers)),
      body,
    ),
    all,
  );
  return {
    element,
    setCurrent: (id) => {
      shownId = id;
      arrange();
    },
  };
}

function columnsOf(context: PageContext): Column[] {
  const { words, now } = context;
  const column = (name: string, label: string, sort: SortColumn | null, cell: Column['cell']): Column => ({
    name,
    label,
    sort,
    cell,
  });
  return [
    column('job', words.say('report.column.job'), 'job', (job) => [
      make(
        'button',
        { type: 'button', class: 'job-name', 'data-key': `job-${job.id}`, click: () => context.selectJob(job.id) },
        ...jobName(job.id),
      ),
    ]),
    column('risk', words.say('report.column.risk'), 'risk', (job) => riskCell(job, context)),
    column('trend', words.say('report.column.trend'), null, (job) => [
      riskTrend(job, context) ?? make('span', { class: 'muted nothing' }, words.say('report.unknown')),
    ]),
    column('outcomes', words.say('report.column.outcomes'), null, (job) => [outcomeStrip(job.recentOutcomes, words)]),
    column('lastRun', words.say('report.column.lastRun'), 'lastRun', ({ lastRun }) => [
      make(
        'span',
        { class: 'marked', title: words.time(lastRun.startedAt) },
        outcomeMark(lastRun.outcome),
        make('span', { class: 'spoken' }, words.say(`report.outcome.${lastRun.outcome}`), ' '),
        lastRun.startedAt === null
          ? words.say('report.unknown')
          : words.say('report.ago', { age: age(now, lastRun.startedAt) }),
      ),
    ]),
    column('nextRun', words.say('report.column.nextRun'), 'nextRun', ({ cadence }) => [
      nextRunText(cadence, now, words),
    ]),
    column('findings', words.say('report.column.findings'), 'findings', ({ findings }) => [
      findingsText(findings, words),
    ]),
    column('full', words.say('report.column.full'), 'full', ({ daysToFull }) => [fullText(daysToFull, words)]),
  ];
}

const age = (now: number, at: number): number => roundToSpoken(Math.max(0, now - at));

function jobRow(job: JobOverview, columns: Column[], context: PageContext): HTMLTableRowElement {
  const cells = columns.map(({ name, label, cell }, i) => {
    const attributes = { class: `column-${name}`, role: i === 0 ? 'rowheader' : 'cell', 'data-label': label };
    return i === 0 ? make('th', { ...attributes, scope: 'row' }, ...cell(job)) : make('td', attributes, ...cell(job));
  });
  const click = (event: Event): void => {
    if (!(event.target instanceof HTMLButtonElement)) context.selectJob(job.id);
  };
  return make('tr', { role: 'row', click }, ...cells);
}

function riskCell({ prediction }: JobOverview, context: PageContext): Child[] {
  const { words } = context;
  if (!prediction) return [make('span', { class: 'muted' }, words.say('report.risk.none'))];
  const wait = prediction.decision.action === 'delay_or_manual';
  return [
    make(
      'span',
      { class: 'risk' },
      make('span', { class: 'risk-figure' }, words.percent(prediction.failureProbability)),
      riskBar(prediction, context),
      make(
        'span',
        { class: wait ? 'advice wait' : 'advice' },
        words.say(`report.advice.${prediction.decision.action}`),
      ),
    ),
  ];
}

function nextRunText(cadence: JobOverview['cadence'], now: number, words: Words): Child {
  if (!cadence) return words.say('report.unknown');
  if (cadence.overdueMs !== null) {
    return marked(mark('triangle', 'caution'), words.say('report.overdue', { late: roundToSpoken(cadence.overdueMs) }));
  }
  const at = cadence.nextExpectedAt;
  if (at === null) return words.say('report.unknown');
  const isDue = at - now < minuteMs;
  const text = isDue ? words.say('report.due') : words.say('report.in', { wait: roundToSpoken(at - now) });
  return make('span', { title: words.time(at) }, text);
}

function findingsText(findings: JobOverview['findings'], words: Words): Child {
  if (findings === null) return make('span', { class: 'muted nothing' }, words.say('report.findings.none'));
  return make(
    'span',
    { class: 'marked' },
    severityMark(findings.worst),
    words.number(findings.count),
    make(
      'span',
      { class: 'spoken' },
      ' ',
      words.say('report.findings.worst', { severity: words.say(`report.severity.${findings.worst}`) }),
    ),
  );
}

function fullText(daysToFull: JobOverview['daysToFull'], words: Words): Child {
  const full = fullIn(daysToFull);
  switch (full?.when) {
    case undefined:
      return make('span', { class: 'muted nothing' }, words.say('report.unknown'));
    case 'now':
      return marked(mark('diamond', 'bad'), words.say('report.full.now'));
    case 'far':
      return make('span', { class: 'muted' }, words.say('report.full.far'));
    case 'from':
      return words.say('report.full.from', { earliest: full.earliest });
    case 'range':
      return words.say('report.full.range', { earliest: full.earliest, latest: full.latest });
  }
}

function moveBetweenJobs(event: KeyboardEvent, body: HTMLElement): void {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (step === undefined) return;
  const names = [...body.querySelectorAll<HTMLButtonElement>('.job-name')];
  const target = names[names.findIndex((name) => name === event.target) + step];
  if (!target) return;
  event.preventDefault();
  target.focus();
}
