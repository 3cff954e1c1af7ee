import * as vscode from 'vscode';
import type { JobReport } from '../../backups/report.ts';
import { formatPercent } from '../../wording/format.ts';
import { commands } from '../../contributions.ts';
import type { RiskMonitor } from '../analysis/riskMonitor.ts';
import { UserError } from '../userError.ts';

/** The job with that id, or the one a person picks; analyzes first when nothing has been read yet. */
export async function pickJob(monitor: RiskMonitor, id: string | null, title: string): Promise<JobReport> {
  const report = monitor.report ?? (await monitor.analyze());
  if (report === null) throw new vscode.CancellationError();
  if (id !== null) {
    const job = monitor.job(id);
    if (!job) throw new UserError(vscode.l10n.t('There is no backup job “{0}” in the logs.', id), analyzeAgain());
    return job;
  }
  if (report.jobs.length === 0)
    throw new UserError(vscode.l10n.t('No backup run was found in the logs.'), chooseLogs());
  const items = report.jobs.map((job) => ({ label: job.id, description: risk(job), job }));
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('Choose a backup job'),
    matchOnDescription: true,
  });
  if (!picked) throw new vscode.CancellationError();
  return picked.job;
}

function risk(job: JobReport): string {
  return job.prediction === null
    ? vscode.l10n.t('cannot be predicted')
    : vscode.l10n.t('{0} risk', formatPercent(job.prediction.failureProbability, vscode.env.language));
}

const analyzeAgain = () => ({ title: vscode.l10n.t('Analyze Backup Logs'), command: commands.analyzeBackupLogs });
const chooseLogs = () => ({ title: vscode.l10n.t('Choose Log Files…'), command: commands.chooseLogFiles });
