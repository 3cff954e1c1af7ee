import type { SharedRecord } from '../../files/sharedRecord.ts';
import type { ToldAt } from './dueAlerts.ts';

/**
 * What people were told, over restarts and windows. Where nothing can be written, as on a full disk, this window still
 * knows what it has told, beside what was written before.
 */
export class ToldAlerts {
  readonly #record: Pick<SharedRecord<ToldAt>, 'change' | 'read'>;
  #unwritten: ToldAt | null = null;

  constructor(record: Pick<SharedRecord<ToldAt>, 'change' | 'read'>) {
    this.#record = record;
  }

  /** As `SharedRecord.change`, but never rejects. `work` may be called twice; the second result is given. */
  async change<R>(work: (before: ToldAt) => { value: ToldAt; result: R }): Promise<R> {
    try {
      const result = await this.#record.change((before) => work(this.#withUnwritten(before)));
      this.#unwritten = null;
      return result;
    } catch {
      const { value, result } = work(this.#withUnwritten(await this.#record.read()));
      this.#unwritten = value;
      return result;
    }
  }

  #withUnwritten(before: ToldAt): ToldAt {
    return this.#unwritten === null ? before : { ...before, ...this.#unwritten };
  }
}
