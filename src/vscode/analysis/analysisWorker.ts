import type { Worker } from 'node:worker_threads';
import type { JobReport, RiskReport } from '../../backups/report.ts';
import type { AnalysisMethods, AnalyzeProgress, AnalyzeRequest } from '../../protocol/analysis.ts';
import { connect, RpcError, type CallOptions, type Peer } from '../../protocol/rpc.ts';

/** Questions about what the last analysis has read, and pure calculations. */
type Question = Exclude<keyof AnalysisMethods, 'analyze' | 'jobReports'>;

/** Jobs fetched at a time: some 15 kB each, so that receiving them holds the event loop for a millisecond or two. */
const jobsPerPiece = 16;

interface Thread {
  worker: Worker;
  peer: Peer<AnalysisMethods>;
  /** Whether its memory holds what the last analysis has read. */
  knows: boolean;
  /** Ends with the last analysis that was asked of it. */
  analyzing: Promise<unknown>;
  /** How long the slowest analysis took, which is the one that read everything. */
  slowestMs: number;
}

/**
 * The analysis in a thread of its own: started when first needed, shared by all callers, let go when nobody has asked
 * anything for a while, unless it would take long to read everything again: a log that grows at night must not cost what
 * all logs cost. A thread that died is replaced at the next call, and reads again what the earlier one had read
 * before it answers a question. Every call rejects with an `RpcError` and nothing else.
 */
export class AnalysisWorker {
  readonly #start: () => Worker;
  readonly #onCrash: (error: Error) => void;
  readonly #idleMs: number;
  readonly #costlyMs: number;
  #thread: Thread | null = null;
  #lastAnalysis: AnalyzeRequest | null = null;
  #callsPending = 0;
  #idleTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param costlyMs a thread whose analysis took at least this long is not let go */
  constructor(start: () => Worker, onCrash: (error: Error) => void, idleMs: number, costlyMs = 1000) {
    this.#start = start;
    this.#onCrash = onCrash;
    this.#idleMs = idleMs;
    this.#costlyMs = costlyMs;
  }

  /** The running thread; null while none is needed. */
  get thread(): Worker | null {
    return this.#thread?.worker ?? null;
  }

  analyze(request: AnalyzeRequest, options: CallOptions<AnalyzeProgress> = {}): Promise<RiskReport> {
    return this.#use((thread) =>
      inTurn(thread, async () => {
        const startedAt = performance.now();
        const report = await fetchReport(thread, request, options);
        thread.slowestMs = Math.max(thread.slowestMs, performance.now() - startedAt);
        thread.knows = true;
        this.#lastAnalysis = request;
        return report;
      }),
    );
  }

  ask<Q extends Question>(
    question: Q,
    request: AnalysisMethods[Q]['request'],
    options: CallOptions<AnalysisMethods[Q]['progress']> = {},
  ): Promise<AnalysisMethods[Q]['response']> {
    return this.#use(async (thread) => {
      await this.#teach(thread);
      return thread.peer.call(question, request, options);
    });
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
      const isCostly = (this.#thread?.slowestMs ?? 0) >= this.#costlyMs;
      if (--this.#callsPending === 0 && !isCostly)
        this.#idleTimer = setTimeout(() => this.stop(), this.#idleMs).unref();
    }
  }

  /** Has a new thread read again what an earlier one had read. */
  async #teach(thread: Thread): Promise<void> {
    if (thread.knows || this.#lastAnalysis === null) return;
    await inTurn(thread, async () => {
      if (thread.knows || this.#lastAnalysis === null) return;
      await thread.peer.call('analyze', this.#lastAnalysis);
      thread.knows = true;
    });
  }

  #newThread(): Thread {
    const worker = this.#start();
    const peer = connect<AnalysisMethods>(
      {
        post: (message) => worker.postMessage(message),
        onMessage: (listener) => worker.on('message', listener),
        onClose: (listener) => worker.once('exit', listener),
      },
      {},
    );
    const thread: Thread = { worker, peer, knows: false, analyzing: Promise.resolve(), slowestMs: 0 };
    let cause: Error | null = null;
    worker.on('error', (error: unknown) => {
      cause = error instanceof Error ? error : new Error(String(error));
    });
    worker.once('exit', (code) => {
      if (this.#thread !== thread) return;
      this.#thread = null;
      this.#onCrash(cause ?? new Error(`The analysis thread ended with code ${code}.`));
    });
    return thread;
  }
}

/** Analyses come one after the other: each reads on from where the one before it has stopped. */
function inTurn<T>(thread: Thread, analyze: () => Promise<T>): Promise<T> {
  const analyzed = thread.analyzing.then(analyze);
  thread.analyzing = analyzed.catch(() => null);
  return analyzed;
}

async function fetchReport(
  { peer }: Thread,
  request: AnalyzeRequest,
  options: CallOptions<AnalyzeProgress>,
): Promise<RiskReport> {
  const { jobCount, ...head } = await peer.call('analyze', request, options);
  const jobs: JobReport[] = [];
  while (jobs.length < jobCount) {
    const piece = { from: jobs.length, count: jobsPerPiece };
    jobs.push(...(await peer.call('jobReports', piece, options.signal && { signal: options.signal })));
  }
  return { ...head, jobs };
}

/** Whether a call ended because it was cancelled. */
export function isCancelled(error: unknown): boolean {
  return error instanceof RpcError && error.failure === 'cancelled';
}
