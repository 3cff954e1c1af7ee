import * as vscode from 'vscode';
import { formatTime } from '../../wording/format.ts';
import type { ConcernKind } from '../findings/findConcerns.ts';
import type { Marks } from '../findings/marks.ts';
import type { LiveSettings } from '../settings.ts';
import { UserError } from '../userError.ts';
import { timeText } from '../views/texts.ts';
import { wordingIn } from '../wording.ts';

type MarkItem = vscode.QuickPickItem & { key?: string; job?: string };

/** Shows what is expected and snoozed, and takes back what a person unticks. */
export async function manageMarks(marks: Marks, settings: LiveSettings): Promise<void> {
  const wording = wordingIn(settings.current.zone);
  const items: MarkItem[] = [
    ...marks.snoozed.map(([job, until]) => ({
      label: `$(bell-slash) ${job}`,
      description: vscode.l10n.t('snoozed until {0}', formatTime(until, wording)),
      picked: true,
      job,
    })),
    ...marks.expected
      .toSorted((a, b) => b.markedAt - a.markedAt)
      .map(({ key, kind, job, startedAt }) => ({
        label: `$(check) ${job}`,
        description: vscode.l10n.t('expected: {0}, {1}', kindText(kind), timeText(startedAt, wording)),
        picked: true,
        key,
      })),
  ];
  if (items.length === 0) throw new UserError(vscode.l10n.t('Nothing is marked as expected or snoozed.'));
  const kept = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Expected and Snoozed'),
    placeHolder: vscode.l10n.t('Untick what should be told of again'),
    canPickMany: true,
    matchOnDescription: true,
  });
  if (!kept) throw new vscode.CancellationError();
  const dropped = items.filter((item) => !kept.includes(item));
  await marks.forget({
    keys: dropped.flatMap(({ key }) => key ?? []),
    jobs: dropped.flatMap(({ job }) => job ?? []),
  });
}

function kindText(kind: ConcernKind): string {
  switch (kind) {
    case 'risk':
      return vscode.l10n.t('risk');
    case 'overdue':
      return vscode.l10n.t('overdue run');
    case 'full':
      return vscode.l10n.t('full storage');
    case 'anomaly':
      return vscode.l10n.t('anomaly');
    case 'failure':
      return vscode.l10n.t('failure');
  }
}
