import * as vscode from 'vscode';
import type { RiskReport } from '../../backups/report.ts';
import type { AnalyzeProgress } from '../../protocol/analysis.ts';
import type { RiskMonitor } from '../analysis/riskMonitor.ts';

/** Most analyses end before anybody would read a notification about them. */
const notifyAfterMs = 2000;

/** Analyzes all logs; a long analysis gets a notification with its progress, from which it can be cancelled. */
export async function analyzeBackupLogs(monitor: RiskMonitor): Promise<RiskReport | null> {
  const analysis = monitor.analyze();
  const timer = setTimeout(() => void notify(monitor, analysis), notifyAfterMs);
  return analysis.finally(() => clearTimeout(timer));
}

async function notify(monitor: RiskMonitor, analysis: Promise<unknown>): Promise<void> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Analyzing backup logs'),
    cancellable: true,
  };
  await vscode.window.withProgress(options, async (notification, token) => {
    let done = 0;
    const show = ({ bytesRead, bytesTotal }: AnalyzeProgress): void => {
      const percent = bytesTotal > 0 ? Math.min(100, (bytesRead / bytesTotal) * 100) : 0;
      notification.report({ increment: percent - done, message: `${Math.floor(percent)} %` });
      done = percent;
    };
    const listeners = [monitor.onDidProgress(show), token.onCancellationRequested(() => monitor.cancel())];
    await analysis.catch(() => null);
    for (const listener of listeners) listener.dispose();
  });
}
