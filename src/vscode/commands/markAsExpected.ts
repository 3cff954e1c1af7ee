import * as vscode from 'vscode';
import type { RiskMonitor } from '../analysis/riskMonitor.ts';
import type { Concerns } from '../findings/concerns.ts';
import { concernOfAnomaly, type Concern } from '../findings/findConcerns.ts';
import type { Marks } from '../findings/marks.ts';
import type { LiveSettings } from '../settings.ts';
import { UserError } from '../userError.ts';
import { severityIcon } from '../views/icons.ts';
import { sayIn } from '../wording.ts';
import { concernKeyOf } from './commandArguments.ts';

export interface MarkDependencies {
  monitor: RiskMonitor;
  concerns: Concerns;
  marks: Marks;
  settings: LiveSettings;
}

/** Marks a finding as expected, the given one or one that a person picks: it is shown and told of no longer. */
export async function markAsExpected(dependencies: MarkDependencies, argument: unknown): Promise<void> {
  const concern = given(dependencies, argument) ?? (await pick(dependencies));
  await dependencies.marks.markExpected(concern, dependencies.concerns.all);
}

function given({ concerns, monitor }: MarkDependencies, argument: unknown): Concern | null {
  const key = concernKeyOf(argument);
  if (key === null) return null;
  // The tree shows findings that are too old to be a concern, too.
  const anomalies = monitor.report?.jobs.flatMap((job) =>
    job.anomalies.map((found) => concernOfAnomaly(job.id, found)),
  );
  const concern = [...concerns.all, ...(anomalies ?? [])].find((candidate) => candidate.key === key);
  if (!concern) throw new UserError(vscode.l10n.t('This finding is no longer in the report.'));
  return concern;
}

async function pick({ concerns, settings }: MarkDependencies): Promise<Concern> {
  if (concerns.open.length === 0) throw new UserError(vscode.l10n.t('There is nothing to mark as expected.'));
  const say = sayIn(settings.current.zone);
  const items = concerns.open.map((concern) => ({
    label: concern.job,
    detail: say(concern.message),
    iconPath: severityIcon(concern.severity),
    concern,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Mark as Expected'),
    placeHolder: vscode.l10n.t('Choose what is as it should be'),
    matchOnDetail: true,
  });
  if (!picked) throw new vscode.CancellationError();
  return picked.concern;
}
