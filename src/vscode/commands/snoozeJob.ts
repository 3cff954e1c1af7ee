import * as vscode from 'vscode';
import type { RiskMonitor } from '../analysis/riskMonitor.ts';
import type { Marks } from '../findings/marks.ts';
import { jobIdOf } from './commandArguments.ts';
import { pickJob } from './pickJob.ts';

const hourMs = 3_600_000;

/** Keeps a job from being told of for a while: the given one or one that a person picks. */
export async function snoozeJob(monitor: RiskMonitor, marks: Marks, argument: unknown): Promise<void> {
  const title = vscode.l10n.t('Snooze Backup Job');
  const job = await pickJob(monitor, jobIdOf(argument), title);
  const items = [
    { label: vscode.l10n.t('For an hour'), forMs: hourMs },
    { label: vscode.l10n.t('For a day'), forMs: 24 * hourMs },
    { label: vscode.l10n.t('For a week'), forMs: 7 * 24 * hourMs },
  ];
  const placeHolder = vscode.l10n.t('No alerts and no problems of {0}', job.id);
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder });
  if (!picked) throw new vscode.CancellationError();
  await marks.snooze(job.id, Date.now() + picked.forMs);
}
