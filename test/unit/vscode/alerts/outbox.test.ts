import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { setImmediate as afterThis } from 'node:timers/promises';
import { SharedRecord } from '../../../../src/files/sharedRecord.ts';
import {
  defaultOutboxOptions,
  Outbox,
  type OutboxOptions,
  type OutboxParts,
  type UnsentAlert,
} from '../../../../src/vscode/alerts/outbox.ts';
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

/** What does not arrive, in memory: the tests have clocks of their own, and files do not follow those. */
class UnsentInMemory {
  #unsent: readonly UnsentAlert[] = [];
  change<R>(work: (unsent: readonly UnsentAlert[]) => { value: readonly UnsentAlert[]; result: R }): Promise<R> {
    const { value, result } = work(this.#unsent);
    this.#unsent = value;
    return Promise.resolve(result);
  }
}

/** An outbox whose place answers each posting as told, then takes everything. */
function outboxFor(
  context: TestContext,
  { answers = [], unsent = new UnsentInMemory() }: { answers?: Error[]; unsent?: OutboxParts['unsent'] } = {},
  options: Partial<OutboxOptions> = {},
): { outbox: Outbox; posted: string[][]; failures: [number, string, boolean][]; unsent: OutboxParts['unsent'] } {
  const posted: string[][] = [];
  const failures: [number, string, boolean][] = [];
  const outbox = new Outbox(
    {
      unsent,
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
  return { outbox, posted, failures, unsent };
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
  const second = outboxFor(context, { unsent: first.unsent });
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

test('what one window is at sending, another leaves to it', async (context) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'outbox-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const inWindow = (answers: Error[]): ReturnType<typeof outboxFor> =>
    outboxFor(context, { answers, unsent: new SharedRecord(path.join(folder, 'unsent.json'), []) });
  const [some, other] = [inWindow([away]), inWindow([])];
  await some.outbox.send([alert('a')]);
  await Promise.all([some.outbox.send([]), other.outbox.send([])]);
  assert.deepEqual([...some.posted.slice(1), ...other.posted], [['a']]);
});

test('what a window was at sending when it was closed is sent a while later', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.now() });
  const unsent = new UnsentInMemory();
  const id = 'of a closed window';
  await unsent.change(() => ({ value: [{ id, alert: alert('a'), sendingSince: Date.now() }], result: null }));
  const { outbox, posted } = outboxFor(context, { unsent });
  await outbox.send([]);
  assert.deepEqual(posted, []);
  context.mock.timers.tick(defaultOutboxOptions.sendingMs);
  await outbox.send([]);
  assert.deepEqual(posted, [['a']]);
});

test('what is left by a window that closes later is found at a later look', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.now() });
  const { tryAgainMs } = defaultOutboxOptions;
  const unsent = new UnsentInMemory();
  const { posted } = outboxFor(context, { unsent });
  context.mock.timers.tick(tryAgainMs - 60_000);
  const left = { id: 'of a closed window', alert: alert('a'), sendingSince: Date.now() };
  await unsent.change(() => ({ value: [left], result: null }));
  context.mock.timers.tick(60_000);
  await afterThis();
  assert.deepEqual(posted, [], 'the other window is still at it');
  context.mock.timers.tick(tryAgainMs);
  await afterThis();
  assert.deepEqual(posted, [['a']]);
});

test('a place that is away for hours gets what waited once, when it is back', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.now() });
  const { tryAgainMs } = defaultOutboxOptions;
  const { outbox, posted } = outboxFor(context, { answers: Array.from({ length: 20 }, () => away) });
  await outbox.send([alert('a')]);
  for (let round = 0; round < 30; round++) {
    context.mock.timers.tick(tryAgainMs);
    await afterThis();
  }
  assert.deepEqual(
    posted,
    Array.from({ length: 21 }, () => ['a']),
  );
});

test('where nothing can be kept, alerts are sent all the same', async (context) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'outbox-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'file');
  writeFileSync(file, '');
  const { outbox, posted } = outboxFor(context, { unsent: new SharedRecord(path.join(file, 'unsent.json'), []) });
  assert.equal(await outbox.send([alert('a')]), true);
  await outbox.empty();
  assert.deepEqual(posted, [['a']]);
});

test('what can neither be kept on the disk nor arrives goes with the next alert, and once', async (context) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'outbox-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const place = path.join(folder, 'place');
  writeFileSync(place, '');
  const record = new SharedRecord<readonly UnsentAlert[]>(path.join(place, 'unsent.json'), []);
  const { outbox, posted } = outboxFor(context, { answers: [away, away, refused], unsent: record });
  assert.equal(await outbox.send([alert('a')]), false);
  rmSync(place);
  assert.equal(await outbox.send([alert('b')]), false);
  assert.deepEqual(
    (await record.read()).map((one) => one.alert.job),
    ['a', 'b'],
  );
  await outbox.send([alert('c')]);
  assert.equal(await outbox.send([alert('d')]), true);
  assert.deepEqual(posted, [['a'], ['a', 'b'], ['a', 'b', 'c'], ['d']]);
});
