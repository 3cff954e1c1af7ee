import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Outcome, Task } from './storeProcess.ts';

/** Two processes that live as long as the tests and work at the same time. */
export class TwoProcesses {
  readonly #children: ChildProcess[];

  private constructor(children: ChildProcess[]) {
    this.#children = children;
  }

  static async start(): Promise<TwoProcesses> {
    const program = path.join(import.meta.dirname, 'storeProcess.ts');
    const children = [fork(program), fork(program)];
    await Promise.all(children.map(nextMessage));
    return new TwoProcesses(children);
  }

  /** Gives each process a task, both at once, and waits for both. */
  async run(tasks: readonly [Task, Task]): Promise<[Outcome[], Outcome[]]> {
    const answers = this.#children.map((child) => nextMessage(child) as Promise<[Answer]>);
    tasks.forEach((task, index) => this.#children[index]!.send(task));
    const outcomes = (await Promise.all(answers)).map(([answer]) => {
      if ('error' in answer) throw new Error(answer.error);
      return answer.outcomes;
    });
    return outcomes as [Outcome[], Outcome[]];
  }

  stop(): void {
    for (const child of this.#children) child.disconnect();
  }
}

/** What a process says next; one that ends instead is a failure, and nothing to wait for. */
async function nextMessage(child: ChildProcess): Promise<unknown[]> {
  const listening = new AbortController();
  const { signal } = listening;
  const end = once(child, 'exit', { signal }).then(([code, by]: unknown[]) => {
    throw new Error(`A process ended by itself: ${String(code ?? by)}`);
  });
  try {
    return (await Promise.race([once(child, 'message', { signal }), end])) as unknown[];
  } finally {
    listening.abort();
  }
}

type Answer = { outcomes: Outcome[] } | { error: string };
