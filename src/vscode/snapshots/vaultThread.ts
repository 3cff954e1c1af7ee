import type { Worker } from 'node:worker_threads';
import { connect, type Peer } from '../../protocol/rpc.ts';
import type { OpenedStore, OpenRequest, VaultMethods, VaultReply } from '../../protocol/vault.ts';
import { VaultRefusedError } from './vaultRefusedError.ts';

type Reply<M extends keyof VaultMethods> = Extract<VaultMethods[M]['response'], { value: unknown }>['value'];

interface Thread {
  worker: Worker;
  peer: Peer<VaultMethods>;
  /** The store that it has opened, or is opening. */
  opened: Promise<OpenedStore> | null;
}

/**
 * The vault's thread as the host sees it: started when first needed, let go when nobody has asked anything for a while.
 * One that died is replaced at the next call, and opens the same store again. A call rejects with a `VaultRefusedError`,
 * or with an `RpcError` when the thread itself failed.
 */
export class VaultThread {
  readonly #start: () => Worker;
  readonly #onCrash: (error: Error) => void;
  readonly #idleMs: number;
  #thread: Thread | null = null;
  #store: OpenRequest | null = null;
  #callsPending = 0;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(start: () => Worker, onCrash: (error: Error) => void, idleMs: number) {
    this.#start = start;
    this.#onCrash = onCrash;
    this.#idleMs = idleMs;
  }

  /** The running thread; null while none is needed. */
  get thread(): Worker | null {
    return this.#thread?.worker ?? null;
  }

  /** Opens a store for the calls to come; those under way end with the one that they began with. */
  async open(request: OpenRequest): Promise<OpenedStore> {
    this.#store = null;
    return this.#use(async (thread) => {
      thread.opened = ask(thread, 'open', request);
      const store = await thread.opened;
      this.#store = request;
      return store;
    });
  }

  /** Forgets the store and its key, here and in the thread. */
  close(): void {
    this.#store = null;
    this.stop();
  }

  /** A call on the opened store. */
  call<M extends Exclude<keyof VaultMethods, 'peek' | 'open' | 'recoverKey'>>(
    method: M,
    request: VaultMethods[M]['request'],
  ): Promise<Reply<M>> {
    return this.#use(async (thread) => {
      if (thread.opened === null && this.#store !== null) thread.opened = ask(thread, 'open', this.#store);
      await thread.opened;
      return ask(thread, method, request);
    });
  }

  /** What a folder tells without its key. */
  peek(folder: string): Promise<Reply<'peek'>> {
    return this.#use((thread) => ask(thread, 'peek', { folder }));
  }

  /** The key of a folder's store, by its recovery passphrase. */
  recoverKey(folder: string, passphrase: string): Promise<Reply<'recoverKey'>> {
    return this.#use((thread) => ask(thread, 'recoverKey', { folder, passphrase }));
  }

  /** Ends the thread; what is pending rejects. The next call starts another. */
  stop(): void {
    clearTimeout(this.#idleTimer);
    const thread = this.#thread;
    this.#thread = null;
    thread?.peer.close();
    void thread?.worker.terminate();
  }

  async #use<T>(call: (thread: Thread) => Promise<T>): Promise<T> {
    this.#callsPending++;
    clearTimeout(this.#idleTimer);
    try {
      return await call((this.#thread ??= this.#newThread()));
    } finally {
      if (--this.#callsPending === 0) this.#idleTimer = setTimeout(() => this.stop(), this.#idleMs).unref();
    }
  }

  #newThread(): Thread {
    const worker = this.#start();
    const peer = connect<VaultMethods>(
      {
        post: (message) => worker.postMessage(message),
        onMessage: (listener) => worker.on('message', listener),
        onClose: (listener) => worker.once('exit', listener),
      },
      {},
    );
    const thread: Thread = { worker, peer, opened: null };
    let cause: Error | null = null;
    worker.on('error', (error: unknown) => {
      cause = error instanceof Error ? error : new Error(String(error));
    });
    worker.once('exit', (code) => {
      if (this.#thread !== thread) return;
      this.#thread = null;
      this.#onCrash(cause ?? new Error(`The vault's thread ended with code ${code}.`));
    });
    return thread;
  }
}

async function ask<M extends keyof VaultMethods>(
  { peer }: Thread,
  method: M,
  request: VaultMethods[M]['request'],
): Promise<Reply<M>> {
  const reply = (await peer.call(method, request)) as VaultReply<Reply<M>>;
  if ('refusal' in reply) throw new VaultRefusedError(reply.refusal);
  return reply.value;
}
