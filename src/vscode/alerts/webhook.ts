import * as vscode from 'vscode';
import type { Log } from '../log.ts';
import type { LiveSettings } from '../settings.ts';
import { UserError } from '../userError.ts';
import { Outbox, type OutboxParts } from './outbox.ts';
import { postWebhook, WebhookError } from './postWebhook.ts';
import { webhookBody, type SpokenAlert } from './webhookBody.ts';
import { isWebhookUrl } from './webhookUrl.ts';

const secretKey = 'alerts.webhook';

/** Sends alerts to the address that a person has set. The address is a secret: whoever has it can write there. */
export class Webhook implements vscode.Disposable {
  readonly #secrets: vscode.SecretStorage;
  readonly #settings: LiveSettings;
  readonly #log: Log;
  readonly #outbox: Outbox;
  readonly #stop = new AbortController();

  /** @param unsent remembers what did not arrive */
  constructor(secrets: vscode.SecretStorage, unsent: OutboxParts['unsent'], settings: LiveSettings, log: Log) {
    this.#secrets = secrets;
    this.#settings = settings;
    this.#log = log;
    this.#outbox = new Outbox({
      unsent,
      post: (alerts) => this.#post(alerts),
      onFailure: (count, reason, isKept) => {
        const later = isKept ? 'They are sent later.' : 'They are not sent again.';
        log.warn(`The webhook did not take ${count} alerts: ${reason}. ${later}`);
      },
    });
  }

  async isSet(): Promise<boolean> {
    return (await this.#secrets.get(secretKey)) !== undefined;
  }

  /** Keeps an address, the given one or one that a person types, and sends a first message there if wanted. */
  async set(argument: unknown): Promise<void> {
    const url = typeof argument === 'string' ? argument : await askUrl();
    if (url === undefined) throw new vscode.CancellationError();
    if (!isWebhookUrl(url.trim())) throw new UserError(invalid());
    await this.#secrets.store(secretKey, url.trim());
    const test = vscode.l10n.t('Send a Test Alert');
    const told = vscode.l10n.t('Alerts are sent to the webhook from now on.');
    void vscode.window.showInformationMessage(told, test).then((choice) => {
      if (choice === test) void this.#sendTest();
    });
  }

  async clear(): Promise<void> {
    await this.#secrets.delete(secretKey);
    await this.#outbox.empty();
    void vscode.window.showInformationMessage(vscode.l10n.t('No webhook is set any more.'));
  }

  /** Sends alerts, if an address is set. What goes wrong is logged, without the address; true when they arrived. */
  async send(alerts: readonly SpokenAlert[]): Promise<boolean> {
    return (await this.isSet()) && this.#outbox.send(alerts);
  }

  dispose(): void {
    this.#outbox.dispose();
    this.#stop.abort();
  }

  async #post(alerts: readonly SpokenAlert[]): Promise<void> {
    const url = await this.#secrets.get(secretKey);
    if (url === undefined) throw new WebhookError('no address is set', true);
    const { webhookFormat } = this.#settings.current.alerts;
    await postWebhook(url, webhookBody(webhookFormat, alerts, Date.now()), undefined, this.#stop.signal);
  }

  async #sendTest(): Promise<void> {
    const text = vscode.l10n.t('Backup Foresight can reach you here.');
    const at = new Date().toISOString();
    // Not by the outbox: a test that arrives a day later tells nothing.
    const arrived = await this.#post([{ kind: 'test', severity: 'info', job: '', text, at }]).then(
      () => true,
      (error: unknown) => {
        this.#log.warn(
          `The webhook did not take the test alert: ${error instanceof WebhookError ? error.message : 'it failed'}.`,
        );
        return false;
      },
    );
    if (arrived) void vscode.window.showInformationMessage(vscode.l10n.t('The test alert has arrived.'));
    else void vscode.window.showWarningMessage(vscode.l10n.t('The test alert did not arrive; the log says why.'));
  }
}

function askUrl(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Set Alert Webhook'),
    prompt: vscode.l10n.t('The address that alerts are sent to. It is kept in the secret storage.'),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (isWebhookUrl(text.trim()) ? undefined : invalid()),
  });
}

function invalid(): string {
  return vscode.l10n.t('Give an address that begins with https://.');
}
