import * as vscode from 'vscode';
import { commands } from '../../contributions.ts';
import type { ReportPageCommand } from '../../protocol/reportPage.ts';
import type { AnalysisWorker } from '../analysis/analysisWorker.ts';
import type { RiskMonitor } from '../analysis/riskMonitor.ts';
import { openLog } from '../commands/openLog.ts';
import type { Log } from '../log.ts';
import type { LiveSettings } from '../settings.ts';
import { tellError } from '../tellError.ts';
import { wordingIn } from '../wording.ts';
import type { ReportSource } from './reportPanel.ts';

/** The commands behind the page's buttons; a page can ask for these and no others. */
const pageCommands: Record<ReportPageCommand, () => Thenable<unknown>> = {
  analyzeLogs: () => vscode.commands.executeCommand(commands.analyzeBackupLogs),
  configureLogs: () => vscode.commands.executeCommand('workbench.action.openSettings', 'backupForesight.logs'),
  showLog: () => vscode.commands.executeCommand(commands.showLog),
};

/** What the report page shows and can ask for. */
export function reportSource(parts: {
  monitor: RiskMonitor;
  worker: AnalysisWorker;
  settings: LiveSettings;
  log: Log;
}): ReportSource {
  const { monitor, worker, settings, log } = parts;
  return {
    view: () => ({
      wording: wordingIn(settings.current.zone),
      report: monitor.report,
      maxRisk: settings.current.maxRisk,
      analysing: monitor.isAnalyzing,
      progress: monitor.progress,
      error: monitor.failure,
    }),
    opened: () => {
      if (monitor.report === null && !monitor.isAnalyzing) void monitor.refresh();
    },
    handlers: {
      series: (request, { signal }) => worker.ask('series', request, { signal }),
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
