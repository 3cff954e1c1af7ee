import type { BackupRun } from '../run.ts';

/**
 * What a run teaches the failure model: 1 a failure, 0 a success, null nothing. Partial runs left a usable archive with
 * something missing: they count as neither, here as everywhere, and enter as a sign of their own. A run that only a
 * catalog tells of says nothing either: had it failed, it would not be there.
 *
 * @example labelOf({ outcome: 'partial', onlyInCatalog: false }) //=> null
 */
export function labelOf({ outcome, onlyInCatalog }: Pick<BackupRun, 'outcome' | 'onlyInCatalog'>): 0 | 1 | null {
  if (onlyInCatalog) return null;
  return outcome === 'failure' ? 1 : outcome === 'success' ? 0 : null;
}
