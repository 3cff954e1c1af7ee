import type { Outcome } from '../../src/backups/run.ts';
import { makeSvg } from '../make.ts';
import { outcomeCounts } from '../outcomeCounts.ts';
import type { Words } from '../words.ts';

const most = 30;
const step = 5;
/** Trouble stands taller than success, so that the strip reads without color. */
const heights: Record<Outcome, number> = {
  success: 6,
  partial: 11,
  failure: 16,
  cancelled: 3,
  running: 3,
  skipped: 2,
  unknown: 2,
};

/** The newest runs as a row of bars, oldest at the left. `newestFirst` as in `JobOverview.recentOutcomes`. */
export function outcomeStrip(newestFirst: readonly Outcome[], words: Words): SVGSVGElement {
  const runs = newestFirst.slice(0, most).reverse();
  const counts: Partial<Record<Outcome, number>> = {};
  for (const outcome of runs) counts[outcome] = (counts[outcome] ?? 0) + 1;
  const bars = runs.map((outcome, i) => {
    const height = heights[outcome];
    const x = (most - runs.length + i) * step;
    return makeSvg('rect', { class: `bar bar-${outcome}`, x, y: 16 - height, width: step - 2, height });
  });
  return makeSvg(
    'svg',
    {
      class: 'strip',
      viewBox: `0 0 ${most * step - 2} 16`,
      role: 'img',
      'aria-label': words.say('report.strip', { runs: runs.length, outcomes: outcomeCounts(counts, words) }),
    },
    ...bars,
  );
}
