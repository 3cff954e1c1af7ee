import * as vscode from 'vscode';
import type { AlertCommandName } from '../../contributions.ts';
import { SharedRecord } from '../../files/sharedRecord.ts';
import type { RiskMonitor } from '../analysis/riskMonitor.ts';
import type { CommandHandler } from '../commands/registerCommands.ts';
import type { Findings } from '../findings/createFindings.ts';
import type { Concern } from '../findings/findConcerns.ts';
import type { Log } from '../log.ts';
import { redact } from '../redact.ts';
import type { LiveSettings } from '../settings.ts';
import { sayIn } from '../wording.ts';
import { Alerts } from './alerts.ts';
import type { ToldAt } from './dueAlerts.ts';
import { notify } from './notify.ts';
import type { UnsentAlert } from './outbox.ts';
import { ToldAlerts } from './toldAlerts.ts';
import { Webhook } from './webhook.ts';

/** Everything that tells ahead of time, wired together. */
export interface AlertSystem {
  alerts: Alerts;
  webhook: Webhook;
  /** Told of the alerts of each notification. */
  onDidTell: vscode.Event<readonly Concern[]>;
  handlers: Record<AlertCommandName, CommandHandler>;
  lifetime: vscode.Disposable;
}

export function createAlerts(
  context: vscode.ExtensionContext,
  parts: { monitor: RiskMonitor; settings: LiveSettings; findings: Findings; log: Log },
): AlertSystem {
  const { monitor, settings, findings, log } = parts;
  const didTell = new vscode.EventEmitter<readonly Concern[]>();
  const inStorage = (name: string): string => vscode.Uri.joinPath(context.globalStorageUri, 'alerts', name).fsPath;
  const unsent = new SharedRecord<readonly UnsentAlert[]>(inStorage('unsent.json'), []);
  const webhook = new Webhook(context.secrets, unsent, settings, log);
  const tell = (due: readonly Concern[]): void => {
    const say = sayIn(settings.current.zone);
    const at = new Date().toISOString();
    log.info(`Alerts: ${due.map(({ kind, job }) => `${kind} of ${job}`).join(', ')}`);
    void notify(due, settings);
    void webhook.send(
      due.map(({ kind, severity, job, message }) => ({
        kind,
        severity,
        job: redact(job),
        text: redact(`${job}: ${say(message)}`),
        at,
      })),
    );
    didTell.fire(due);
  };
  const { concerns, marks } = findings;
  const told = new ToldAlerts(new SharedRecord<ToldAt>(inStorage('told.json'), {}));
  const alerts = new Alerts({ monitor, settings, concerns, marks, told, tell });
  return {
    alerts,
    webhook,
    onDidTell: didTell.event,
    handlers: {
      setAlertWebhook: (argument) => webhook.set(argument),
      clearAlertWebhook: () => webhook.clear(),
    },
    lifetime: vscode.Disposable.from(alerts, webhook, didTell),
  };
}
