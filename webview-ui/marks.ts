/** Small signs beside words. Each differs by shape, so that its color is never the only sign. */
import type { Severity } from '../src/backups/report.ts';
import type { Outcome } from '../src/backups/run.ts';
import { make, makeSvg, type Child } from './make.ts';

/** Shapes in a 12 × 12 box. */
const shapes = {
  disc: 'M6 2a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z',
  half: 'M6 1.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Zm0 1.2v6.6a3.3 3.3 0 0 1 0-6.6Z',
  cross: 'M2.2 3.4 3.4 2.2 6 4.8l2.6-2.6 1.2 1.2L7.2 6l2.6 2.6-1.2 1.2L6 7.2 3.4 9.8 2.2 8.6 4.8 6Z',
  ring: 'M6 1.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Zm0 1.3a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4Z',
  play: 'M3.5 2v8L10 6Z',
  dash: 'M2 5.2h8v1.6H2Z',
  diamond: 'M6 .8 11.2 6 6 11.2.8 6Z',
  triangle: 'M6 1.2 11.4 10.6H.6Z',
  band: 'M0 3h12v6H0Z',
  line: 'M0 5h12v2H0Z',
  dashes: 'M0 5h3v2H0Zm4.5 0h3v2h-3ZM9 5h3v2H9Z',
} as const;

export type MarkShape = keyof typeof shapes;
/** Names of report.css: what the color means, not which one it is. */
export type MarkTone = 'plain' | 'muted' | 'data' | 'bad' | 'caution' | 'note' | 'good' | 'expected' | 'ahead';

const outcomeMarks: Record<Outcome, [MarkShape, MarkTone]> = {
  success: ['disc', 'good'],
  partial: ['half', 'caution'],
  failure: ['cross', 'bad'],
  cancelled: ['ring', 'muted'],
  running: ['play', 'note'],
  skipped: ['dash', 'muted'],
  unknown: ['ring', 'muted'],
};

const severityMarks: Record<Severity, [MarkShape, MarkTone]> = {
  critical: ['diamond', 'bad'],
  warning: ['triangle', 'caution'],
  info: ['disc', 'note'],
};

/** A sign that says nothing by itself: words stand beside it. */
export function mark(shape: MarkShape, tone: MarkTone): SVGSVGElement {
  const path = makeSvg('path', { d: shapes[shape], 'fill-rule': 'evenodd' });
  return makeSvg('svg', { class: `mark tone-${tone}`, viewBox: '0 0 12 12', 'aria-hidden': 'true' }, path);
}

export function marked(sign: SVGSVGElement, text: Child): HTMLElement {
  return make('span', { class: 'marked' }, sign, text);
}

export const outcomeMark = (outcome: Outcome): SVGSVGElement => mark(...outcomeMarks[outcome]);
export const severityMark = (severity: Severity): SVGSVGElement => mark(...severityMarks[severity]);
