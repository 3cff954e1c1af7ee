import type { Worker } from 'node:worker_threads';
import type {
  OpenedStore,
  OpenRequest,
  Page,
  ValueOf,
  VaultMethods,
  VaultReply,
  VaultValue,
} from '../../protocol/vault.ts';
import { SharedThread, type RunningThread } from '../sharedThread.ts';
import { VaultRefusedError } from './vaultRefusedError.ts';

interface Knowledge {
  /** The store that it has opened, or is opening. */
  opened: Promise<OpenedStore> | null;
}

type Thread = RunningThread<VaultMethods, Knowledge>;

/**
 * The vault's thread as the host sees it. One that takes the place of another opens the same store again. A call rejects
 * with a `VaultRefusedError`, or with an `RpcError` when the thread itself failed.
 */
export class VaultThread {
  readonly #shared: SharedThread<VaultMethods, Knowledge>;
  #store: OpenRequest | null = null;

  constructor(start: () => Worker, onCrash: (error: Error) => void, idleMs: number) {
    this.#shared = new SharedThread({
      name: 'vault’s thread',
      start,
      begin: (): Knowledge => ({ opened: null }),
      onCrash,
      idleMs,
    });
  }

  /** The running thread; null while none is needed. */
  get thread(): Worker | null {
    return this.#shared.worker;
  }

  /** Opens a store for the calls to come; those under way end with the one that they began with. */
  async open(request: OpenRequest): Promise<OpenedStore> {
    this.#store = null;
    return this.#shared.use(async (thread) => {
      const opened = ask(thread, 'open', request);
      thread.knowledge.opened = opened;
      const store = await opened;
      this.#store = request;
      return store;
    });
  }

  /** Forgets the store and its key, here and in the thread. */
  close(): void {
    this.#store = null;
    this.stop();
  }

  /** A call on the opened store. A long list comes in pieces, each in a turn of its own. */
  call<M extends Exclude<keyof VaultMethods, 'peek' | 'open' | 'recoverKey' | 'openKeyExport' | 'more'>>(
    method: M,
    request: VaultMethods[M]['request'],
  ): Promise<VaultValue<M>> {
    return this.#shared.use(async (thread) => {
      if (this.#store !== null) thread.knowledge.opened ??= ask(thread, 'open', this.#store);
      await thread.knowledge.opened;
      const value = await ask(thread, method, request);
      return (isPage(value) ? await allRows(thread, value) : value) as VaultValue<M>;
    });
  }

  /** What a folder tells without its key. */
  peek(folder: string): Promise<ValueOf<'peek'>> {
    return this.#shared.use((thread) => ask(thread, 'peek', { folder }));
  }

  /** The key of a folder's store, by its recovery passphrase. */
  recoverKey(folder: string, passphrase: string): Promise<ValueOf<'recoverKey'>> {
    return this.#shared.use((thread) => ask(thread, 'recoverKey', { folder, passphrase }));
  }

  /** The key of an export that is sealed under a passphrase. */
  openKeyExport(text: string, passphrase: string): Promise<ValueOf<'openKeyExport'>> {
    return this.#shared.use((thread) => ask(thread, 'openKeyExport', { text, passphrase }));
  }

  /** Ends the thread; what is pending rejects. The next call starts another. */
  stop(): void {
    this.#shared.stop();
  }
}

function isPage(value: unknown): value is Page<unknown> {
  return typeof value === 'object' && value !== null && 'rest' in value && 'rows' in value;
}

async function allRows(thread: Thread, { rows, rest }: Page<unknown>): Promise<unknown[]> {
  const all = [...rows];
  while (rest !== null) {
    const page: Page<unknown> = await ask(thread, 'more', { rest });
    for (const row of page.rows) all.push(row);
    rest = page.rest;
  }
  return all;
}

async function ask<M extends keyof VaultMethods>(
  { peer }: Thread,
  method: M,
  request: VaultMethods[M]['request'],
): Promise<ValueOf<M>> {
  const reply = (await peer.call(method, request)) as VaultReply<ValueOf<M>>;
  if ('refusal' in reply) throw new VaultRefusedError(reply.refusal);
  return reply.value;
}
