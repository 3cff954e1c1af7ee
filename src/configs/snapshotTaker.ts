/** Takes snapshots: reads configurations, cuts their secrets out, and adds what has changed to a store. */
import type { BackupResult } from './backupResult.ts';
import { backUpInBatches, type PreparedBackup } from './backUpInBatches.ts';
import { countChangedKeys } from './diff.ts';
import { firstGood, lastGood } from './goodSnapshots.ts';
import { readLive, type Configuration, type LiveConfig } from './liveConfig.ts';
import type { SecretRules } from './secrets/secretRange.ts';
import type { SnapshotEntry } from './snapshotSummary.ts';
import { cutContent, type CutContent } from './vault/cutContent.ts';
import { fingerprintContent } from './vault/fingerprint.ts';
import { sealSnapshot, type AddElsewhere, type PlainSnapshot } from './vault/plainSnapshot.ts';
import { searchedBy } from './vault/searchedBy.ts';
import type { Manifest } from './vault/snapshotFile.ts';
import type { SnapshotStore } from './vault/snapshotStore.ts';

/** See `ConfigurationBackup`, which it takes snapshots for. */
export class SnapshotTaker {
  readonly #store: SnapshotStore;
  readonly #rules: SecretRules;
  readonly #now: () => number;

  /** @param now UTC epoch milliseconds */
  constructor(store: SnapshotStore, { rules, now }: { rules: SecretRules; now: () => number }) {
    this.#store = store;
    this.#rules = rules;
    this.#now = now;
  }

  /** Of one configuration. Rejects as `readLive` does, and with what the store refuses. */
  async take(live: LiveConfig, name: string): Promise<BackupResult> {
    const configuration = await readLive(live, name, this.#rules);
    const { result, made } = this.#cut(configuration, await lastGood(this.#store, configuration.type, name));
    if (made) await this.#store.add(sealSnapshot(made));
    return result;
  }

  /** Of many files; for each, in their order, its result or why there is none. Rejects with what the store refuses. */
  async takeFiles(
    files: readonly string[],
    addElsewhere?: AddElsewhere,
  ): Promise<(BackupResult | { error: unknown })[]> {
    const kept = new Map<string, SnapshotEntry[]>();
    for (const entry of await this.#store.entries()) {
      if (entry.type === 'file') kept.set(entry.name, [entry, ...(kept.get(entry.name) ?? [])]);
    }
    const madeNow = new Map<string, PlainSnapshot>();
    return backUpInBatches(files, {
      read: async (file) => ({
        live: await readLive({ type: 'file', path: file }, file, this.#rules),
        last: await firstGood(this.#store, kept.get(file) ?? []),
      }),
      prepare: ({ live, last }) => {
        const prepared = this.#cut(live, madeNow.get(live.name) ?? last);
        if (prepared.made) madeNow.set(live.name, prepared.made);
        return prepared;
      },
      add: async (made) => {
        if (!(await addElsewhere?.(made))) await this.#store.add(...made.map(sealSnapshot));
      },
    });
  }

  /** The snapshot to seal and add; none when nothing changed. */
  #cut({ type, origin, ...configuration }: Configuration, previous: Manifest | PlainSnapshot | null): PreparedBackup {
    const fingerprintKey = this.#store.fingerprintKey();
    const { name, content, rules } = configuration;
    const unchanged = (id: string): PreparedBackup => ({ result: { snapshotId: id, isNew: false }, made: null });
    const isSame = previous?.contentFingerprint === fingerprintContent(fingerprintKey, name, content);
    // Most files are as they were, and are not searched again for the secrets that were found.
    const searched = searchedBy(rules);
    if (previous && isSame && previous.searchedBy === searched) return unchanged(previous.id);
    const cut = cutContent(configuration, fingerprintKey);
    // Settings may have come since, or a version that knows more: what was kept in clear is to be sealed then.
    if (previous && isSame && !sealsMore(previous, cut)) return unchanged(previous.id);
    const begun = this.#store.begin();
    const createdAt = this.#now();
    const changedKeys = previous && countChangedKeys(previous, cut);
    const before = { previous: previous?.id ?? null, changedKeys };
    const made = { ...begun, type, createdAt, origin, ...before, searchedBy: searched, ...cut };
    return { result: { snapshotId: begun.id, isNew: true }, made };
  }
}

type Cut = Pick<CutContent, 'text'> & { values: readonly Pick<Manifest['values'][number], 'document' | 'path'>[] };

/**
 * True when something is sealed that was in clear before. The other way round there is no hurry, and two programs with other
 * settings would add a snapshot in turns.
 */
function sealsMore(before: Cut, after: Cut): boolean {
  if (before.text === null || after.text === null) return before.text !== after.text && after.text === null;
  const placeOf = ({ document, path }: Cut['values'][number]): string => `${document} ${path}`;
  const sealed = new Set(before.values.map(placeOf));
  return after.text.length < before.text.length || after.values.some((value) => !sealed.has(placeOf(value)));
}
