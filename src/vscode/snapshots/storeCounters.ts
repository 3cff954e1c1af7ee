import type * as vscode from 'vscode';

/** State entry of a store: the counter it was last seen with. */
const entry = (storeId: string): string => `snapshots.counter.${storeId}`;

/** How far each store had come when this machine last saw it, so that an older copy in its place shows. */
export class StoreCounters {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  /** 0 for a store that was never seen here. */
  lastOf(storeId: string | null): number {
    return storeId === null ? 0 : this.#state.get<number>(entry(storeId), 0);
  }

  /** Another window may have seen a newer state already: that one stays. */
  async saw(storeId: string, counter: number): Promise<void> {
    if (counter > this.lastOf(storeId)) await this.#state.update(entry(storeId), counter);
  }

  async forget(storeId: string): Promise<void> {
    await this.#state.update(entry(storeId), undefined);
  }
}
