import type { JobOverview } from '../../src/protocol/reportOverview.ts';
import { makeSvg } from '../make.ts';
import type { PageContext } from '../pageContext.ts';
import type { Words } from '../words.ts';

const width = 72;
const height = 18;
/** A change by less than this many percentage points is no news. */
const noticeable = 0.05;

/** The risk before each of the newest runs and, as a dot, of the next one; null while there is nothing to compare with. */
export function riskTrend(
  { recentRisks, prediction }: JobOverview,
  { words, maxRisk }: PageContext,
): SVGSVGElement | null {
  if (!prediction || recentRisks.length < 2) return null;
  const risks = [...recentRisks, prediction.failureProbability];
  const x = (i: number): number => 2 + (i / (risks.length - 1)) * (width - 6);
  const top = Math.max(maxRisk, ...risks);
  const y = (risk: number): number => height - 3 - (risk / top) * (height - 6);
  const points = risks.map((risk, i) => `${x(i).toFixed(1)},${y(risk).toFixed(1)}`).join(' ');
  const wait = prediction.decision.action === 'delay_or_manual';
  return makeSvg(
    'svg',
    {
      class: wait ? 'trend wait' : 'trend',
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': trendText(recentRisks, prediction.failureProbability, words),
    },
    makeSvg('line', { class: 'ground', x1: 0, x2: width, y1: height - 1, y2: height - 1 }),
    makeSvg('polyline', { points }),
    makeSvg('circle', { cx: x(risks.length - 1), cy: y(risks.at(-1)!), r: 2.5 }),
  );
}

/** Against the mean of the runs shown. */
function trendText(before: number[], to: number, words: Words): string {
  const from = before.reduce((sum, risk) => sum + risk, 0) / before.length;
  if (Math.abs(to - from) < noticeable) return words.say('report.trend.steady', { to });
  return words.say(to > from ? 'report.trend.rising' : 'report.trend.falling', { from, to });
}
