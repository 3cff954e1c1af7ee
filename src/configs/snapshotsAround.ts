import type { SnapshotSummary } from './snapshotSummary.ts';

/** Two snapshots of one configuration. */
export interface SnapshotPair {
  before: SnapshotSummary;
  after: SnapshotSummary;
}

/**
 * For each configuration of which a snapshot was taken in a time, the last one up to its beginning and the last one in it.
 * A configuration that was first kept in that time has nothing to be compared with, and is left out.
 *
 * @param time after `after`, up to and with `until`; UTC epoch milliseconds
 * @example
 * snapshotsAround([at(1), at(5), at(9)], { after: 3, until: 7 }) //=> [{ before: at(1), after: at(5) }]
 */
export function snapshotsAround(
  snapshots: readonly SnapshotSummary[],
  { after, until }: { after: number; until: number },
): SnapshotPair[] {
  const byConfig = new Map<string, SnapshotSummary[]>();
  for (const snapshot of snapshots.toSorted((a, b) => a.createdAt - b.createdAt)) {
    const config = JSON.stringify([snapshot.type, snapshot.name]);
    const known = byConfig.get(config);
    if (known) known.push(snapshot);
    else byConfig.set(config, [snapshot]);
  }
  return Array.from(byConfig.values()).flatMap((ofConfig) => {
    const before = ofConfig.findLast(({ createdAt }) => createdAt <= after);
    const last = ofConfig.findLast(({ createdAt }) => createdAt > after && createdAt <= until);
    return before && last ? [{ before, after: last }] : [];
  });
}
