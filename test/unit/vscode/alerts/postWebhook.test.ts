import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { postWebhook, WebhookError, type PostOptions } from '../../../../src/vscode/alerts/postWebhook.ts';
import { isWebhookUrl } from '../../../../src/vscode/alerts/webhookUrl.ts';

const fast: PostOptions = { attempts: 3, timeoutMs: 2000, waitMs: 1, longestWaitMs: 5 };

interface Received {
  body: unknown;
  type: string | undefined;
}

/** A server that answers each request as told, the last answer again and again. */
async function serve(
  context: TestContext,
  ...answers: ((response: ServerResponse) => void)[]
): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    let text = '';
    request.on('data', (piece) => (text += String(piece)));
    request.on('end', () => {
      received.push({ body: JSON.parse(text), type: request.headers['content-type'] });
      (answers[received.length - 1] ?? answers.at(-1)!)(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/s3cr3t`, received };
}

const answer =
  (status: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void =>
    void response.writeHead(status, headers).end();

const failsWith = (reason: RegExp) => (error: unknown) => {
  assert.ok(error instanceof WebhookError);
  assert.match(error.message, reason);
  assert.doesNotMatch(`${error.message} ${error.stack ?? ''}`, /s3cr3t/);
  return true;
};

test('the body arrives as JSON, once', async (context) => {
  const { url, received } = await serve(context, answer(200));
  await postWebhook(url, { a: 1 }, fast);
  assert.deepEqual(received, [{ body: { a: 1 }, type: 'application/json' }]);
});

test('a busy or broken server is asked again', async (context) => {
  const { url, received } = await serve(context, answer(503), answer(429, { 'retry-after': '3600' }), answer(204));
  await postWebhook(url, {}, fast);
  assert.equal(received.length, 3);
});

test('after the last attempt it is told, without the address', async (context) => {
  const { url, received } = await serve(context, answer(500));
  await assert.rejects(postWebhook(url, {}, fast), failsWith(/^HTTP 500$/));
  assert.equal(received.length, 3);
});

test('an answer that will not change is not asked for again', async (context) => {
  const { url, received } = await serve(context, answer(404));
  await assert.rejects(postWebhook(url, {}, fast), failsWith(/^HTTP 404$/));
  assert.equal(received.length, 1);
});

test('a redirect is not followed', async (context) => {
  const other = await serve(context, answer(200));
  const { url } = await serve(context, answer(307, { location: other.url }));
  await assert.rejects(postWebhook(url, {}, fast), failsWith(/^HTTP 307$/));
  assert.equal(other.received.length, 0);
});

test('a server that never answers is given up', async (context) => {
  const { url } = await serve(context, () => undefined);
  await assert.rejects(
    postWebhook(url, {}, { ...fast, attempts: 2, timeoutMs: 50 }),
    failsWith(/no answer within 50 ms/),
  );
});

test('a server that is not there is told by its code', async (context) => {
  const { url } = await serve(context, answer(200));
  const gone = new URL(url);
  gone.port = '1';
  await assert.rejects(postWebhook(gone.href, {}, fast), failsWith(/^(ECONNREFUSED|not reachable)$/));
});

test('stopping ends the waiting', async (context) => {
  const { url } = await serve(context, answer(500));
  const stop = new AbortController();
  const posting = postWebhook(url, {}, { ...fast, waitMs: 60_000, longestWaitMs: 60_000 }, stop.signal);
  setTimeout(() => stop.abort(), 50);
  await assert.rejects(posting);
});

test('only safe addresses are taken', () => {
  for (const url of ['https://hooks.example.net/x', 'http://127.0.0.1:8080/x', 'http://localhost/'])
    assert.equal(isWebhookUrl(url), true, url);
  for (const url of [
    'http://hooks.example.net/x',
    'ftp://a/',
    'hooks.example.net',
    '',
    'http://127.0.0.1.evil.example/',
  ])
    assert.equal(isWebhookUrl(url), false, url);
});
