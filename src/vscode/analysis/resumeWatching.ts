import * as vscode from 'vscode';
import type { LiveSettings } from '../settings.ts';
import type { RiskMonitor } from './riskMonitor.ts';

const stateKey = 'analysis.hadJobs';
/** Long enough for a window to open in peace. */
const afterMs = 3000;

/**
 * Analyzes by itself after a start where an earlier analysis has found jobs, so that alerts come without anybody opening
 * the view. Where none was found, or nobody has asked yet, nothing is read.
 */
export function resumeWatching(
  monitor: RiskMonitor,
  settings: LiveSettings,
  workspaceState: vscode.Memento,
): vscode.Disposable {
  const timer =
    workspaceState.get<boolean>(stateKey) === true && settings.current.watch
      ? setTimeout(() => void (monitor.report ?? monitor.refresh()), afterMs)
      : undefined;
  const listener = monitor.onDidChange(() => {
    if (monitor.isAnalyzing || monitor.report === null) return;
    const hasJobs = monitor.report.jobs.length > 0;
    if (workspaceState.get<boolean>(stateKey) !== hasJobs) void workspaceState.update(stateKey, hasJobs);
  });
  return vscode.Disposable.from(listener, new vscode.Disposable(() => clearTimeout(timer)));
}
