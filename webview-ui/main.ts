/** The report page: joins the host, the memory of the page, and what is shown. */
import './report.css';
import { mostSeriesRuns, type ReportPage, type ReportPageHost } from '../src/protocol/reportPage.ts';
import { connect } from '../src/protocol/rpc.ts';
import { createApp } from './app.ts';
import { redrawCharts } from './charts/chartPanel.ts';
import { registerCharts } from './charts/registerCharts.ts';
import { readEmbeddedReport, startStandalone } from './standalone.ts';
import { onThemeChange } from './theme.ts';
import { openViewState } from './viewState.ts';
import { windowPort } from './windowPort.ts';

const patienceMs = 30_000;

registerCharts();
const embedded = readEmbeddedReport();
if (embedded) startStandalone(embedded);
else startInVsCode();

function startInVsCode(): void {
  onThemeChange(redrawCharts);
  const api = acquireVsCodeApi();
  const state = openViewState(api);
  const host = connect<ReportPageHost, ReportPage>(windowPort(api), {
    show: (view) => {
      app.show(view);
      return null;
    },
    status: (status) => {
      app.status(status);
      return null;
    },
    selectJob: (id) => {
      app.selectJob(id);
      return null;
    },
  });
  // What the host refuses it has already told the user itself; the page has nothing to add.
  const ignoreRefusal = (): void => undefined;
  const app = createApp(document.getElementById('app') ?? document.body, state, {
    job: (id, signal) => host.call('job', id, { signal, timeoutMs: patienceMs }),
    series: (job, signal) => host.call('series', { job, maxPoints: mostSeriesRuns }, { signal, timeoutMs: patienceMs }),
    configChanges: (job, signal) => host.call('configChanges', job, { signal, timeoutMs: patienceMs }),
    whatIf: (question, signal) => host.call('whatIf', question, { signal, timeoutMs: patienceMs }),
    openSource: (place) => void host.call('openSource', place).catch(ignoreRefusal),
    runCommand: (command) => void host.call('runCommand', command).catch(ignoreRefusal),
  });

  host.call('ready', null, { timeoutMs: patienceMs }).then(
    ({ analyzing, progress, error, ...view }) => {
      app.show(view);
      app.status({ analyzing, progress, error });
    },
    (error: unknown) => {
      app.status({ analyzing: false, progress: null, error: error instanceof Error ? error.message : String(error) });
    },
  );

  let waiting = false;
  window.addEventListener('scroll', () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      state.update({ scrollY: window.scrollY });
    }, 200);
  });
}
