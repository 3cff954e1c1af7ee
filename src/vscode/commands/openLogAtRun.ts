import * as vscode from 'vscode';
import type { RunSummary } from '../../backups/report.ts';
import { formatTime } from '../../wording/format.ts';
import type { RiskMonitor } from '../analysis/riskMonitor.ts';
import type { LiveSettings } from '../settings.ts';
import { runIcon } from '../views/icons.ts';
import { outcomeText } from '../views/texts.ts';
import { wordingIn } from '../wording.ts';
import { jobIdOf, sourceOf } from './commandArguments.ts';
import { openLog } from './openLog.ts';
import { pickJob } from './pickJob.ts';

/** Opens the log at a run: the given one, or one picked from a job's recent runs. */
export async function openLogAtRun(monitor: RiskMonitor, settings: LiveSettings, argument: unknown): Promise<void> {
  const source = sourceOf(argument) ?? (await pickRun(monitor, settings, jobIdOf(argument))).source;
  await openLog(source);
}

async function pickRun(monitor: RiskMonitor, settings: LiveSettings, jobId: string | null): Promise<RunSummary> {
  const title = vscode.l10n.t('Open Log at Run');
  const job = await pickJob(monitor, jobId, title);
  const wording = wordingIn(settings.current.zone);
  const items = job.recentRuns.map((run) => ({
    label: run.startedAt === null ? vscode.l10n.t('time unknown') : formatTime(run.startedAt, wording),
    description: outcomeText(run.outcome),
    ...(run.error !== null && { detail: run.error }),
    iconPath: runIcon(run.outcome),
    run,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('Choose a run of {0}', job.id),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!picked) throw new vscode.CancellationError();
  return picked.run;
}
