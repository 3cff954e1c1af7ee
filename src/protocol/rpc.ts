/**
 * Calls over any pair of message ports: host ↔ worker and host ↔ report page. Both ends may call and serve. Every call
 * ends: with a value, with the other side's error, cancelled, timed out, or because the other side is gone.
 */

/** One end of a message channel, as both `worker_threads` and a webview can offer it. */
export interface Port {
  /**
   * Sends a structured-cloneable value; may throw when the value is not. What is in `transfer` is handed over, not
   * copied, where the channel can do that.
   */
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Told once, when no message will come any more. */
  onClose(listener: () => void): void;
}

interface Method {
  request: unknown;
  response: unknown;
  progress: unknown;
}

/** A map from a call's name to its types, such as `AnalysisMethods`. */
export type Methods<M> = { [K in keyof M]: Method };

/** For an end that only calls, or only serves. */
export type NoMethods = Record<string, never>;

export interface ServeContext<Progress> {
  /** Aborted when the caller cancels, gives up, or is gone. */
  signal: AbortSignal;
  progress: (value: Progress) => void;
}

export type Handlers<M extends Methods<M>> = {
  [K in keyof M]: (
    request: M[K]['request'],
    context: ServeContext<M[K]['progress']>,
  ) => M[K]['response'] | Promise<M[K]['response']>;
};

export interface CallOptions<Progress> {
  signal?: AbortSignal;
  /** No limit when left out. */
  timeoutMs?: number;
  onProgress?: (value: Progress) => void;
  /** Memory of the request that the other side gets and this one loses. */
  transfer?: readonly ArrayBuffer[];
}

export interface Peer<M extends Methods<M>> {
  /** Rejects with an `RpcError` and nothing else. */
  call: <K extends keyof M & string>(
    method: K,
    request: M[K]['request'],
    options?: CallOptions<M[K]['progress']>,
  ) => Promise<M[K]['response']>;
  /** Rejects what is pending and aborts what is being served. The port itself stays its owner's to close. */
  close: () => void;
}

export type RpcFailure = 'failed' | 'cancelled' | 'timedOut' | 'peerGone' | 'noSuchMethod';

/** Why a call has no value. `failed` carries the name and the stack of what the other side threw. */
export class RpcError extends Error {
  readonly failure: RpcFailure;
  readonly remoteName: string | null;
  readonly remoteStack: string | null;

  constructor(failure: RpcFailure, text: string, remoteName: string | null = null, remoteStack: string | null = null) {
    super(text);
    this.name = 'RpcError';
    this.failure = failure;
    this.remoteName = remoteName;
    this.remoteStack = remoteStack;
  }
}

type Envelope =
  | { rpc: 'call'; id: number; method: string; request: unknown }
  | { rpc: 'cancel'; id: number }
  | { rpc: 'progress'; id: number; value: unknown }
  | { rpc: 'value'; id: number; value: unknown }
  | { rpc: 'error'; id: number; failure: RpcFailure; text: string; name: string | null; stack: string | null };

interface Pending {
  onProgress: ((value: unknown) => void) | undefined;
  settle(outcome: { value: unknown } | { error: RpcError }): void;
}

/**
 * Serves `handlers` on a port and calls what the other end serves.
 *
 * @example
 * const worker = connect<AnalysisMethods>(port, {});
 * const report = await worker.call('analyze', request, { signal, onProgress: (p) => show(p.bytesRead) });
 */
export function connect<Calls extends Methods<Calls>, Serves extends Methods<Serves> = NoMethods>(
  port: Port,
  handlers: Handlers<Serves>,
): Peer<Calls> {
  const pending = new Map<number, Pending>();
  const serving = new Map<number, AbortController>();
  let lastId = 0;
  let open = true;

  const close = (): void => {
    if (!open) return;
    open = false;
    for (const call of [...pending.values()]) call.settle({ error: peerGone() });
    for (const controller of serving.values()) controller.abort();
    serving.clear();
  };

  const serve = async (id: number, method: string, request: unknown): Promise<void> => {
    const controller = new AbortController();
    const post = (envelope: Envelope): void => {
      if (open && serving.get(id) === controller) port.post(envelope);
    };
    serving.set(id, controller);
    try {
      if (!Object.hasOwn(handlers, method)) throw new RpcError('noSuchMethod', `No method "${method}" is served here.`);
      const context: ServeContext<unknown> = {
        signal: controller.signal,
        progress: (value) => post({ rpc: 'progress', id, value }),
      };
      // The name was looked up in the map itself; its types are the caller's promise.
      const handler = handlers[method as keyof Serves] as (request: unknown, context: unknown) => unknown;
      post({ rpc: 'value', id, value: await handler(request, context) });
    } catch (error) {
      post(errorEnvelope(id, error));
    } finally {
      if (serving.get(id) === controller) serving.delete(id);
    }
  };

  port.onClose(close);
  port.onMessage((message) => {
    if (!open || !isEnvelope(message)) return;
    switch (message.rpc) {
      case 'call':
        void serve(message.id, message.method, message.request);
        break;
      case 'cancel':
        serving.get(message.id)?.abort();
        serving.delete(message.id); // nobody waits for an answer any more
        break;
      case 'progress':
        pending.get(message.id)?.onProgress?.(message.value);
        break;
      case 'value':
        pending.get(message.id)?.settle({ value: message.value });
        break;
      case 'error':
        pending
          .get(message.id)
          ?.settle({ error: new RpcError(message.failure, message.text, message.name, message.stack) });
        break;
    }
  });

  const call = (method: string, request: unknown, options: CallOptions<never> = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const { signal, timeoutMs } = options;
      if (!open || signal?.aborted) {
        reject(open ? cancelled(method) : peerGone());
        return;
      }
      const id = ++lastId;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const settle: Pending['settle'] = (outcome) => {
        pending.delete(id);
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        if ('error' in outcome) reject(outcome.error);
        else resolve(outcome.value);
      };
      const giveUp = (error: RpcError): void => {
        settle({ error });
        port.post({ rpc: 'cancel', id } satisfies Envelope);
      };
      const onAbort = (): void => giveUp(cancelled(method));
      signal?.addEventListener('abort', onAbort);
      if (timeoutMs !== undefined) {
        const text = `"${method}" has not answered for ${timeoutMs} ms.`;
        timer = setTimeout(() => giveUp(new RpcError('timedOut', text)), timeoutMs);
      }
      pending.set(id, { onProgress: options.onProgress as Pending['onProgress'], settle });
      try {
        port.post({ rpc: 'call', id, method, request } satisfies Envelope, options.transfer);
      } catch (error) {
        settle({ error: new RpcError('failed', `"${method}" could not be sent: ${String(error)}`) });
      }
    });

  return { call, close };
}

function isEnvelope(message: unknown): message is Envelope {
  return typeof message === 'object' && message !== null && 'rpc' in message && 'id' in message;
}

function errorEnvelope(id: number, error: unknown): Envelope {
  if (error instanceof RpcError) {
    const { failure, message: text, remoteName: name, remoteStack: stack } = error;
    return { rpc: 'error', id, failure, text, name, stack };
  }
  const { name, message: text, stack } = error instanceof Error ? error : new Error(String(error));
  return { rpc: 'error', id, failure: 'failed', text, name, stack: stack ?? null };
}

const peerGone = (): RpcError => new RpcError('peerGone', 'The other side is gone.');
const cancelled = (method: string): RpcError => new RpcError('cancelled', `"${method}" was cancelled.`);
