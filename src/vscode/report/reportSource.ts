import * as vscode from 'vscode';
import type { BackupPlan } from '../../backups/prediction/plan.ts';
import type { RiskReport } from '../../backups/report.ts';
import { commands } from '../../contributions.ts';
import { reportOverview } from '../../protocol/reportOverview.ts';
import { mostSeriesRuns, type ReportPageCommand, type ReportView } from '../../protocol/reportPage.ts';
import type { AnalysisWorker } from '../analysis/analysisWorker.ts';
import type { RiskMonitor } from '../analysis/riskMonitor.ts';
import { openLog } from '../commands/openLog.ts';
import type { Log } from '../log.ts';
import type { LiveSettings } from '../settings.ts';
import type { ConfigChanges } from '../snapshots/configChanges.ts';
import { tellError } from '../tellError.ts';
import { UserError } from '../userError.ts';
import { wordingIn } from '../wording.ts';
import { KeptSeries } from './keptSeries.ts';
import type { ReportSource } from './reportPanel.ts';

/** The commands behind the page's buttons; a page can ask for these and no others. */
const pageCommands: Record<ReportPageCommand, () => Thenable<unknown>> = {
  analyzeLogs: () => vscode.commands.executeCommand(commands.analyzeBackupLogs),
  configureLogs: () => vscode.commands.executeCommand('workbench.action.openSettings', 'backupForesight.logs'),
  exportReport: () => vscode.commands.executeCommand(commands.exportRiskReport),
  showLog: () => vscode.commands.executeCommand(commands.showLog),
};

/** What the report page shows and can ask for. */
export function reportSource(parts: {
  monitor: RiskMonitor;
  worker: AnalysisWorker;
  settings: LiveSettings;
  configChanges: ConfigChanges;
  log: Log;
}): ReportSource {
  const { monitor, worker, settings, configChanges, log } = parts;
  let made: { report: RiskReport | null; zone: string; view: ReportView } | null = null;
  // Not cancelled with the page that asked: the next page will ask for the same.
  const series = new KeptSeries((request) => worker.ask('series', request));
  return {
    view: () => {
      const { zone, maxRisk } = settings.current;
      const { report } = monitor;
      if (made?.report !== report || made.zone !== zone || made.view.maxRisk !== maxRisk) {
        const view = { wording: wordingIn(zone), report: report && reportOverview(report), maxRisk };
        made = { report, zone, view };
      }
      return made.view;
    },
    status: () => ({ analyzing: monitor.isAnalyzing, progress: monitor.progress, error: monitor.failure }),
    opening: (wanted) => {
      const { report } = monitor;
      const job = wanted ?? report?.jobs[0]?.id;
      // What goes wrong is told to the page when it asks.
      if (report !== null && job !== undefined)
        series.of(report, { job, maxPoints: mostSeriesRuns }).catch(() => undefined);
    },
    opened: () => {
      if (monitor.report === null && !monitor.isAnalyzing) void monitor.refresh();
    },
    handlers: {
      job: (id) => {
        const job = monitor.job(id);
        if (!job) throw new UserError(vscode.l10n.t('The report has no job "{0}" any more.', id));
        return job;
      },
      whatIf: ({ job, startsAt, sizeBytes, durationMs }, { signal }) => {
        const plan: BackupPlan = { backupId: job };
        if (startsAt !== null) plan.startsAt = startsAt;
        if (sizeBytes !== null) plan.estimatedSizeBytes = sizeBytes;
        if (durationMs !== null) plan.estimatedDurationSeconds = durationMs / 1000;
        return worker.ask('predict', { plan, context: null, options: monitor.options() }, { signal });
      },
      configChanges: (job) => [...configChanges.of(job)],
      series: (request) => series.of(monitor.report, request),
      openSource: async ({ path, line }) => {
        // Beside the report, so that one can be read with the other.
        await openLog({ path, line, endLine: line }, vscode.ViewColumn.Beside).catch((error: unknown) => {
          tellError('A log could not be opened from the report', error, log);
        });
        return null;
      },
      runCommand: async (name) => {
        if (Object.hasOwn(pageCommands, name)) await pageCommands[name]();
        return null;
      },
    },
    log: (text) => log.info(text),
  };
}
