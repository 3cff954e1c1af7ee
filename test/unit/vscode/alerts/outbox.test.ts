import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setImmediate as afterThis } from 'node:timers/promises';
import { defaultOutboxOptions, Outbox, type OutboxOptions } from '../../../../src/vscode/alerts/outbox.ts';
import { WebhookError } from '../../../../src/vscode/alerts/postWebhook.ts';
import type { SpokenAlert } from '../../../../src/vscode/alerts/webhookBody.ts';

const alert = (job: string, at = new Date().toISOString()): SpokenAlert => ({
  kind: 'risk',
  severity: 'warning',
  job,
  text: `${job}: …`,
  at,
});

const away = new WebhookError('HTTP 503', false);
const refused = new WebhookError('HTTP 404', true);

/** An outbox whose place answers each posting as told, then takes everything. */
function outboxFor(
  context: TestContext,
  { answers = [], kept = new Map<string, unknown>() }: { answers?: Error[]; kept?: Map<string, unknown> },
  options: Partial<OutboxOptions> = {},
): { outbox: Outbox; posted: string[][]; failures: [number, string, boolean][]; kept: Map<string, unknown> } {
  const posted: string[][] = [];
  const failures: [number, string, boolean][] = [];
  const outbox = new Outbox(
    {
      state: {
        get: (key: string) => kept.get(key) as never,
        update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, structuredClone(value))),
      },
      post: (alerts) => {
        posted.push(alerts.map(({ job }) => job));
        const answer = answers[posted.length - 1];
        return answer ? Promise.reject(answer) : Promise.resolve();
      },
      onFailure: (...failure) => void failures.push(failure),
    },
    { ...defaultOutboxOptions, ...options },
  );
  context.after(() => outbox.dispose());
  return { outbox, posted, failures, kept };
}

test('what did not arrive goes with the next alert, oldest first, and once', async (context) => {
  const { outbox, posted, failures } = outboxFor(context, { answers: [away] });
  assert.equal(await outbox.send([alert('a')]), false);
  assert.equal(await outbox.send([alert('b')]), true);
  assert.equal(await outbox.send([alert('c')]), true);
  assert.deepEqual(posted, [['a'], ['a', 'b'], ['c']]);
  assert.deepEqual(failures, [[1, 'HTTP 503', true]]);
});

test('what did not arrive is tried again by itself', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { outbox, posted } = outboxFor(context, { answers: [away, away] }, { tryAgainMs: 1000 });
  await outbox.send([alert('a')]);
  for (let round = 0; round < 3; round++) {
    context.mock.timers.tick(1000);
    await afterThis();
  }
  assert.deepEqual(posted, [['a'], ['a'], ['a']]);
});

test('what did not arrive is sent after a restart', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const first = outboxFor(context, { answers: [away] });
  await first.outbox.send([alert('a')]);
  first.outbox.dispose();
  const second = outboxFor(context, { kept: first.kept });
  context.mock.timers.tick(defaultOutboxOptions.tryAgainMs);
  await afterThis();
  assert.deepEqual(second.posted, [['a']]);
});

test('what is refused is not sent again', async (context) => {
  const { outbox, posted, failures } = outboxFor(context, { answers: [refused] });
  await outbox.send([alert('a')]);
  await outbox.send([alert('b')]);
  assert.deepEqual(posted, [['a'], ['b']]);
  assert.deepEqual(failures, [[1, 'HTTP 404', false]]);
});

test('what is old is dropped, and the latest are kept', async (context) => {
  const { outbox, posted } = outboxFor(context, { answers: [away, away] }, { kept: 2 });
  await outbox.send([alert('old', new Date(Date.now() - defaultOutboxOptions.keptMs - 1000).toISOString())]);
  await outbox.send([alert('a'), alert('b'), alert('c')]);
  await outbox.send([]);
  assert.deepEqual(posted, [['old'], ['b', 'c'], ['b', 'c']]);
});

test('emptied, it sends nothing of what waited', async (context) => {
  const { outbox, posted } = outboxFor(context, { answers: [away] });
  await outbox.send([alert('a')]);
  await outbox.empty();
  await outbox.send([]);
  assert.deepEqual(posted, [['a']]);
});

test('two sendings at once do not overtake each other', async (context) => {
  const { outbox, posted } = outboxFor(context, { answers: [away] });
  const sent = await Promise.all([outbox.send([alert('a')]), outbox.send([alert('b')])]);
  assert.deepEqual(sent, [false, true]);
  assert.deepEqual(posted, [['a'], ['a', 'b']]);
});
