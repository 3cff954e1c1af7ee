import { SortedWindow } from './sortedWindow.ts';

const weeksKept = 8;
/** Weeks from which a weekday has a habit. */
const fewestWeeks = 3;

/**
 * What each weekday usually adds to the level: a full backup on Sundays, little on weekends. A weekday has a habit from
 * its third week on, and only where it stands out from the noise.
 */
export class WeekdayOffsets {
  readonly #days: (SortedWindow | undefined)[] = [];

  learn(weekday: number | null, distance: number): void {
    if (weekday === null) return;
    (this.#days[weekday] ??= new SortedWindow(weeksKept)).push(distance);
  }

  /** In the unit of what was learned; 0 without a habit. `sigma` is the standard deviation of one value. */
  offset(weekday: number | null, sigma: number): number {
    const day = weekday === null ? undefined : this.#days[weekday];
    if (!day || day.size < fewestWeeks) return 0;
    const standardError = (1.25 * sigma) / Math.sqrt(day.size);
    return Math.abs(day.median) > 2.5 * standardError ? day.median : 0;
  }

  /** Whether this weekday, in at least a third of the weeks kept, was as far from the level, or nearly so. */
  hasSeen(weekday: number | null, distance: number): boolean {
    const day = weekday === null ? undefined : this.#days[weekday];
    if (!day) return false;
    const alike = day.values().filter((past) => past / distance >= 0.65).length;
    return alike > 0 && alike >= day.size / 3;
  }
}
