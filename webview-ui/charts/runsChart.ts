/** One metric of a job's runs over time, with what was expected of each run; duration, size and added bytes share it. */
import { Chart } from 'chart.js';
import type { Anomaly, JobSeries } from '../../src/backups/report.ts';
import type { MessageCode } from '../../src/wording/message.ts';
import { dataValue, type TableContent } from '../dataTable.ts';
import { make } from '../make.ts';
import { marked, outcomeMark, severityMark } from '../marks.ts';
import type { PageContext } from '../pageContext.ts';
import { sourceLink } from '../sourceLink.ts';
import { commonOptions, timeAxis, tooltipOptions, valueAxis } from './chartOptions.ts';
import type { ChartPanel, ChartPoint } from './chartPanel.ts';
import { runLayers, type RunLayers, type RunMetric } from './runLayers.ts';
import { levelShiftLines, runDatasets, runLegend } from './runsChartStyle.ts';

/** Null when no run in the series has this metric. */
export function runsChart(
  metric: RunMetric & { titleCode: MessageCode },
  series: JobSeries,
  anomalies: readonly Anomaly[],
  context: PageContext,
): ChartPanel | null {
  const { words } = context;
  const data = runLayers(metric, series, anomalies, context.state.get().range);
  if (!data) return null;
  const { layers, shown, from, to } = data;
  const text = { bytes: words.bytes, duration: words.duration, number: words.number }[metric.unit];
  const values = layers.runs.points.map(({ y }) => y); // thinned, and with every peak
  const margin = Math.max((to - from) * 0.015, 3_600_000);
  return {
    id: metric.name,
    title: words.say(metric.titleCode),
    summary: words.say('report.chart.runs.summary', {
      runs: shown.length,
      from: words.date(from),
      to: words.date(to),
      low: text(Math.min(...values)),
      high: text(Math.max(...values)),
      last: text(data.valueOf(shown.at(-1)!)),
      findings: layers.findings.runs.length,
    }),
    ...(data.firstAbove === null
      ? {}
      : { note: words.say('report.chart.firstRun', { value: text(data.valueOf(data.firstAbove)) }) }),
    legend: runLegend(data, words),
    heightPx: () => 220,
    points: runPoints(data, series, text, context),
    draw: (canvas, theme, pointed) =>
      new Chart(canvas, {
        type: 'line',
        data: { datasets: runDatasets(data, theme) },
        options: {
          ...commonOptions(theme),
          parsing: false,
          scales: {
            x: timeAxis(theme, words, from - margin, to + margin),
            y: valueAxis(theme, words, data.low, data.high, metric.unit),
          },
          plugins: {
            tooltip: {
              ...tooltipOptions(theme),
              callbacks: { title: () => pointed()?.title ?? '', label: () => pointed()?.lines ?? [] },
            },
            annotation: { annotations: levelShiftLines(data, theme, words.say('report.legend.levelShift')) },
          },
        },
      }),
    table: runsTable(data, series, text, context),
  };
}

type ValueText = (value: number | null) => string;

const placeOf = (series: JobSeries, run: number): { path: string; line: number } => ({
  path: series.paths[series.path[run]!]!,
  line: series.line[run]!,
});

/** Each run once, on its topmost mark; its words are made when it is pointed at, not two thousand times in advance. */
function runPoints(data: RunLayers, series: JobSeries, text: ValueText, { words }: PageContext): ChartPoint[] {
  const { findings, failures, unfinished, partial, runs } = data.layers;
  const topmost = new Map<number, { datasetIndex: number; index: number }>();
  [findings, failures, unfinished, partial, runs].forEach((layer, datasetIndex) => {
    layer.runs.forEach((run, index) => {
      if (!topmost.has(run)) topmost.set(run, { datasetIndex, index });
    });
  });
  return [...topmost]
    .sort(([a], [b]) => a - b)
    .map(([run, at]) => ({
      ...at,
      get title() {
        return words.time(series.startedAt[run] ?? null);
      },
      get lines() {
        const expected = data.expectedOf(run);
        const finding = data.findingOf(run);
        const outcome = words.say(`report.outcome.${series.outcome[run]!}`);
        return [
          words.say('report.point', { outcome, value: text(data.valueOf(run)) }),
          ...(expected
            ? [words.say('report.point.expected', { low: text(expected[0]), high: text(expected[1]) })]
            : []),
          ...(finding ? [words.say(`report.severity.${finding.severity}`)] : []),
        ];
      },
      get source() {
        return placeOf(series, run);
      },
    }));
}

/** Every run in sight, newest first: also those that the drawn line leaves out for want of pixels. */
function runsTable(data: RunLayers, series: JobSeries, text: ValueText, context: PageContext): TableContent {
  const { words } = context;
  return {
    columns: [
      { label: words.say('report.column.started') },
      { label: words.say('report.column.outcome') },
      { label: words.say('report.column.value'), numeric: true },
      { label: words.say('report.column.expected'), numeric: true },
      { label: words.say('report.column.finding') },
    ],
    rowCount: data.shown.length,
    cells: (row) => {
      const run = data.shown[data.shown.length - 1 - row]!;
      const startedAt = series.startedAt[run] ?? null;
      const outcome = series.outcome[run]!;
      const value = data.valueOf(run);
      const expected = data.expectedOf(run);
      const finding = data.findingOf(run);
      return [
        sourceLink(dataValue(startedAt, words.time(startedAt)), placeOf(series, run), context),
        marked(outcomeMark(outcome), words.say(`report.outcome.${outcome}`)),
        dataValue(value, text(value)),
        expected
          ? make(
              'span',
              {},
              dataValue(expected[0], text(expected[0])),
              ' – ',
              dataValue(expected[1], text(expected[1])),
            )
          : words.say('report.unknown'),
        finding ? marked(severityMark(finding.severity), words.tell(finding.message)) : '',
      ];
    },
  };
}
