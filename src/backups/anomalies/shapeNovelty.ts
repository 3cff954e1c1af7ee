import { ShapeMemory } from './shapeMemory.ts';
import { SortedWindow } from './sortedWindow.ts';

export interface ShapeOptions {
  /** Number of coordinates of a shape, each the mean of a block of values. */
  blocks: number;
  blockLength: number;
  /** Compare only with about the same time on earlier days. */
  byTimeOfDay: boolean;
}

const distancesKept = 20_000;
const shapesKept = 4000;
const shapesKeptPerSlot = 400;
const dayMs = 86_400_000;
const slotsPerDay = 48;
/** Distances below this share of the largest value are rounding. */
const rounding = 1e-9;

/**
 * How new the shape of a series' last values is: their distance to the nearest earlier shape, and how rarely such a
 * distance was seen before in this series (a conformal p value; after Burnaev & Ishimtsev 2016, arXiv 1608.04585). What
 * is much like a shape already known is not kept, so that a long past needs little memory.
 */
export class ShapeNovelty {
  readonly #options: ShapeOptions;
  readonly #shape: Float64Array;
  readonly #distances = new SortedWindow(distancesKept);
  readonly #memories: ShapeMemory[];
  #largest = 0;

  constructor(options: ShapeOptions) {
    this.#options = options;
    this.#shape = new Float64Array(options.blocks);
    this.#memories = options.byTimeOfDay
      ? Array.from({ length: slotsPerDay }, () => new ShapeMemory(options.blocks, shapesKeptPerSlot))
      : [new ShapeMemory(options.blocks, shapesKept)];
  }

  /** Surprise, −ln p, at the last of these values, from 0. `time`: its moment, UTC epoch milliseconds. */
  observe(values: readonly number[], time: number): number {
    const { blocks, blockLength, byTimeOfDay } = this.#options;
    this.#largest = Math.max(this.#largest, Math.abs(values.at(-1)!));
    if (values.length < blocks * blockLength) return 0;
    this.#look(values);
    const squared = byTimeOfDay ? this.#nearestOnOtherDays(time) : this.#nearest(values.length);
    const [memory, position] = byTimeOfDay
      ? [this.#memories[slotOf(time)]!, time]
      : [this.#memories[0]!, values.length];
    if (squared === Infinity) {
      memory.keep(this.#shape, position);
      return 0;
    }
    const distance = Math.sqrt(squared / blocks);
    const isSame = distance <= rounding * this.#largest;
    const known = this.#distances.size;
    const atLeast = isSame ? known : this.#distances.countFrom(distance * (1 - rounding));
    if (byTimeOfDay || !(distance <= this.#distances.median)) memory.keep(this.#shape, position);
    this.#distances.push(isSame ? 0 : distance);
    return -Math.log((atLeast + 1) / (known + 1));
  }

  #look(values: readonly number[]): void {
    const { blocks, blockLength } = this.#options;
    let i = values.length - blocks * blockLength;
    for (let block = 0; block < blocks; block++) {
      let sum = 0;
      for (const end = i + blockLength; i < end; i++) sum += values[i]!;
      this.#shape[block] = sum / blockLength;
    }
  }

  #nearest(position: number): number {
    return this.#memories[0]!.nearest(
      this.#shape,
      position - this.#options.blocks * this.#options.blockLength,
      Infinity,
    );
  }

  #nearestOnOtherDays(time: number): number {
    const slot = slotOf(time);
    let best = Infinity;
    for (const near of [slot, slot + 1, slot + slotsPerDay - 1]) {
      best = this.#memories[near % slotsPerDay]!.nearest(this.#shape, time - dayMs / 2, best);
    }
    return best;
  }
}

function slotOf(time: number): number {
  return Math.floor(((((time % dayMs) + dayMs) % dayMs) / dayMs) * slotsPerDay);
}
