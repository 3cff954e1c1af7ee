import { setTimeout as sleep } from 'node:timers/promises';

/** How a webhook is called; every field in milliseconds but the number of attempts. */
export interface PostOptions {
  attempts: number;
  /** For one attempt. */
  timeoutMs: number;
  /** Before the second attempt; it doubles with each further one. */
  waitMs: number;
  /** More than a server may make us wait. */
  longestWaitMs: number;
}

export const defaultPostOptions: PostOptions = { attempts: 4, timeoutMs: 10_000, waitMs: 2000, longestWaitMs: 60_000 };

/** Why a webhook was not reached, in words that hold no part of its address: that is a secret. */
export class WebhookError extends Error {
  /** Whether the answer says that the same will never be taken, however often it is sent. */
  readonly isFinal: boolean;

  constructor(reason: string, isFinal: boolean) {
    super(reason);
    this.name = 'WebhookError';
    this.isFinal = isFinal;
  }
}

type Attempt = { done: true } | { done: false; reason: string; mayRetry: boolean; waitMs: number | null };

/**
 * Posts JSON to a webhook, again after a while when the server is busy, broken or not to be reached. Redirects are not
 * followed: what is sent is for the address that was given.
 * @throws WebhookError when it did not get through, or the answer says that it never will.
 */
export async function postWebhook(
  url: string,
  body: object,
  options: PostOptions = defaultPostOptions,
  signal?: AbortSignal,
): Promise<void> {
  let waitMs = options.waitMs;
  for (let attempt = 1; ; attempt++) {
    const result = await tryOnce(url, JSON.stringify(body), options.timeoutMs, signal);
    if (result.done) return;
    if (!result.mayRetry || attempt >= options.attempts) throw new WebhookError(result.reason, !result.mayRetry);
    const wait = Math.min(result.waitMs ?? waitMs, options.longestWaitMs);
    await sleep(wait, undefined, signal ? { signal } : {}).catch(() => {
      throw new WebhookError('stopped', false);
    });
    waitMs *= 2;
  }
}

async function tryOnce(url: string, body: string, timeoutMs: number, signal?: AbortSignal): Promise<Attempt> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    await response.body?.cancel();
    if (response.ok) return { done: true };
    const mayRetry = response.status === 429 || response.status >= 500;
    const retryAfter = Number(response.headers.get('retry-after') ?? NaN);
    const waitMs = retryAfter >= 0 ? retryAfter * 1000 : null;
    return { done: false, reason: `HTTP ${response.status}`, mayRetry, waitMs };
  } catch (error) {
    if (signal?.aborted) throw new WebhookError('stopped', false);
    const reason = timeout.aborted ? `no answer within ${timeoutMs} ms` : codeOf(error);
    return { done: false, reason, mayRetry: true, waitMs: null };
  }
}

/** Such as ECONNREFUSED: the message itself would hold the address. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : 'not reachable';
}
