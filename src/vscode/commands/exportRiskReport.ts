import path from 'node:path';
import * as vscode from 'vscode';
import type { ReportFormat } from '../../protocol/reportFile.ts';
import type { AnalysisWorker } from '../analysis/analysisWorker.ts';
import type { RiskMonitor } from '../analysis/riskMonitor.ts';
import type { LiveSettings } from '../settings.ts';
import { UserError } from '../userError.ts';
import { wordingIn } from '../wording.ts';

/** What the command needs of the rest. */
export interface ExportDependencies {
  monitor: RiskMonitor;
  worker: AnalysisWorker;
  settings: LiveSettings;
  /** Of this extension. */
  version: string;
  /** The folder of the built page. */
  pageFolder: string;
}

const extensions: Record<ReportFormat, string> = { html: 'html', json: 'json', markdown: 'md' };

/** Asks for a format and a file, and has the worker write the report. The file, or null when the person gave up. */
export async function exportRiskReport(
  { monitor, worker, settings, version, pageFolder }: ExportDependencies,
  argument: unknown,
): Promise<vscode.Uri | null> {
  const report = monitor.report ?? (await monitor.analyze());
  if (!report || report.jobs.length === 0) throw new UserError(vscode.l10n.t('There is no report to export yet.'));
  const format = isFormat(argument) ? argument : await pickFormat();
  if (format === null) return null;
  const target = await pickFile(format, report.generatedAt);
  if (!target) return null;
  if (target.scheme !== 'file')
    throw new UserError(vscode.l10n.t('The report can be written to a folder of this machine only.'));
  const { zone, maxRisk } = settings.current;
  await worker.ask('exportReport', {
    path: target.fsPath,
    format,
    wording: wordingIn(zone),
    maxRisk,
    version,
    pageFolder,
  });
  void offerToOpen(target, format);
  return target;
}

function isFormat(argument: unknown): argument is ReportFormat {
  return typeof argument === 'string' && Object.hasOwn(extensions, argument);
}

async function pickFormat(): Promise<ReportFormat | null> {
  const items: (vscode.QuickPickItem & { format: ReportFormat })[] = [
    { format: 'html', label: 'HTML', description: vscode.l10n.t('One file with the charts, for any browser') },
    { format: 'json', label: 'JSON', description: vscode.l10n.t('All figures, for programs') },
    { format: 'markdown', label: 'Markdown', description: vscode.l10n.t('Text for a ticket or a runbook') },
  ];
  const title = vscode.l10n.t('Export Risk Report');
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.format ?? null;
}

function pickFile(format: ReportFormat, at: number): Thenable<vscode.Uri | undefined> {
  const extension = extensions[format];
  const name = `backup-risk-report-${new Date(at).toISOString().slice(0, 10)}.${extension}`;
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri;
  return vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Risk Report'),
    filters: { [format === 'markdown' ? 'Markdown' : format.toUpperCase()]: [extension] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
}

async function offerToOpen(target: vscode.Uri, format: ReportFormat): Promise<void> {
  const open = vscode.l10n.t('Open');
  const text = vscode.l10n.t('The report was written to {0}.', path.basename(target.fsPath));
  if ((await vscode.window.showInformationMessage(text, open)) !== open) return;
  if (format === 'html') await vscode.env.openExternal(target);
  else await vscode.window.showTextDocument(target);
}
