/** The frame of every chart: heading, legend, canvas, keyboard, and the same data as a table. */
import { dataTable, type TableContent } from '../dataTable.ts';
import { make } from '../make.ts';
import { mark, marked, type MarkShape, type MarkTone } from '../marks.ts';
import type { PageContext } from '../pageContext.ts';
import { readTheme, type Theme } from '../theme.ts';

/** A run on a chart: which element it is, what is said of it, and where its log line stands. */
export interface ChartPoint {
  datasetIndex: number;
  index: number;
  title: string;
  lines: string[];
  source: { path: string; line: number };
}

/** What this frame needs of a drawn chart, whatever its type. */
export interface DrawnChart {
  destroy(): void;
  update(): void;
  getDatasetMeta(datasetIndex: number): { data: { x: number; y: number }[] };
  setActiveElements(elements: { datasetIndex: number; index: number }[]): void;
  readonly tooltip?: {
    setActiveElements(elements: { datasetIndex: number; index: number }[], at: { x: number; y: number }): void;
  };
}

export interface LegendEntry {
  shape: MarkShape;
  tone: MarkTone;
  label: string;
}

export interface ChartPanel {
  /** Stable over reports: the open tables are remembered by it. */
  id: string;
  title: string;
  /** What a person who cannot see the chart should know of it, in a sentence or two. */
  summary: string;
  /** A line for everybody under the title. */
  note?: string;
  legend: LegendEntry[];
  /** Of the canvas, for the width it gets. */
  heightPx: (widthPx: number) => number;
  /** `pointed` gives the point that the tooltip is to speak of. */
  draw: (canvas: HTMLCanvasElement, theme: Theme, pointed: () => ChartPoint | null) => DrawnChart;
  /** In time order; empty for a chart whose parts lead nowhere. */
  points: ChartPoint[];
  table: TableContent;
}

const redraws = new Set<() => void>();

/** Draws all charts anew, with the colors that the theme has now. */
export function redrawCharts(): void {
  for (const redraw of redraws) redraw();
}

export function chartPanel(panel: ChartPanel, context: PageContext): HTMLElement {
  const { words } = context;
  const titleId = `chart-${panel.id}`;
  const canvas = make('canvas');
  const box = make('div', { class: 'chart-box' }, canvas);
  const tableBox = make('div', { id: `table-${panel.id}` });
  const legend = panel.legend.map(({ shape, tone, label }) => make('li', {}, marked(mark(shape, tone), label)));
  const element = make(
    'figure',
    { class: 'chart', 'aria-labelledby': titleId },
    make(
      'figcaption',
      {},
      make('h4', { id: titleId }, panel.title),
      tableToggle(panel, tableBox, context),
      panel.note === undefined ? null : make('p', { class: 'note' }, panel.note),
    ),
    legend.length > 0 ? make('ul', { class: 'legend', 'aria-label': words.say('report.legend') }, ...legend) : null,
    box,
    tableBox,
  );

  let pointed: number | null = null;
  let chart: DrawnChart | null = null;
  const draw = (): void => {
    chart?.destroy();
    chart = panel.draw(canvas, readTheme(), () => (pointed === null ? null : (panel.points[pointed] ?? null)));
  };
  const pointAt = (next: number | null): void => {
    if (next === pointed) return;
    pointed = next;
    const point = next === null ? undefined : panel.points[next];
    canvas.classList.toggle('pointed', point !== undefined);
    if (point) announce(canvas, point, next!);
    if (!chart) return;
    const elements = point ? [{ datasetIndex: point.datasetIndex, index: point.index }] : [];
    chart.setActiveElements(elements);
    chart.tooltip?.setActiveElements(elements, { x: 0, y: 0 });
    chart.update();
  };

  if (panel.points.length === 0) {
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', `${panel.title}: ${panel.summary}`);
  } else {
    const open = (): void => {
      const point = pointed === null ? undefined : panel.points[pointed];
      if (point) context.openSource(point.source);
    };
    const describedBy = make(
      'p',
      { id: `${titleId}-about`, class: 'spoken' },
      panel.summary,
      ' ',
      words.say('report.chart.keys'),
    );
    box.append(describedBy);
    makeSlider(canvas, panel, titleId, describedBy.id);
    canvas.addEventListener('pointermove', (event) =>
      pointAt(chart && nearest(panel.points, chart, event.offsetX, event.offsetY)),
    );
    canvas.addEventListener('pointerleave', () => pointAt(null));
    canvas.addEventListener('click', open);
    canvas.addEventListener('focus', () => pointAt(pointed ?? panel.points.length - 1));
    canvas.addEventListener('blur', () => pointAt(null));
    canvas.addEventListener('keydown', (event) => {
      const next = steppedTo(event.key, pointed ?? panel.points.length - 1, panel.points.length);
      if (event.key === 'Enter') open();
      else if (event.key === 'Escape') pointAt(null);
      else if (next !== null) pointAt(next);
      else return;
      event.preventDefault();
    });
  }

  keepHeight(box, panel.heightPx, context.lifetime);
  drawWhenSeen(box, draw, context.lifetime, () => chart?.destroy());
  return element;
}

function makeSlider(canvas: HTMLCanvasElement, panel: ChartPanel, titleId: string, describedBy: string): void {
  const last = panel.points.length - 1;
  canvas.tabIndex = 0;
  for (const [name, value] of [
    ['role', 'slider'],
    ['aria-labelledby', titleId],
    ['aria-describedby', describedBy],
    ['aria-valuemin', '1'],
    ['aria-valuemax', String(last + 1)],
  ] as const) {
    canvas.setAttribute(name, value);
  }
  announce(canvas, panel.points[last]!, last);
}

function announce(canvas: HTMLCanvasElement, point: ChartPoint, index: number): void {
  canvas.setAttribute('aria-valuenow', String(index + 1));
  canvas.setAttribute('aria-valuetext', [point.title, ...point.lines].join(', '));
}

/** Where a key leads from a point, or null when it is not a key for moving. */
export function steppedTo(key: string, from: number, count: number): number | null {
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -10,
    PageUp: 10,
    Home: -Infinity,
    End: Infinity,
  };
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
  return step === undefined ? null : Math.min(Math.max(from + step, 0), count - 1);
}

const reachPx = 40;

function nearest(points: ChartPoint[], chart: DrawnChart, x: number, y: number): number | null {
  let best: number | null = null;
  let bestDistance = reachPx ** 2;
  points.forEach((point, i) => {
    const element = chart.getDatasetMeta(point.datasetIndex).data[point.index];
    if (!element) return;
    const distance = (element.x - x) ** 2 + (element.y - y) ** 2 / 4; // people aim along the time axis
    if (distance < bestDistance) [best, bestDistance] = [i, distance];
  });
  return best;
}

function tableToggle(panel: ChartPanel, tableBox: HTMLElement, { state, words }: PageContext): HTMLElement {
  const isOpen = (): boolean => state.get().openTables.includes(panel.id);
  const show = (): void => {
    const options = { caption: panel.title, pageSize: 100 };
    tableBox.replaceChildren(...(isOpen() ? [dataTable(panel.table, options, words)] : []));
    button.setAttribute('aria-expanded', String(isOpen()));
    button.textContent = words.say(isOpen() ? 'report.table.hide' : 'report.table.show');
  };
  const button = make('button', {
    type: 'button',
    class: 'link table-toggle',
    'data-key': `toggle-${panel.id}`,
    'aria-controls': tableBox.id,
    'aria-describedby': `chart-${panel.id}`,
    click: () => {
      const others = state.get().openTables.filter((id) => id !== panel.id);
      state.update({ openTables: isOpen() ? others : [...others, panel.id] });
      show();
    },
  });
  show();
  return button;
}

/** The height is set before the chart is drawn, so that nothing below it moves when it is. */
function keepHeight(box: HTMLElement, heightPx: ChartPanel['heightPx'], lifetime: AbortSignal): void {
  const observer = new ResizeObserver(() => {
    box.style.height = `${heightPx(box.clientWidth)}px`;
  });
  box.style.height = `${heightPx(600)}px`;
  observer.observe(box);
  lifetime.addEventListener('abort', () => observer.disconnect());
}

/** A chart below the fold costs nothing until it is scrolled near. */
function drawWhenSeen(box: HTMLElement, draw: () => void, lifetime: AbortSignal, destroy: () => void): void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      redraws.add(draw);
      draw();
    },
    { rootMargin: '400px' },
  );
  observer.observe(box);
  lifetime.addEventListener('abort', () => {
    observer.disconnect();
    redraws.delete(draw);
    destroy();
  });
}
