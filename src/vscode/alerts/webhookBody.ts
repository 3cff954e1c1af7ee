import type { ConcernKind } from '../findings/findConcerns.ts';
import type { Severity } from '../../backups/report.ts';

/** An alert in words, as it leaves the machine: no log line, no secret. */
export interface SpokenAlert {
  /** `test` for the one that only tries the way. */
  kind: ConcernKind | 'test';
  severity: Severity;
  job: string;
  text: string;
  /** When it came up, in ISO 8601: it may be sent later, when the place was away. */
  at: string;
}

export type WebhookFormat = 'json' | 'slack' | 'teams';

/**
 * What a webhook is sent: plain JSON, Slack's incoming webhooks, or an Adaptive Card as the workflows of Microsoft Teams
 * take it.
 *
 * @example
 * webhookBody('slack', [{ kind: 'risk', severity: 'warning', job: 'etc', text: 'etc: …' }], 0)
 * //=> { text: '• etc: …' }
 */
export function webhookBody(format: WebhookFormat, alerts: readonly SpokenAlert[], sentAt: number): object {
  switch (format) {
    case 'json':
      return { schema: 1, source: 'backup-foresight', sentAt: new Date(sentAt).toISOString(), alerts };
    case 'slack':
      return { text: alerts.map(({ text }) => `• ${escapeSlack(text)}`).join('\n') };
    case 'teams':
      return {
        type: 'message',
        attachments: [
          {
            contentType: 'application/vnd.microsoft.card.adaptive',
            content: {
              $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
              type: 'AdaptiveCard',
              version: '1.4',
              body: alerts.map(({ text, severity }) => ({
                type: 'TextBlock',
                text: escapeMarkdown(text),
                wrap: true,
                color: severity === 'critical' ? 'attention' : severity === 'warning' ? 'warning' : 'default',
              })),
            },
          },
        ],
      };
  }
}

// https://api.slack.com/reference/surfaces/formatting: these three, and nothing else, steer.
function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

// A TextBlock reads a part of Markdown: links, emphasis and lists.
function escapeMarkdown(text: string): string {
  return text.replace(/[\\*_[\]()]/g, '\\$&');
}
