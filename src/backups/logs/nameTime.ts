/** The time in the name of a log that a script writes anew for every run. */

export interface NameTime {
  /** The local time, as milliseconds since 1970 if it were UTC. */
  local: number;
  /** The name tells a day and no time of day. */
  isDay: boolean;
}

const dated =
  /(?<!\d)(20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?:[-_.T ]{1,2}([01]\d|2[0-3])[-_.:h]?([0-5]\d)(?:[-_.:m]?([0-5]\d))?)?(?!\d)/;
/** What logrotate puts behind a name is the day of the rotation. */
const rotated = /\.(?:log|txt|out|err|jsonl?)[-.]20\d{6}/i;

/**
 * The time that a log's name tells; null when it tells none.
 *
 * @example timeInName('/var/log/backup_20260120_021732.log') //=> { local: Date.UTC(2026, 0, 20, 2, 17, 32), isDay: false }
 */
export function timeInName(path: string): NameTime | null {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const found = rotated.test(name) ? null : dated.exec(name);
  if (!found) return null;
  const part = (group: number): number => Number(found[group] ?? 0);
  return { local: Date.UTC(part(1), part(2) - 1, part(3), part(4), part(5), part(6)), isDay: found[4] === undefined };
}
