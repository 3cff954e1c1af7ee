import * as vscode from 'vscode';
import type { JobReport, Prediction } from '../../backups/report.ts';
import type { BackupPlan } from '../../backups/prediction/plan.ts';
import { formatBytes, formatDuration, formatPercent, formatPoints } from '../../wording/format.ts';
import { parseBytes } from '../../wording/parseBytes.ts';
import { parseDuration } from '../../wording/parseDuration.ts';
import type { AnalysisWorker } from '../analysis/analysisWorker.ts';
import type { RiskMonitor } from '../analysis/riskMonitor.ts';
import type { LiveSettings } from '../settings.ts';
import { sayIn } from '../wording.ts';
import { jobIdOf } from './commandArguments.ts';
import { pickJob } from './pickJob.ts';

/** What the command needs of the rest. */
export interface PredictDependencies {
  monitor: RiskMonitor;
  worker: AnalysisWorker;
  settings: LiveSettings;
  showReport: (jobId: string) => void;
}

/** Asks which job and what its next run will be like, and shows how likely that run is to fail, why, and what to do. */
export async function predictNextBackup(dependencies: PredictDependencies, argument: unknown): Promise<Prediction> {
  const { monitor, worker, settings, showReport } = dependencies;
  const job = await pickJob(monitor, jobIdOf(argument), vscode.l10n.t('Predict Next Backup'));
  const plan: BackupPlan = { backupId: job.id, ...(await askEstimates(job)) };
  const prediction = await worker.ask('predict', { plan, context: null, options: monitor.options() });
  // Not awaited: the command has its result; the list stays until somebody closes it or opens the report.
  void showPrediction(job, prediction, settings).then((open) => (open ? showReport(job.id) : undefined));
  return prediction;
}

async function askEstimates(job: JobReport): Promise<Partial<BackupPlan>> {
  const { language } = vscode.env;
  const { sizeBytes, durationMs } = job.lastRun;
  const size = await ask(parseBytes, {
    title: vscode.l10n.t('Predict Next Backup of {0} (1/2)', job.id),
    prompt: vscode.l10n.t('Size of the next backup, such as 500 GB. Leave it empty if it will be as usual.'),
    ...(sizeBytes !== null && { placeHolder: vscode.l10n.t('Last time: {0}', formatBytes(sizeBytes, language)) }),
    invalid: vscode.l10n.t('Give a number and a unit, such as 500 GB or 2 TiB.'),
  });
  const duration = await ask(parseDuration, {
    title: vscode.l10n.t('Predict Next Backup of {0} (2/2)', job.id),
    prompt: vscode.l10n.t(
      'How long it will run, in minutes, or such as 1h 30m. Leave it empty if it will be as usual.',
    ),
    ...(durationMs !== null && { placeHolder: vscode.l10n.t('Last time: {0}', formatDuration(durationMs, language)) }),
    invalid: vscode.l10n.t('Give minutes, or a time such as 1h 30m.'),
  });
  return {
    ...(size !== null && { estimatedSizeBytes: size }),
    ...(duration !== null && { estimatedDurationSeconds: duration / 1000 }),
  };
}

/** A number in words; null when left empty. */
async function ask(
  parse: (text: string) => number | null,
  { invalid, ...options }: vscode.InputBoxOptions & { invalid: string },
): Promise<number | null> {
  const isUsable = (text: string): boolean => text.trim() === '' || parse(text) !== null;
  const answer = await vscode.window.showInputBox({
    ...options,
    ignoreFocusOut: true,
    validateInput: (text) => (isUsable(text) ? undefined : invalid),
  });
  if (answer === undefined) throw new vscode.CancellationError();
  return parse(answer);
}

/** True when the report is wanted. */
async function showPrediction(job: JobReport, prediction: Prediction, settings: LiveSettings): Promise<boolean> {
  const { language } = vscode.env;
  const say = sayIn(settings.current.zone);
  const percent = (probability: number): string => formatPercent(probability, language);
  const heading = (label: string): vscode.QuickPickItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const [low, high] = prediction.interval;
  const report: vscode.QuickPickItem = { label: `$(graph) ${vscode.l10n.t('Open Report')}` };
  const proceed = prediction.decision.action === 'proceed';
  const items: vscode.QuickPickItem[] = [
    {
      label: `$(${proceed ? 'pass' : 'warning'}) ${proceed ? vscode.l10n.t('Proceed') : vscode.l10n.t('Delay it, or run it by hand')}`,
      detail: say(prediction.decision.reason),
    },
    ...(prediction.riskFactors.length > 0 ? [heading(vscode.l10n.t('Why'))] : []),
    ...prediction.riskFactors.map((factor) => ({
      label: say(factor.message),
      description: formatPoints(factor.contribution, language),
    })),
    ...(prediction.recommendedActions.length > 0 ? [heading(vscode.l10n.t('What to do'))] : []),
    ...prediction.recommendedActions.map((action) => ({ label: say(action) })),
    heading(vscode.l10n.t('More')),
    report,
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('{0}: {1} risk that the next run fails', job.id, percent(prediction.failureProbability)),
    placeHolder: vscode.l10n.t(
      '90 % interval {0} to {1}. {2}',
      percent(low),
      percent(high),
      say(prediction.confidenceReason),
    ),
    ignoreFocusOut: true,
  });
  return picked === report;
}
