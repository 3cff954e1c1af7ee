import assert from 'node:assert/strict';
import { test } from 'node:test';
import { webhookBody, type SpokenAlert } from '../../../../src/vscode/alerts/webhookBody.ts';

const alerts: SpokenAlert[] = [
  { kind: 'risk', severity: 'warning', job: 'etc', text: 'etc: 80 % <risk> & *more*', at: '1970-01-01T00:00:00.000Z' },
  {
    kind: 'anomaly',
    severity: 'critical',
    job: 'web',
    text: 'web: shrank [a](http://b)',
    at: '1970-01-01T00:00:00.000Z',
  },
];

test('plain JSON has the alerts and when they were sent', () => {
  assert.deepEqual(webhookBody('json', alerts, 0), {
    schema: 1,
    source: 'backup-foresight',
    sentAt: '1970-01-01T00:00:00.000Z',
    alerts,
  });
});

test('Slack gets one text, in which nothing steers', () => {
  assert.deepEqual(webhookBody('slack', alerts, 0), {
    text: '• etc: 80 % &lt;risk&gt; &amp; *more*\n• web: shrank [a](http://b)',
  });
});

test('Teams gets an Adaptive Card with a block for each alert, in which nothing is a link', () => {
  const { type, attachments } = webhookBody('teams', alerts, 0) as {
    type: string;
    attachments: { contentType: string; content: { type: string; body: { text: string; color: string }[] } }[];
  };
  assert.equal(type, 'message');
  const [card] = attachments;
  assert.equal(card?.contentType, 'application/vnd.microsoft.card.adaptive');
  assert.equal(card.content.type, 'AdaptiveCard');
  assert.deepEqual(
    card.content.body.map(({ text, color }) => [text, color]),
    [
      ['etc: 80 % <risk> & \\*more\\*', 'warning'],
      ['web: shrank \\[a\\]\\(http://b\\)', 'attention'],
    ],
  );
});
