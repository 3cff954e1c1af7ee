import * as vscode from 'vscode';
import { commands } from '../../contributions.ts';
import type { Concern } from '../findings/findConcerns.ts';
import type { LiveSettings } from '../settings.ts';
import { sayIn } from '../wording.ts';

/** More names than these are too long for a notification. */
const maxNames = 3;

/** Shows alerts in one notification, whose buttons are commands that exist beside it. */
export async function notify(alerts: readonly Concern[], settings: LiveSettings): Promise<void> {
  const [alert] = alerts;
  if (alert === undefined) return;
  const { text, actions } = alerts.length === 1 ? aboutOne(alert, settings) : aboutMany(alerts);
  const titles = actions.map(({ title }) => title);
  const choice = await vscode.window.showWarningMessage(text, ...titles);
  const action = actions.find(({ title }) => title === choice);
  if (action) await vscode.commands.executeCommand(action.command, action.argument);
}

interface Notice {
  text: string;
  actions: { title: string; command: string; argument?: unknown }[];
}

function aboutOne(alert: Concern, settings: LiveSettings): Notice {
  const { job, message, source, key } = alert;
  return {
    text: `${job}: ${sayIn(settings.current.zone)(message)}`,
    actions: [
      { title: vscode.l10n.t('Open Report'), command: commands.showRiskReport, argument: job },
      { title: vscode.l10n.t('Open Log'), command: commands.openLogAtRun, argument: source },
      { title: vscode.l10n.t('Snooze…'), command: commands.snoozeJob, argument: job },
      { title: vscode.l10n.t('Mark as Expected'), command: commands.markAsExpected, argument: { concern: key } },
    ],
  };
}

// One notification for all: the first look at many logs must not cover the window with them.
function aboutMany(alerts: readonly Concern[]): Notice {
  const jobs = [...new Set(alerts.map(({ job }) => job))];
  const names = jobs.slice(0, maxNames).join(', ');
  const text =
    jobs.length > maxNames
      ? vscode.l10n.t('{0} backup jobs need attention: {1} and others.', jobs.length, names)
      : vscode.l10n.t('Backup jobs that need attention: {0}.', names);
  return {
    text,
    actions: [
      { title: vscode.l10n.t('Open Report'), command: commands.showRiskReport },
      { title: vscode.l10n.t('Mark as Expected…'), command: commands.markAsExpected },
    ],
  };
}
