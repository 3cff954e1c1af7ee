import path from 'node:path';
import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import type { AnalysisThreadData } from './protocol/analysis.ts';
import { AnalysisWorker } from './vscode/analysis/analysisWorker.ts';
import { DueTimer } from './vscode/analysis/dueTimer.ts';
import { LogWatcher } from './vscode/analysis/logWatcher.ts';
import { resumeWatching } from './vscode/analysis/resumeWatching.ts';
import { RiskMonitor } from './vscode/analysis/riskMonitor.ts';
import type { BackupForesightApi } from './vscode/api.ts';
import { analyzeBackupLogs } from './vscode/commands/analyzeBackupLogs.ts';
import { chooseLogFiles } from './vscode/commands/chooseLogFiles.ts';
import { jobIdOf } from './vscode/commands/commandArguments.ts';
import { exportRiskReport } from './vscode/commands/exportRiskReport.ts';
import { openLogAtRun } from './vscode/commands/openLogAtRun.ts';
import { predictNextBackup } from './vscode/commands/predictNextBackup.ts';
import { registerCommands } from './vscode/commands/registerCommands.ts';
import { Marks } from './vscode/findings/marks.ts';
import { createFindings, type Findings } from './vscode/findings/createFindings.ts';
import { createAlerts, type AlertSystem } from './vscode/alerts/createAlerts.ts';
import { createApi } from './vscode/createApi.ts';
import { GateTasks } from './vscode/gate/gateTasks.ts';
import { registerGzipLogs } from './vscode/gzipLogs.ts';
import { Log } from './vscode/log.ts';
import { ReportPanel } from './vscode/report/reportPanel.ts';
import { reportSource } from './vscode/report/reportSource.ts';
import { openSampleWorkspace } from './vscode/samples/openSampleWorkspace.ts';
import { LiveSettings } from './vscode/settings.ts';
import { ConfigChanges } from './vscode/snapshots/configChanges.ts';
import { createSnapshots, type Snapshots } from './vscode/snapshots/createSnapshots.ts';
import { JobsView } from './vscode/views/jobsView.ts';
import { LogFilesView } from './vscode/views/logFilesView.ts';
import { StatusBar } from './vscode/views/statusBar.ts';

/** The worker keeps what it has read in memory; after this long without a question it is let go. */
const workerIdleMs = 5 * 60_000;

/** What the host tests look at, besides the API that everybody gets. */
export interface TestedExtension extends BackupForesightApi {
  internals: {
    alertSystem: AlertSystem;
    configChanges: ConfigChanges;
    findings: Findings;
    jobsView: JobsView;
    log: Log;
    logFilesView: LogFilesView;
    monitor: RiskMonitor;
    panel: ReportPanel;
    settings: LiveSettings;
    globalState: vscode.Memento;
    workspaceState: vscode.Memento;
    logUri: vscode.Uri;
    secrets: vscode.SecretStorage;
    snapshots: Snapshots;
    statusBar: StatusBar;
    worker: AnalysisWorker;
  };
}

/**
 * Wires the parts together. Nothing is read before a view, a command or another extension asks for it, or an earlier
 * analysis of this workspace has found jobs.
 */
export function activate(context: vscode.ExtensionContext): BackupForesightApi {
  const own = <T extends vscode.Disposable>(part: T): T => {
    context.subscriptions.push(part);
    return part;
  };

  const { version } = context.extension.packageJSON as { version: string };
  const log = own(new Log());
  const settings = own(new LiveSettings(log));
  const newWorker = (): AnalysisWorker => {
    const dist = path.join(context.extensionPath, 'dist');
    const workerData: AnalysisThreadData = { studyScript: path.join(dist, 'study.cjs') };
    const start = (): Worker => new Worker(path.join(dist, 'worker.cjs'), { workerData });
    const onCrash = (error: Error): void => log.error('The analysis thread died', error);
    const worker = new AnalysisWorker(start, onCrash, workerIdleMs);
    own({ dispose: () => worker.stop() });
    return worker;
  };

  const worker = newWorker();
  const marks = own(new Marks(context.globalState));
  const monitor = own(new RiskMonitor(worker, settings, log, () => marks.expectedRuns));
  const snapshots = createSnapshots(context, settings, log);
  own(snapshots.lifetime);
  const configChanges = own(new ConfigChanges(monitor, snapshots.vault, log));
  const jobsView = own(new JobsView(monitor, settings, configChanges));
  const logFilesView = own(new LogFilesView(monitor, settings));
  const statusBar = own(new StatusBar(monitor, settings));
  const panel = own(
    new ReportPanel(context.extensionUri, reportSource({ monitor, worker, settings, configChanges, log })),
  );
  const watcher = own(new LogWatcher(settings, monitor));
  const findings = createFindings(monitor, settings, marks);
  own(findings.lifetime);
  const alertSystem = createAlerts(context, { monitor, settings, findings, log });
  own(alertSystem.lifetime);
  own(resumeWatching(monitor, settings, context.workspaceState));

  own(new DueTimer(monitor, settings));
  own(monitor.onDidChange(() => panel.update()));
  own(configChanges.onDidChange(() => panel.update()));
  own(monitor.onDidProgress(() => panel.updateStatus()));
  const lookAgain = (): void => {
    watcher.start();
    snapshots.automatic.start();
    if (monitor.wasAsked) void monitor.refresh();
  };
  own(settings.onDidChange(lookAgain));
  own(vscode.workspace.onDidChangeWorkspaceFolders(lookAgain));
  own(vscode.workspace.onDidGrantWorkspaceTrust(lookAgain));
  watcher.start();
  snapshots.automatic.start();
  snapshots.daily.start();

  own(registerGzipLogs());
  own(new GateTasks({ monitor, settings, log }));
  own(
    registerCommands(
      {
        analyzeBackupLogs: () => analyzeBackupLogs(monitor),
        predictNextBackup: (argument) =>
          predictNextBackup({ monitor, worker, settings, showReport: (job) => panel.show(job) }, argument),
        showRiskReport: (argument) => panel.show(jobIdOf(argument)),
        exportRiskReport: (argument) =>
          exportRiskReport(
            { monitor, worker, settings, version, pageFolder: path.join(context.extensionPath, 'dist') },
            argument,
          ),
        openLogAtRun: (argument) => openLogAtRun(monitor, settings, argument),
        chooseLogFiles: (argument) => chooseLogFiles(monitor, argument),
        openSampleWorkspace: () => openSampleWorkspace(context),
        showLog: () => log.show(),
        ...findings.handlers,
        ...alertSystem.handlers,
        ...snapshots.handlers,
      },
      log,
    ),
  );

  const api = createApi(newWorker(), monitor, snapshots.vault);
  if (context.extensionMode !== vscode.ExtensionMode.Test) return api;
  const internals = {
    alertSystem,
    configChanges,
    findings,
    jobsView,
    log,
    logFilesView,
    monitor,
    panel,
    settings,
    globalState: context.globalState,
    workspaceState: context.workspaceState,
    logUri: context.logUri,
    secrets: context.secrets,
    snapshots,
    statusBar,
    worker,
  };
  const tested: TestedExtension = { ...api, internals };
  return tested;
}
