/** Decides what is on the page: waiting, nothing found, an error, or the report with one job in depth. */
import type { JobSeries, RiskReport } from '../src/backups/report.ts';
import type { ReportPageCommand, ReportView } from '../src/protocol/reportPage.ts';
import { jobView } from './job/jobView.ts';
import { make } from './make.ts';
import { overview, type Overview } from './overview/overview.ts';
import type { PageContext } from './pageContext.ts';
import { sourcesTable } from './sources.ts';
import type { ViewStateStore } from './viewState.ts';
import { wordsFor, type Words } from './words.ts';

/** What the page asks of the host. */
export interface HostCalls {
  series: (job: string, signal: AbortSignal) => Promise<JobSeries>;
  openSource: (place: { path: string; line: number }) => void;
  runCommand: (command: ReportPageCommand) => void;
}

export interface App {
  show: (view: ReportView) => void;
  /** Turns to a job; an id that the report does not have is no change. */
  selectJob: (id: string) => void;
}

export function createApp(root: HTMLElement, state: ViewStateStore, host: HostCalls): App {
  const announcement = make('p', { class: 'spoken', role: 'status' });
  const title = make('h1');
  const status = make('div');
  const body = make('div');
  root.replaceChildren(announcement, make('main', {}, title, status, body));
  let page = new AbortController();
  let drawn = '';
  let turnTo: (id: string) => void = () => undefined;

  const show = (view: ReportView): void => {
    const words = wordsFor(view.wording);
    document.documentElement.lang = words.language;
    document.title = title.textContent = words.say('report.title');
    const news = statusOf(view, words, host);
    status.replaceChildren(...(news ? [news] : []));
    // While an analysis goes on, the host tells of its progress many times a second, with the report of before.
    const content = contentKey(view);
    if (content === drawn) return;
    const isFirst = drawn === '';
    drawn = content;
    page.abort();
    page = new AbortController();
    turnTo = () => undefined;
    const parts = view.report ? partsOf(view, view.report, words) : [];
    keepingPlace(isFirst ? state.get().scrollY : window.scrollY, () => body.replaceChildren(...parts));
  };

  const partsOf = (view: ReportView, report: RiskReport, words: Words): Node[] => {
    const context = contextFor(view, report, words);
    return report.jobs.length === 0 ? [nothingFound(report, context, host)] : reportParts(report, context);
  };

  const contextFor = (view: ReportView, report: RiskReport, words: Words): PageContext => ({
    words,
    state,
    now: report.generatedAt,
    maxRisk: view.maxRisk,
    lifetime: page.signal,
    openSource: host.openSource,
    runCommand: host.runCommand,
    selectJob: (id) => turnTo(id),
  });

  const reportParts = (report: RiskReport, context: PageContext): Node[] => {
    const { words } = context;
    const place = make('div');
    let job = new AbortController();
    context.lifetime.addEventListener('abort', () => job.abort());
    const showJob = (id: string): void => {
      job.abort();
      job = new AbortController();
      const { signal } = job;
      const found = report.jobs.find((one) => one.id === id) ?? report.jobs[0]!;
      const view = jobView(found, { ...context, lifetime: signal });
      place.replaceChildren(view.element);
      jobs.setCurrent(found.id);
      host.series(found.id, signal).then(
        (series) => {
          if (!signal.aborted) view.showSeries(series);
        },
        (error: unknown) => {
          if (!signal.aborted) view.showSeriesError(error instanceof Error ? error.message : String(error));
        },
      );
    };
    const jobs: Overview = overview(report, '', context);
    turnTo = (id) => {
      if (!report.jobs.some((one) => one.id === id)) return;
      state.update({ job: id });
      showJob(id);
      announcement.textContent = words.say('report.jobShown', { job: id });
      bringIntoSight(place);
    };
    showJob(state.get().job ?? '');
    const facts = { jobs: report.jobs.length, sources: report.sources.length, at: report.generatedAt };
    return [
      make('p', { class: 'note' }, words.say('report.facts', facts)),
      jobs.element,
      place,
      sourcesTable(report.sources, context),
    ];
  };

  return { show, selectJob: (id) => turnTo(id) };
}

/** Tells one report, in one language, from another; empty without a report. */
function contentKey({ report, wording, maxRisk }: ReportView): string {
  if (!report) return '';
  return [report.generatedAt, report.jobs.length, wording.language, wording.zone, maxRisk].join(' ');
}

/** A line on what is going on, above whatever report there is. */
function statusOf({ report, analysing, progress, error }: ReportView, words: Words, host: HostCalls): Node | null {
  if (analysing) {
    const text = progress
      ? words.say('report.reading', { path: progress.path, read: progress.bytesRead, total: progress.bytesTotal })
      : words.say(report ? 'report.refreshing' : 'report.loading');
    const value = progress && progress.bytesTotal > 0 ? progress.bytesRead / progress.bytesTotal : null;
    return make(
      'div',
      { class: 'status' },
      make('progress', { max: 1, value, 'aria-label': text }),
      make('p', { class: 'note' }, text),
    );
  }
  if (error === null) return null;
  return make(
    'div',
    { class: 'status problem', role: 'alert' },
    make('p', {}, words.say('report.error', { reason: error }), ' ', report ? words.say('report.error.kept') : ''),
    make(
      'p',
      { class: 'buttons' },
      commandButton('analyzeLogs', words.say('report.analyzeAgain'), 'primary', host),
      commandButton('showLog', words.say('report.showLog'), 'secondary', host),
    ),
  );
}

function nothingFound(report: RiskReport, context: PageContext, host: HostCalls): HTMLElement {
  const { words } = context;
  const read = report.sources.length > 0;
  return make(
    'div',
    { class: 'empty' },
    make('h2', {}, words.say('report.empty')),
    make('p', {}, words.say(read ? 'report.empty.notRecognised' : 'report.empty.noFiles')),
    make(
      'p',
      { class: 'buttons' },
      commandButton('configureLogs', words.say('report.configureLogs'), 'primary', host),
      commandButton('analyzeLogs', words.say('report.analyzeAgain'), 'secondary', host),
    ),
    read ? sourcesTable(report.sources, context) : null,
  );
}

function commandButton(
  command: ReportPageCommand,
  text: string,
  kind: 'primary' | 'secondary',
  host: HostCalls,
): HTMLElement {
  return make(
    'button',
    { type: 'button', class: kind, 'data-key': command, click: () => host.runCommand(command) },
    text,
  );
}

/** Changes the page without moving what the user reads or has the focus on. */
function keepingPlace(top: number, change: () => void): void {
  const key = document.activeElement?.getAttribute('data-key');
  change();
  if (key !== null && key !== undefined)
    document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
  window.scrollTo({ top, behavior: 'instant' });
}

function bringIntoSight(element: HTMLElement): void {
  if (element.getBoundingClientRect().top > window.innerHeight * 0.7) element.scrollIntoView({ block: 'start' });
}
