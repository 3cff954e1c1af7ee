import { VaultError } from '../configs/vault/vaultError.ts';
import { rowsAtOnce, type Page } from '../protocol/vault.ts';

/** More lists than this are not handed out at the same time: the oldest was given up by whoever asked for it. */
const mostRests = 16;

/** Hands out long lists piece by piece. Each list stays as it was when it was first asked for. */
export class Pages {
  readonly #rests = new Map<number, readonly unknown[]>();
  #lastRest = 0;

  first<Row>(rows: readonly Row[]): Page<Row> {
    if (rows.length <= rowsAtOnce) return { rows: [...rows], rest: null };
    const rest = ++this.#lastRest;
    this.#rests.set(rest, rows.slice(rowsAtOnce));
    for (const oldest of this.#rests.keys()) {
      if (this.#rests.size <= mostRests) break;
      this.#rests.delete(oldest);
    }
    return { rows: rows.slice(0, rowsAtOnce), rest };
  }

  /** @throws VaultError busy for a list that is not handed out any more */
  more(rest: number): Page<unknown> {
    const rows = this.#rests.get(rest);
    if (rows === undefined) throw new VaultError('busy');
    this.#rests.delete(rest);
    return this.first(rows);
  }
}
