import type { JobOverview } from '../src/protocol/reportOverview.ts';
import { makeSvg } from './make.ts';
import type { PageContext } from './pageContext.ts';

/** A probability on a scale from 0 to 1: its interval as a bar, itself as a dot (a diamond above the limit), the limit as a tick. */
export function riskBar(
  prediction: NonNullable<JobOverview['prediction']>,
  { words, maxRisk }: PageContext,
): SVGSVGElement {
  const { failureProbability, interval, decision } = prediction;
  const [low, high] = interval;
  const at = (probability: number): string => `${(probability * 100).toFixed(2)}%`;
  const wait = decision.action === 'delay_or_manual';
  const shape = wait ? 'M0-5.5 5.5 0 0 5.5-5.5 0Z' : 'M0-4a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z';
  return makeSvg(
    'svg',
    {
      class: `risk-bar ${wait ? 'wait' : 'proceed'}`,
      role: 'img',
      'aria-label': words.say('report.risk.spoken', { probability: failureProbability, low, high, limit: maxRisk }),
    },
    makeSvg('rect', { class: 'track', x: 0, y: 6, width: '100%', height: 2 }),
    makeSvg('rect', { class: 'interval', x: at(low), y: 4, width: at(Math.max(high - low, 0)), height: 6, rx: 3 }),
    makeSvg('rect', { class: 'limit', x: at(maxRisk), y: 1, width: 1, height: 12 }),
    makeSvg(
      'svg',
      { x: at(failureProbability), y: 7, overflow: 'visible' },
      makeSvg('path', { class: 'dot', d: shape }),
    ),
  );
}
