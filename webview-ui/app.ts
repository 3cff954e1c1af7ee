/** Decides what is on the page: waiting, nothing found, an error, or the report with one job in depth. */
import type { JobReport, JobSeries, Prediction } from '../src/backups/report.ts';
import type { ConfigChange } from '../src/protocol/configChange.ts';
import type { ReportOverview } from '../src/protocol/reportOverview.ts';
import type { ReportStatus, ReportView, WhatIf } from '../src/protocol/reportPage.ts';
import { commandButton, type RunCommand } from './commandButton.ts';
import { jobPlace } from './job/jobPlace.ts';
import { keepingPlace } from './keepingPlace.ts';
import { make } from './make.ts';
import { nothingFound } from './nothingFound.ts';
import { overview } from './overview/overview.ts';
import type { PageContext } from './pageContext.ts';
import { sourcesTable } from './sources.ts';
import { statusLine } from './statusLine.ts';
import type { ViewStateStore } from './viewState.ts';
import { wordsFor, type Words } from './words.ts';

/** What the page asks of the host. */
export interface HostCalls {
  job: (id: string, signal: AbortSignal) => Promise<JobReport>;
  series: (job: string, signal: AbortSignal) => Promise<JobSeries>;
  /** Null in a file of its own, where nobody answers; as is `runCommand`. */
  whatIf: ((question: WhatIf, signal: AbortSignal) => Promise<Prediction>) | null;
  /** Null where there is no vault to ask. */
  configChanges: ((job: string, signal: AbortSignal) => Promise<ConfigChange[]>) | null;
  openSource: (place: { path: string; line: number }) => void;
  runCommand: RunCommand | null;
}

export interface App {
  show: (view: ReportView) => void;
  status: (status: ReportStatus) => void;
  /** Turns to a job; an id that the report does not have is no change. */
  selectJob: (id: string) => void;
}

export function createApp(root: HTMLElement, state: ViewStateStore, host: HostCalls): App {
  const announcement = make('p', { class: 'spoken', role: 'status' });
  const title = make('h1');
  const facts = make('span');
  const statusBox = make('div');
  const body = make('div');
  const tools = make('div');
  const head = make(
    'header',
    { class: 'page-head' },
    make('div', { class: 'page-title' }, title, tools),
    make('div', { class: 'page-facts note' }, facts, statusBox),
  );
  root.replaceChildren(announcement, make('main', {}, head, body));
  const place = jobPlace(host);
  let current: ReportStatus = { analyzing: true, progress: null, error: null };
  let page = new AbortController();
  let view: ReportView | null = null;
  let turnTo: (id: string) => void = () => undefined;

  const words = (): Words => wordsFor(view?.wording ?? { language: 'en', zone: 'UTC', templates: {} });

  const showStatus = (): void => {
    const hasReport = view !== null && view.report !== null;
    const line = statusLine(current, hasReport, words(), host.runCommand);
    statusBox.replaceChildren(...(line ? [line] : []));
  };

  const show = (next: ReportView): void => {
    const isFirst = !view?.report;
    view = next;
    document.documentElement.lang = words().language;
    document.title = title.textContent = words().say('report.title');
    const exporting = next.report?.jobs.length
      ? commandButton('exportReport', words().say('report.export'), 'link', host.runCommand)
      : null;
    tools.replaceChildren(...(exporting ? [exporting] : []));
    showStatus();
    page.abort();
    page = new AbortController();
    turnTo = () => undefined;
    facts.textContent = next.report ? factsOf(next.report, words()) : '';
    const parts = next.report ? partsOf(next, next.report) : [];
    keepingPlace(isFirst ? state.get().scrollY : window.scrollY, () => body.replaceChildren(...parts));
  };

  const partsOf = ({ maxRisk }: ReportView, report: ReportOverview): Node[] => {
    const context: PageContext = {
      words: words(),
      state,
      now: report.generatedAt,
      maxRisk,
      lifetime: page.signal,
      openSource: host.openSource,
      runCommand: host.runCommand,
      whatIf: host.whatIf,
      configChanges: host.configChanges,
      selectJob: (id) => turnTo(id),
    };
    return report.jobs.length === 0 ? [nothingFound(report, context)] : reportParts(report, context);
  };

  const reportParts = (report: ReportOverview, context: PageContext): Node[] => {
    const known = (id: string | null): boolean => report.jobs.some((job) => job.id === id);
    const { job } = state.get();
    const first = known(job) ? job! : report.jobs[0]!.id;
    const jobs = overview(report, first, context);
    turnTo = (id) => {
      if (!known(id)) return;
      state.update({ job: id });
      jobs.setCurrent(id);
      void place.show(id, context);
      announcement.textContent = words().say('report.jobShown', { job: id });
      bringIntoSight(place.element);
    };
    void place.show(first, context);
    return [jobs.element, place.element, sourcesTable(report.sources, context)];
  };

  showStatus();
  return {
    show,
    status: (next) => {
      current = next;
      showStatus();
    },
    selectJob: (id) => turnTo(id),
  };
}

function factsOf({ jobs, sources, generatedAt }: ReportOverview, words: Words): string {
  return words.say('report.facts', { jobs: jobs.length, sources: sources.length, at: generatedAt });
}

function bringIntoSight(element: HTMLElement): void {
  if (element.getBoundingClientRect().top > window.innerHeight * 0.7) element.scrollIntoView({ block: 'start' });
}
