/** One job in depth. What the report holds stands at once; what needs the job's series follows when it comes. */
import type { JobReport, JobSeries } from '../../src/backups/report.ts';
import { addedChart } from '../charts/addedChart.ts';
import { chartPanel } from '../charts/chartPanel.ts';
import { durationChart } from '../charts/durationChart.ts';
import { forecastChart } from '../charts/forecastChart.ts';
import { outcomeCalendar } from '../charts/outcomeCalendar.ts';
import { sizeChart } from '../charts/sizeChart.ts';
import { weekHoursChart } from '../charts/weekHoursChart.ts';
import { changedBefore } from './changedBefore.ts';
import { failureClasses } from './failureClasses.ts';
import { findingsList } from './findingsList.ts';
import { jobName } from '../jobName.ts';
import { make, type Child } from '../make.ts';
import type { PageContext } from '../pageContext.ts';
import { recentRuns } from './recentRuns.ts';
import { roundToSpoken } from '../words.ts';
import { scorecard } from './scorecard.ts';
import { timeRangeChoice } from './timeRangeChoice.ts';
import { verdict } from './verdict.ts';
import { whyAndWhatIf } from './whyAndWhatIf.ts';

export interface JobView {
  element: HTMLElement;
  showSeries: (series: JobSeries) => void;
  showSeriesError: (reason: string) => void;
}

export function jobView(job: JobReport, context: PageContext): JobView {
  const { words } = context;
  // Tall from the start, so that a restored scroll position is there before the charts are.
  const waiting = make('p', { class: 'series-waiting note' }, words.say('report.series.loading'));
  const history = make('div', {}, waiting);
  const days = make('div');
  const week = make('div', { class: 'block' });
  const findings = findingsList(job.anomalies, context);
  const failures = failureClasses(job, context);
  const element = make(
    'article',
    { class: 'job', 'aria-labelledby': 'job-heading' },
    make(
      'header',
      {},
      make('h2', { id: 'job-heading', tabindex: -1 }, ...jobName(job.id)),
      make('p', { class: 'note' }, facts(job, context)),
    ),
    verdict(job, context),
    whyAndWhatIf(job, failures && block(words.say('report.failures'), failures), context),
    changedBefore(job.id, context),
    history,
    block(
      words.say('report.findings'),
      findings ?? make('p', { class: 'muted' }, words.say('report.findings.noneEver')),
    ),
    days,
    week,
    job.completeness === 'complete' ? block(words.say('report.score'), scorecard(job.evaluation, context)) : null,
    block(words.say('report.recentRuns'), recentRuns(job, context)),
  );
  return {
    element,
    showSeries: (series) => {
      history.replaceChildren(overTime(job, series, context));
      const calendar = outcomeCalendar(series, context);
      if (calendar) days.replaceChildren(block(words.say('report.calendar'), calendar));
      const hours = weekHoursChart(series, context);
      if (hours) {
        const note = make('p', { class: 'note' }, words.say('report.weekHours.note'));
        week.replaceChildren(make('h3', {}, words.say('report.weekHours')), note, hours);
      }
    },
    showSeriesError: (reason) =>
      history.replaceChildren(make('p', { role: 'alert' }, words.say('report.series.error', { reason }))),
  };
}

function facts(job: JobReport, { words }: PageContext): string {
  return [
    words.say('report.job.tool', { tool: job.tool }),
    job.host === null ? null : words.say('report.job.host', { host: job.host }),
    // A name that ends with the repository has told it.
    job.repository === null || job.id.endsWith(`→ ${job.repository}`)
      ? null
      : words.say('report.job.repository', { repository: job.repository }),
    words.say('report.job.runs', { runs: job.runs }),
    job.cadence ? words.say('report.job.every', { interval: roundToSpoken(job.cadence.medianIntervalMs) }) : null,
    job.cadence && job.cadence.missedRuns > 0 ? words.say('report.job.missed', { runs: job.cadence.missedRuns }) : null,
  ]
    .filter((fact) => fact !== null)
    .join(' · ');
}

function block(heading: string | null, ...children: Child[]): HTMLElement {
  return make('section', { class: 'block' }, heading === null ? null : make('h3', {}, heading), ...children);
}

function overTime(job: JobReport, series: JobSeries, context: PageContext): HTMLElement {
  const { words } = context;
  const charts = make('div', { class: 'columns' });
  // The time range is not the forecast’s: it looks ahead, and needs what went before to be read.
  const storage = job.forecast ? chartPanel(forecastChart(series, job.forecast, context), context) : null;
  let drawing = new AbortController();
  context.lifetime.addEventListener('abort', () => drawing.abort());
  const draw = (): void => {
    drawing.abort();
    drawing = new AbortController();
    const drawn = { ...context, lifetime: drawing.signal };
    const panels = [durationChart, sizeChart, addedChart].map((chart) => chart(series, job.anomalies, drawn));
    const figures = panels.flatMap((panel) => (panel ? chartPanel(panel, drawn) : []));
    const drawnCharts = [...figures, ...(storage ? [storage] : [])];
    if (drawnCharts.length > 0) {
      charts.replaceChildren(...drawnCharts);
      return;
    }
    const isAll = context.state.get().range === 'all';
    const code = isAll ? 'report.overTime.none' : 'report.overTime.noneInRange';
    charts.replaceChildren(make('p', { class: 'muted' }, words.say(code)));
    range.hidden = isAll;
  };
  const range = timeRangeChoice(context, draw);
  draw();
  return make(
    'section',
    { class: 'block' },
    make('div', { class: 'block-head' }, make('h3', {}, words.say('report.overTime')), range),
    series.leftOut > 0
      ? make('p', { class: 'note' }, words.say('report.series.leftOut', { runs: series.leftOut }))
      : null,
    charts,
  );
}
