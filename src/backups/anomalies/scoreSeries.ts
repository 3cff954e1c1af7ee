import { ShapeNovelty } from './shapeNovelty.ts';

/** Each four times as long as the one before: what is new may be a value, a jump or a whole course of values. */
const shapes = [
  { blocks: 1, blockLength: 1, byTimeOfDay: false },
  { blocks: 4, blockLength: 1, byTimeOfDay: false },
  { blocks: 4, blockLength: 4, byTimeOfDay: false },
  { blocks: 4, blockLength: 16, byTimeOfDay: false },
  { blocks: 4, blockLength: 4, byTimeOfDay: true },
];
/** Share of the series so far in which only what is more surprising still is told. */
const quietShare = 0.03;

/**
 * Scores every value of a series by how new it is, from 0, using that value and earlier ones only: the same prefix always
 * gives the same scores. The surprises of several shapes of the latest values are added as Fisher adds −ln p. After a
 * score only a higher one counts for a while; the others are 0. `times`: UTC epoch milliseconds, ascending. A value that
 * is not a finite number scores 0 and is left out.
 *
 * @example
 * scoreSeries([0, 1, 2], [5, 5, 5])
 * //=> [0, 0, 0]
 */
export function scoreSeries(times: readonly number[], values: readonly number[]): number[] {
  const novelties = shapes.map((shape) => new ShapeNovelty(shape));
  const quiet = new QuietAfterScores();
  const seen: number[] = [];
  return times.map((time, i) => {
    const value = values[i] ?? NaN;
    if (!Number.isFinite(value)) return 0;
    seen.push(value);
    // The greatest surprise to be had by chance grows with the logarithm of the values seen.
    let surprise = -Math.log(seen.length + 1);
    for (const novelty of novelties) surprise += novelty.observe(seen, time);
    return quiet.score(Math.max(0, surprise), seen.length);
  });
}

/** Lets a score through only where it is higher than all those of late. */
class QuietAfterScores {
  /** Positions and scores of late, each lower than the one before. */
  #late: { position: number; score: number }[] = [];

  score(score: number, position: number): number {
    const since = position - Math.max(1, Math.round(quietShare * position));
    while (this.#late[0] && this.#late[0].position < since) this.#late.shift();
    const highest = this.#late[0]?.score ?? 0;
    while (this.#late.length > 0 && this.#late.at(-1)!.score <= score) this.#late.pop();
    if (score > 0) this.#late.push({ position, score });
    return score > highest ? score : 0;
  }
}
