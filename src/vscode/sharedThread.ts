import type { Worker } from 'node:worker_threads';
import { connect, type Methods, type Peer } from '../protocol/rpc.ts';

/** A running thread, and what its owner knows of it. */
export interface RunningThread<M extends Methods<M>, Knowledge> {
  worker: Worker;
  peer: Peer<M>;
  /** Ends with the thread: a new one begins with what `begin` gives. */
  knowledge: Knowledge;
}

export interface SharedThreadOptions<Knowledge> {
  /** What it is called in errors, such as `analysis thread`. */
  name: string;
  start: () => Worker;
  /** What is known of a thread that has just been started. */
  begin: () => Knowledge;
  /** A thread that ended by itself; what was pending on it has been rejected. */
  onCrash: (error: Error) => void;
  idleMs: number;
  /** Whether a thread is kept although nobody asks anything; left out, none is. */
  isKept?: (knowledge: Knowledge) => boolean;
}

/**
 * A worker thread that answers calls: started when first needed, shared by all callers, let go when nobody has asked
 * anything for a while. One that died is replaced at the next call.
 */
export class SharedThread<M extends Methods<M>, Knowledge> {
  readonly #options: SharedThreadOptions<Knowledge>;
  #thread: RunningThread<M, Knowledge> | null = null;
  #callsPending = 0;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SharedThreadOptions<Knowledge>) {
    this.#options = options;
  }

  /** The running thread; null while none is needed. */
  get worker(): Worker | null {
    return this.#thread?.worker ?? null;
  }

  /** Has `call` done on the running thread, or on a new one, which stays until the call has ended. */
  async use<T>(call: (thread: RunningThread<M, Knowledge>) => Promise<T>): Promise<T> {
    this.#callsPending++;
    clearTimeout(this.#idleTimer);
    try {
      return await call((this.#thread ??= this.#newThread()));
    } finally {
      if (--this.#callsPending === 0) this.#letGoLater();
    }
  }

  /** Ends the thread; what is pending rejects. The next call starts another. */
  stop(): void {
    clearTimeout(this.#idleTimer);
    const thread = this.#thread;
    this.#thread = null;
    thread?.peer.close();
    void thread?.worker.terminate();
  }

  #letGoLater(): void {
    const { isKept, idleMs } = this.#options;
    if (this.#thread && isKept?.(this.#thread.knowledge)) return;
    this.#idleTimer = setTimeout(() => this.stop(), idleMs).unref();
  }

  #newThread(): RunningThread<M, Knowledge> {
    const worker = this.#options.start();
    const peer = connect<M>(
      {
        post: (message) => worker.postMessage(message),
        onMessage: (listener) => worker.on('message', listener),
        onClose: (listener) => worker.once('exit', listener),
      },
      {},
    );
    const thread = { worker, peer, knowledge: this.#options.begin() };
    let cause: Error | null = null;
    worker.on('error', (error: unknown) => {
      cause = error instanceof Error ? error : new Error(String(error));
    });
    worker.once('exit', (code) => {
      if (this.#thread !== thread) return;
      this.#thread = null;
      this.#options.onCrash(cause ?? new Error(`The ${this.#options.name} ended with code ${code}.`));
    });
    return thread;
  }
}
