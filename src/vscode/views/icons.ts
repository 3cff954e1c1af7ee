import * as vscode from 'vscode';
import type { Severity } from '../../backups/report.ts';
import type { Outcome } from '../../backups/run.ts';
import type { SnapshotType } from '../../configs/snapshotSummary.ts';
import type { JobStatus } from '../jobStatus.ts';

const colors = {
  good: 'testing.iconPassed',
  warning: 'problemsWarningIcon.foreground',
  bad: 'problemsErrorIcon.foreground',
  info: 'problemsInfoIcon.foreground',
  muted: 'disabledForeground',
} as const;

const icon = (id: string, color?: keyof typeof colors): vscode.ThemeIcon =>
  new vscode.ThemeIcon(id, color && new vscode.ThemeColor(colors[color]));

const jobIcons: Record<JobStatus, vscode.ThemeIcon> = {
  atRisk: icon('error', 'bad'),
  overdue: icon('calendar', 'warning'),
  failed: icon('warning', 'warning'),
  unknown: icon('question', 'muted'),
  fine: icon('pass', 'good'),
};

const runIcons: Record<Outcome, vscode.ThemeIcon> = {
  success: icon('pass', 'good'),
  partial: icon('warning', 'warning'),
  failure: icon('error', 'bad'),
  cancelled: icon('circle-slash', 'muted'),
  running: icon('sync', 'info'),
  skipped: icon('debug-step-over', 'muted'),
  unknown: icon('question', 'muted'),
};

const severityIcons: Record<Severity, vscode.ThemeIcon> = {
  info: icon('info', 'info'),
  warning: icon('warning', 'warning'),
  critical: icon('error', 'bad'),
};

const configIcons: Record<SnapshotType, vscode.ThemeIcon> = {
  file: icon('file'),
  env: icon('symbol-variable'),
  application: icon('package'),
};

export const configIcon = (type: SnapshotType): vscode.ThemeIcon => configIcons[type];
export const jobIcon = (state: JobStatus): vscode.ThemeIcon => jobIcons[state];
export const runIcon = (outcome: Outcome): vscode.ThemeIcon => runIcons[outcome];
export const severityIcon = (severity: Severity): vscode.ThemeIcon => severityIcons[severity];
/** An icon in the color of the text around it. */
export const plainIcon = (id: string): vscode.ThemeIcon => icon(id);
/** An icon that asks for attention. */
export const warningIcon = (id: string): vscode.ThemeIcon => icon(id, 'warning');
