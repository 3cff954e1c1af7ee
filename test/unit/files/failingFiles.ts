/** A file layer whose n-th call fails, counting calls on open file handles too: every crash point of a piece of code. */
import type { FileHandle } from 'node:fs/promises';
import { nodeFiles, type FileLayer } from '../../../src/files/fileLayer.ts';

/** The real files, but call number `n` (from 1) rejects with `code`; `after` tells whether later calls work again. */
export function failAtCall(n: number, code: string, after: 'works' | 'dead' = 'works'): FileLayer {
  let calls = 0;
  return intercept(() => {
    calls++;
    if (calls === n || (after === 'dead' && calls > n)) throw Object.assign(new Error(code), { code });
  });
}

/** The real files without waiting for the disk: what a test of logic needs. */
export const quickFiles: FileLayer = intercept(() => undefined);

/** How many file calls `work` makes. */
export async function countCalls(work: (files: FileLayer) => Promise<unknown>): Promise<number> {
  let calls = 0;
  const count = (): void => {
    calls++;
  };
  await work(intercept(count));
  return calls;
}

/** Waited for at each file call; `target` is the path the call is about. */
type Moment = (call: string, target: string) => void | Promise<void>;

/** The real files, with what another process does before or after a call put there. */
export function interleaved({ before, after }: { before?: Moment; after?: Moment }): FileLayer {
  return intercept(before, after);
}

function intercept(before: Moment = () => undefined, after: Moment = () => undefined): FileLayer {
  const wrap = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(object, name): unknown {
        const member = Reflect.get(object, name) as unknown;
        if (typeof member !== 'function') return member;
        return async (...args: unknown[]): Promise<unknown> => {
          // No test can pull the plug, so that none needs to wait until the disk has it.
          const call = async (): Promise<unknown> =>
            name === 'sync' ? undefined : (member as (...given: unknown[]) => Promise<unknown>).apply(object, args);
          try {
            await before(String(name), String(args[0]));
          } catch (error) {
            // A close that fails still closes, as the system's does.
            if (name === 'close') await call();
            throw error;
          }
          const result: unknown = await call();
          await after(String(name), String(args[0]));
          return isFileHandle(result) ? wrap(result) : result;
        };
      },
    });
  return wrap(nodeFiles);
}

function isFileHandle(value: unknown): value is FileHandle {
  return typeof value === 'object' && value !== null && 'sync' in value && 'close' in value;
}
