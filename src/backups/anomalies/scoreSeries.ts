import { RunningMedian } from './runningMedian.ts';

const levelWindow = 100;
const recentScores = 200;
const warmUp = 20;

/**
 * Scores every value of a series by how unusual it is, from 0, using that value and earlier ones only: the same prefix
 * always gives the same scores. Level and change are measured in robust deviations from their own recent past, and a
 * value scores only as far as it exceeds what was already seen.
 *
 * @example
 * scoreSeries([0, 1, 2], [5, 5, 5])
 * //=> [0, 0, 0]
 */
export function scoreSeries(times: readonly number[], values: readonly number[]): number[] {
  const level = new Deviations();
  const change = new Deviations();
  const recent: number[] = [];
  let before = NaN;
  return times.map((_, i) => {
    const value = values[i] ?? NaN;
    if (!Number.isFinite(value)) return 0;
    const step = Number.isNaN(before) ? 0 : value - before;
    before = value;
    const score = Math.max(level.add(value), change.add(step));
    if (i < warmUp) return 0;
    const highest = Math.max(0, ...recent);
    recent.push(score);
    if (recent.length > recentScores) recent.shift();
    return score > highest ? score / (1 + highest) : 0;
  });
}

/** How many robust deviations each value lies from the median of those before it. */
class Deviations {
  readonly #level = new RunningMedian(levelWindow);
  readonly #spread = new RunningMedian(levelWindow);

  add(value: number): number {
    const level = this.#level.size > 0 ? this.#level.median : value;
    const distance = Math.abs(value - level);
    const spread = this.#spread.size > 0 ? this.#spread.median : 0;
    const deviation = Math.max(1.4826 * spread, Math.abs(level) * 0.01, 1e-9);
    this.#level.push(value);
    this.#spread.push(distance);
    return Math.min(50, distance / deviation);
  }
}
