/** The page in a file of its own: nobody to ask, so all that it shows is in the document. */
import { embeddedReportId, type EmbeddedReport } from '../src/protocol/reportFile.ts';
import { createApp } from './app.ts';
import { redrawCharts } from './charts/chartPanel.ts';
import { make } from './make.ts';
import { openViewState } from './viewState.ts';
import { wordsFor } from './words.ts';

/** Null where a host is to be asked. */
export function readEmbeddedReport(): EmbeddedReport | null {
  const element = document.getElementById(embeddedReportId);
  return element ? (JSON.parse(element.textContent) as EmbeddedReport) : null;
}

export function startStandalone({ view, jobs, provenance }: EmbeddedReport): void {
  const words = wordsFor(view.wording);
  let state: unknown = null;
  const root = document.getElementById('app') ?? document.body;
  const byId = new Map(jobs.map((job) => [job.report.id, job]));
  const found = (
    id: string,
  ): Promise<{ report: EmbeddedReport['jobs'][0]['report']; series: EmbeddedReport['jobs'][0]['series'] }> => {
    const job = byId.get(id);
    return job ? Promise.resolve(job) : Promise.reject(new Error(id));
  };
  // The log is on the machine where the report was made: what can be done is to say where in it.
  const place = make('p', { class: 'place', role: 'status', hidden: true });
  const app = createApp(root, openViewState({ getState: () => state, setState: (next) => (state = next) }), {
    job: (id) => found(id).then(({ report }) => report),
    series: (id) => found(id).then(({ series }) => series),
    whatIf: null,
    configChanges: null,
    openSource: ({ path, line }) => {
      place.hidden = false;
      place.textContent = words.say('report.place', { path, line: String(line) });
    },
    runCommand: null,
  });
  app.show(view);
  app.status({ analyzing: false, progress: null, error: null });
  root.append(make('footer', { class: 'note' }, provenance), place);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redrawCharts);
}
