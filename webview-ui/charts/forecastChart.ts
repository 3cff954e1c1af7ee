/** How full the storage gets: what was measured, the forecast with its 95 % band, and the capacity. */
import { Chart, type ChartDataset } from 'chart.js';
import type { AnnotationOptions } from 'chartjs-plugin-annotation';
import type { JobSeries, StorageForecast } from '../../src/backups/report.ts';
import { dataValue } from '../dataTable.ts';
import { fullIn } from '../fullIn.ts';
import type { PageContext } from '../pageContext.ts';
import { withAlpha, type Theme } from '../theme.ts';
import { commonOptions, fontOf, timeAxis, tooltipOptions, valueAxis } from './chartOptions.ts';
import type { ChartPanel, ChartPoint } from './chartPanel.ts';
import { decimate } from './decimate.ts';
import type { Point } from './runLayers.ts';

const dayMs = 86_400_000;
/** The capacity is drawn unless it is so far up that everything else would lie flat on the ground. */
const capacityInSight = 3;
/** How far beyond the forecast the axis may reach, so that it shows when the storage is full; in times of all before. */
const farthest = 1.5;

export interface MeasuredStorage {
  points: Point[];
  /** Index into the series of each point's run. */
  runs: number[];
}

/**
 * What the forecast continues, thinned: the measured bytes, or, for added bytes, their running total set so that it
 * ends on the forecast's own last value.
 */
export function measuredStorage(series: JobSeries, forecast: StorageForecast): MeasuredStorage {
  const { startedAt } = series;
  const values = { repository: series.repositoryBytes, added: series.addedBytes, size: series.sizeBytes }[
    forecast.series
  ];
  const runs = startedAt.flatMap((at, run) => (at !== null && values[run] !== null ? [run] : []));
  const points = runs.map((run) => ({ x: startedAt[run]!, y: values[run]! }));
  if (forecast.series === 'added') {
    let total = forecast.lastBytes;
    for (const point of points.toReversed()) [point.y, total] = [total, total - point.y];
  }
  const kept = decimate(
    points.map(({ x }) => x),
    points.map(({ y }) => y),
    400,
  );
  return { points: kept.map((i) => points[i]!), runs: kept.map((i) => runs[i]!) };
}

export function forecastChart(series: JobSeries, forecast: StorageForecast, context: PageContext): ChartPanel {
  const { words } = context;
  const { times, point, lower, upper, lastAt, lastBytes, capacityBytes } = forecast;
  const measured = measuredStorage(series, forecast);
  const ahead = (values: number[]): Point[] => [
    { x: lastAt, y: lastBytes },
    ...values.map((y, i) => ({ x: times[i]!, y })),
  ];
  const highest = Math.max(lastBytes, ...upper, ...measured.points.map(({ y }) => y));
  const lowest = Math.min(lastBytes, ...lower, ...measured.points.map(({ y }) => y));
  const inSight = capacityBytes !== null && capacityBytes <= highest * capacityInSight;
  const [from, to] = [measured.points[0]?.x ?? lastAt, times.at(-1) ?? lastAt + dayMs];
  const full = inSight ? fullBetween(forecast, to + (to - from) * farthest, context.now) : null;
  return {
    id: 'storage',
    title: words.say(`report.chart.storage.${forecast.series}`),
    summary: words.say('report.chart.storage.summary', {
      last: words.bytes(lastBytes),
      end: words.bytes(point.at(-1) ?? lastBytes),
      low: words.bytes(lower.at(-1) ?? lastBytes),
      high: words.bytes(upper.at(-1) ?? lastBytes),
      at: words.date(to),
    }),
    note: storageNote(forecast, inSight, context),
    legend: [
      { shape: 'line', tone: 'data', label: words.say('report.legend.measured') },
      { shape: 'dashes', tone: 'ahead', label: words.say('report.legend.forecast') },
      { shape: 'band', tone: 'expected', label: words.say('report.legend.forecastBand') },
      ...(inSight ? [{ shape: 'line', tone: 'bad', label: words.say('report.legend.capacity') } as const] : []),
    ],
    heightPx: () => 240,
    points: measuredPoints(measured, series, context),
    draw: (canvas, theme, pointed) =>
      new Chart(canvas, {
        type: 'line',
        data: { datasets: datasets(measured.points, ahead(point), ahead(lower), ahead(upper), theme) },
        options: {
          ...commonOptions(theme),
          parsing: false,
          scales: {
            x: timeAxis(theme, words, from, Math.max(to, full?.latest ?? to)),
            y: valueAxis(
              theme,
              words,
              Math.max(0, lowest),
              inSight ? Math.max(highest, capacityBytes) : highest,
              'bytes',
            ),
          },
          plugins: {
            tooltip: {
              ...tooltipOptions(theme),
              callbacks: { title: () => pointed()?.title ?? '', label: () => pointed()?.lines ?? [] },
            },
            annotation: { annotations: inSight ? annotations(forecast, full, context, theme) : [] },
          },
        },
      }),
    table: {
      columns: [
        { label: words.say('report.column.date') },
        { label: words.say('report.legend.measured'), numeric: true },
        { label: words.say('report.legend.forecast'), numeric: true },
        { label: words.say('report.column.low'), numeric: true },
        { label: words.say('report.column.high'), numeric: true },
      ],
      rowCount: times.length + measured.points.length,
      // From the end of the forecast back into the past, so that newer stands above older as in every other table.
      cells: (row) => {
        const i = times.length - 1 - row;
        if (i >= 0) {
          const bytes = [point[i]!, lower[i]!, upper[i]!].map((value) => dataValue(value, words.bytes(value)));
          return [dataValue(times[i]!, words.date(times[i]!)), '', ...bytes];
        }
        const { x, y } = measured.points.at(times.length - 1 - row)!;
        return [dataValue(x, words.time(x)), dataValue(y, words.bytes(y)), '', '', ''];
      },
    },
  };
}

function storageNote(forecast: StorageForecast, inSight: boolean, context: PageContext): string {
  const { words } = context;
  const { trend, bytesPerDay, capacityBytes } = forecast;
  return [
    words.say(`report.storage.${trend}`, { perDay: words.bytes(Math.abs(bytesPerDay)) }),
    capacityNote(forecast, context),
    capacityBytes === null || inSight ? '' : words.say('report.storage.capacityAbove'),
  ].join(' ');
}

function capacityNote({ capacityBytes, daysToFull }: StorageForecast, { words }: PageContext): string {
  if (capacityBytes === null) return words.say('report.storage.noCapacity');
  const capacity = words.bytes(capacityBytes);
  const full = fullIn(daysToFull);
  switch (full?.when) {
    case undefined:
      return words.say('report.storage.neverFull', { capacity });
    case 'now':
      return words.say('report.storage.fullNow', { capacity });
    case 'far':
      return words.say('report.storage.fullFar', { capacity });
    case 'from':
      return words.say('report.storage.fullFrom', { capacity, earliest: full.earliest });
    case 'range':
      return words.say('report.storage.full', { capacity, earliest: full.earliest, latest: full.latest });
  }
}

function measuredPoints({ points, runs }: MeasuredStorage, series: JobSeries, { words }: PageContext): ChartPoint[] {
  return points.map(({ x, y }, index) => ({
    datasetIndex: 0,
    index,
    title: words.time(x),
    lines: [words.bytes(y)],
    source: { path: series.paths[series.path[runs[index]!]!]!, line: series.line[runs[index]!]! },
  }));
}

function datasets(
  measured: Point[],
  point: Point[],
  lower: Point[],
  upper: Point[],
  theme: Theme,
): ChartDataset<'line', Point[]>[] {
  const still = { pointRadius: 0, pointHoverRadius: 0 };
  const edge = { ...still, borderColor: theme.blue, borderWidth: theme.highContrast ? 1 : 0, borderDash: [2, 3] };
  return [
    {
      data: measured,
      borderColor: theme.blue,
      borderWidth: 1.5,
      pointRadius: 0,
      pointHoverRadius: 5,
      pointHoverBorderWidth: 2,
      pointHoverBorderColor: theme.blue,
      pointHoverBackgroundColor: theme.background,
    },
    { ...still, data: point, borderColor: theme.blue, borderWidth: 1.5, borderDash: [6, 4] },
    { ...edge, data: upper, fill: theme.highContrast ? false : '+1', backgroundColor: withAlpha(theme.blue, 0.14) },
    { ...edge, data: lower },
  ];
}

/** The days in which the capacity may be reached, as moments; null when they are not in sight, nor known. */
function fullBetween({ daysToFull }: StorageForecast, until: number, now: number): FullBetween | null {
  const full = fullIn(daysToFull);
  if (full?.when !== 'range') return null;
  const [earliest, latest] = [now + full.earliest * dayMs, now + full.latest * dayMs];
  return latest <= until ? { earliest, latest } : null;
}

interface FullBetween {
  earliest: number;
  latest: number;
}

/** The capacity as a line, the stretch of it in which it may be reached, and the way there from the end of the forecast. */
function annotations(
  { capacityBytes, times, lower, upper }: StorageForecast,
  full: FullBetween | null,
  { words }: PageContext,
  theme: Theme,
): Record<string, AnnotationOptions> {
  const capacity = capacityBytes!;
  const label = {
    display: true,
    color: theme.foreground,
    backgroundColor: withAlpha(theme.background, 0.85),
    font: { ...fontOf(theme), weight: 400 },
    padding: 2,
    yAdjust: -12,
  };
  const line: AnnotationOptions = {
    type: 'line',
    scaleID: 'y',
    value: capacity,
    borderColor: theme.red,
    borderWidth: 1.5,
    label: { ...label, position: 'start', content: words.say('report.chart.capacity', { capacity }) },
  };
  const end = times.at(-1);
  if (full === null || end === undefined) return { line };
  const way = (from: number, to: number): AnnotationOptions => ({
    type: 'line',
    xMin: end,
    xMax: to,
    yMin: from,
    yMax: capacity,
    display: to > end,
    borderColor: theme.muted,
    borderWidth: 1,
    borderDash: [2, 4],
  });
  const stretch: AnnotationOptions = {
    type: 'line',
    xMin: full.earliest,
    xMax: full.latest,
    yMin: capacity,
    yMax: capacity,
    borderColor: theme.red,
    borderWidth: 5,
    label: {
      ...label,
      content: words.say('report.chart.fullBetween', { from: full.earliest, to: full.latest }),
      yAdjust: 14,
    },
  };
  return { fastest: way(upper.at(-1)!, full.earliest), slowest: way(lower.at(-1)!, full.latest), line, stretch };
}
