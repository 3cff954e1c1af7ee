import type { Worker } from 'node:worker_threads';
import type { JobReport, RiskReport } from '../../backups/report.ts';
import type { AnalysisMethods, AnalyzeProgress, AnalyzeRequest } from '../../protocol/analysis.ts';
import { RpcError, type CallOptions } from '../../protocol/rpc.ts';
import { SharedThread, type RunningThread } from '../sharedThread.ts';

/** Questions about what the last analysis has read, and pure calculations. */
type Question = Exclude<keyof AnalysisMethods, 'analyze' | 'jobReports'>;

/** Jobs fetched at a time: some 15 kB each, so that receiving them holds the event loop for a millisecond or two. */
const jobsPerPiece = 16;

interface Knowledge {
  /** Whether its memory holds what the last analysis has read. */
  isTaught: boolean;
  /** Ends with the last analysis that was asked of it. */
  analyzing: Promise<unknown>;
  /** How long the slowest analysis took, which is the one that read everything. */
  slowestMs: number;
}

type Thread = RunningThread<AnalysisMethods, Knowledge>;

/**
 * The analysis in a thread of its own, which is kept where it would take long to read everything again: a log that grows
 * at night must not cost what all logs cost. One that takes the place of another reads again what that had read before it
 * answers a question. Every call rejects with an `RpcError` and nothing else.
 */
export class AnalysisWorker {
  readonly #shared: SharedThread<AnalysisMethods, Knowledge>;
  #lastAnalysis: AnalyzeRequest | null = null;

  /** @param costlyMs a thread whose analysis took at least this long is not let go */
  constructor(start: () => Worker, onCrash: (error: Error) => void, idleMs: number, costlyMs = 1000) {
    this.#shared = new SharedThread({
      name: 'analysis thread',
      start,
      begin: (): Knowledge => ({ isTaught: false, analyzing: Promise.resolve(), slowestMs: 0 }),
      onCrash,
      idleMs,
      isKept: ({ slowestMs }) => slowestMs >= costlyMs,
    });
  }

  /** The running thread; null while none is needed. */
  get thread(): Worker | null {
    return this.#shared.worker;
  }

  analyze(request: AnalyzeRequest, options: CallOptions<AnalyzeProgress> = {}): Promise<RiskReport> {
    return this.#shared.use((thread) =>
      inTurn(thread, async () => {
        const startedAt = performance.now();
        const report = await fetchReport(thread, request, options);
        thread.knowledge.slowestMs = Math.max(thread.knowledge.slowestMs, performance.now() - startedAt);
        thread.knowledge.isTaught = true;
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
    return this.#shared.use(async (thread) => {
      await this.#teach(thread);
      return thread.peer.call(question, request, options);
    });
  }

  /** Ends the thread; what is pending rejects. The next call starts another. */
  stop(): void {
    this.#shared.stop();
  }

  /** Has a new thread read again what an earlier one had read. */
  async #teach(thread: Thread): Promise<void> {
    const { knowledge, peer } = thread;
    if (knowledge.isTaught || this.#lastAnalysis === null) return;
    await inTurn(thread, async () => {
      if (knowledge.isTaught || this.#lastAnalysis === null) return;
      await peer.call('analyze', this.#lastAnalysis);
      knowledge.isTaught = true;
    });
  }
}

/** Analyses come one after the other: each reads on from where the one before it has stopped. */
function inTurn<T>({ knowledge }: Thread, analyze: () => Promise<T>): Promise<T> {
  const analyzed = knowledge.analyzing.then(analyze);
  knowledge.analyzing = analyzed.catch(() => null);
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
