/** Decides what is on the page: waiting, nothing found, an error, or the report with one job in depth. */
import type { JobSeries, RiskReport } from '../src/backups/report.ts';
import type { ReportPageCommand, ReportView } from '../src/protocol/reportPage.ts';
import { jobView } from './job/jobView.ts';
import { make, type Child } from './make.ts';
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
  const content = make('main');
  root.replaceChildren(announcement, content);
  let page = new AbortController();
  let restored = false;
  let turnTo: (id: string) => void = () => undefined;

  const show = (view: ReportView): void => {
    const words = wordsFor(view.wording);
    document.documentElement.lang = words.language;
    document.title = words.say('report.title');
    page.abort();
    page = new AbortController();
    const { report } = view;
    const parts: Child[] = [make('h1', {}, words.say('report.title')), statusOf(view, words, host)];
    turnTo = () => undefined;
    if (report && report.jobs.length === 0) parts.push(nothingFound(report, contextFor(view, report, words), host));
    else if (report) parts.push(...reportParts(report, contextFor(view, report, words)));
    const top = restored ? window.scrollY : state.get().scrollY;
    restored ||= report !== null;
    keepingPlace(top, () => content.replaceChildren(...parts.filter((part) => part !== null)));
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

  const reportParts = (report: RiskReport, context: PageContext): Child[] => {
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

/** A line on what is going on, above whatever report there is. */
function statusOf({ report, analysing, progress, error }: ReportView, words: Words, host: HostCalls): Child {
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
