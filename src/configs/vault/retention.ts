/** Which snapshots to keep, by the rules of `restic forget`: each rule keeps the newest of its period; any rule is enough. */
import { localTime } from '../../wording/localTime.ts';

/** How many of each to keep; 0 or absent switches a rule off. */
export interface RetentionPolicy {
  last?: number;
  hourly?: number;
  daily?: number;
  weekly?: number;
  monthly?: number;
  yearly?: number;
}

/** A rule of retention by its name. */
export type RetentionRule = keyof RetentionPolicy;

/** Why a snapshot stays: a rule, because it is pinned, or because it is its configuration's newest good one. */
export type KeepReason = RetentionRule | 'pinned' | 'newestGood';

/** What retention needs to know of a snapshot. */
export interface RetainedSnapshot {
  id: string;
  /** Which configuration it is of: each is judged by itself. */
  name: string;
  /** UTC epoch milliseconds. */
  createdAt: number;
  pinned: boolean;
  /** False when it cannot be verified: it is not what anybody restores from, so it counts for no rule. */
  good: boolean;
}

/** Whether a snapshot stays, and why. */
export interface RetentionVerdict {
  id: string;
  /** Empty: it goes. */
  reasons: KeepReason[];
}

const rules: readonly RetentionRule[] = ['last', 'hourly', 'daily', 'weekly', 'monthly', 'yearly'];

/**
 * Judges every snapshot, in the order given. A policy without a rule keeps everything: forgetting to set one must not
 * delete. A snapshot that does not verify goes only when its configuration has a good one that stays.
 *
 * @param zone IANA zone in which days, weeks, months and years begin.
 * @example
 * applyRetention([{ id: 'a', name: 'app', createdAt: 0, pinned: false, good: true }], { daily: 7 }, 'UTC')
 * //=> [{ id: 'a', reasons: ['newestGood', 'daily'] }]
 */
export function applyRetention(
  snapshots: readonly RetainedSnapshot[],
  policy: RetentionPolicy,
  zone: string,
): RetentionVerdict[] {
  const reasons = new Map<string, KeepReason[]>(snapshots.map(({ id, pinned }) => [id, pinned ? ['pinned'] : []]));
  const active = rules.filter((rule) => (policy[rule] ?? 0) > 0);
  const byName = new Map<string, RetainedSnapshot[]>();
  for (const snapshot of snapshots) {
    const group = byName.get(snapshot.name);
    if (group) group.push(snapshot);
    else byName.set(snapshot.name, [snapshot]);
  }
  const periodOf = createPeriods(zone);
  for (const group of byName.values()) {
    const newestFirst = group.toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
    const good = newestFirst.filter((snapshot) => snapshot.good);
    if (good.length > 0) reasons.get(good[0]!.id)!.push('newestGood');
    const judged = good.length > 0 ? good : newestFirst;
    for (const rule of active) keepByRule(judged, rule, policy[rule]!, periodOf, reasons);
    if (active.length === 0) for (const { id } of group) reasons.get(id)!.push('last');
  }
  return snapshots.map(({ id }) => ({ id, reasons: reasons.get(id)! }));
}

function keepByRule(
  newestFirst: readonly RetainedSnapshot[],
  rule: RetentionRule,
  count: number,
  periodOf: (rule: RetentionRule, at: number) => string,
  reasons: Map<string, KeepReason[]>,
): void {
  let left = count;
  let lastPeriod: string | null = null;
  for (const { id, createdAt } of newestFirst) {
    const period = rule === 'last' ? id : periodOf(rule, createdAt);
    if (period === lastPeriod) continue;
    lastPeriod = period;
    reasons.get(id)!.push(rule);
    if (--left === 0) return;
  }
}

/** Names the period a moment falls in, in the zone's own calendar; weeks are those of ISO 8601. */
function createPeriods(zone: string): (rule: RetentionRule, at: number) => string {
  return (rule, at) => {
    const { year, month, day: date, hour } = localTime(at, zone);
    const day = `${year}-${month}-${date}`;
    switch (rule) {
      case 'hourly':
        // Two hours of a day have the same name when the clock goes back: the offset tells them apart.
        return `${day} ${hour} ${Math.floor(at / 3_600_000)}`;
      case 'daily':
        return day;
      case 'weekly':
        return isoWeek(Date.parse(day));
      case 'monthly':
        return day.slice(0, 7);
      default:
        return year;
    }
  };
}

/** The Monday that starts the week of a day (midnight UTC of its date). */
function isoWeek(day: number): string {
  const weekday = (new Date(day).getUTCDay() + 6) % 7;
  return new Date(day - weekday * 86_400_000).toISOString().slice(0, 10);
}
