/** A snapshot whose values are not sealed yet: what a configuration comes to once it is read and cut. */
import type { PlainCutValue } from './cutContent.ts';
import { createDataKey } from './keys.ts';
import { sealContent } from './sealContent.ts';
import type { Manifest } from './snapshotFile.ts';
import type { NewSnapshot } from './storeFiles.ts';

/** What is in a snapshot, its secrets still readable: never written, and never kept for longer than it takes to seal it. */
export interface PlainSnapshot extends Omit<Manifest, 'values'>, Pick<NewSnapshot, 'madeWith'> {
  values: PlainCutValue[];
}

/**
 * Seals snapshots and adds them to the store they were made for, in another thread.
 *
 * @returns False when they are left to whoever asked. Never rejects.
 */
export type AddElsewhere = (snapshots: readonly PlainSnapshot[]) => Promise<boolean>;

/** Seals a snapshot's values under a data key of its own. */
export function sealSnapshot({ madeWith, ...plain }: PlainSnapshot): NewSnapshot {
  const dataKey = createDataKey();
  return { manifest: { ...plain, ...sealContent(plain, plain.id, dataKey) }, dataKey, madeWith };
}
