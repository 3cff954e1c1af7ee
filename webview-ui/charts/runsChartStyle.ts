/** How the layers of a runs chart look, and what its legend says of them. */
import type { ChartDataset } from 'chart.js';
import type { AnnotationOptions } from 'chartjs-plugin-annotation';
import type { Severity } from '../../src/backups/report.ts';
import { withAlpha, type Theme } from '../theme.ts';
import type { Words } from '../words.ts';
import { fontOf } from './chartOptions.ts';
import type { LegendEntry } from './chartPanel.ts';
import { layerNames, type LayerName, type Point, type RunLayers } from './runLayers.ts';

type LineStyle = Omit<ChartDataset<'line', Point[]>, 'data'>;

/** Above this many, dots on a line are only noise. */
const mostDots = 60;

export function runDatasets(data: RunLayers, theme: Theme): ChartDataset<'line', Point[]>[] {
  const styles = layerStyles(data, theme);
  return layerNames.map((name) => ({ ...styles[name], data: data.layers[name].points }));
}

function layerStyles(data: RunLayers, theme: Theme): Record<LayerName, LineStyle> {
  const tone: Record<Severity, string> = { critical: theme.red, warning: theme.yellow, info: theme.blue };
  const shape = { critical: 'rectRot', warning: 'triangle', info: 'circle' } as const;
  const severities = data.layers.findings.runs.map((run) => data.findingOf(run)?.severity ?? 'info');
  const marks: LineStyle = { showLine: false, borderWidth: 1.5, pointHoverBorderWidth: 2.5 };
  const hollow: LineStyle = {
    ...marks,
    pointBackgroundColor: theme.background,
    pointHoverBackgroundColor: theme.background,
  };
  const band: LineStyle = {
    pointRadius: 0,
    pointHoverRadius: 0,
    borderColor: theme.blue,
    borderWidth: theme.highContrast ? 1 : 0,
    borderDash: [3, 3],
  };
  return {
    findings: {
      ...marks,
      pointStyle: severities.map((severity) => shape[severity]),
      pointRadius: 6,
      clip: 8,
      pointHoverRadius: 8,
      pointBorderColor: severities.map((severity) => tone[severity]),
      pointBackgroundColor: severities.map((severity) => withAlpha(tone[severity], 0.35)),
    },
    failures: {
      ...marks,
      pointStyle: 'crossRot',
      pointRadius: data.layers.failures.points.length > 40 ? 3 : 4,
      pointHoverRadius: 6,
      pointBorderColor: theme.red,
      borderWidth: 2,
      clip: 8,
    },
    unfinished: {
      ...hollow,
      pointStyle: 'circle',
      pointRadius: 3,
      pointHoverRadius: 5,
      pointBorderColor: theme.muted,
      clip: 8,
    },
    partial: { ...hollow, pointStyle: 'circle', pointRadius: 4, pointHoverRadius: 6, pointBorderColor: theme.yellow },
    runs: {
      borderColor: theme.blue,
      borderWidth: 1.5,
      borderJoinStyle: 'round',
      pointRadius: data.layers.runs.points.length <= mostDots ? 1.5 : 0,
      pointHoverRadius: 5,
      pointHoverBorderWidth: 2,
      pointBackgroundColor: theme.blue,
      pointBorderColor: theme.blue,
      pointHoverBackgroundColor: theme.background,
    },
    upper: { ...band, fill: theme.highContrast ? false : '+1', backgroundColor: withAlpha(theme.blue, 0.14) },
    lower: band,
  };
}

/** Where a new normal began. */
export function levelShiftLines({ findings, from }: RunLayers, theme: Theme, label: string): AnnotationOptions[] {
  return findings.flatMap(({ shape, startedAt }) =>
    shape !== 'levelShift' || startedAt === null || startedAt < from
      ? []
      : {
          type: 'line',
          scaleID: 'x',
          value: startedAt,
          borderColor: theme.muted,
          borderWidth: 1,
          borderDash: [4, 3],
          label: {
            display: true,
            content: label,
            position: 'start',
            color: theme.foreground,
            backgroundColor: withAlpha(theme.background, 0.85),
            font: { ...fontOf(theme), weight: 400 },
            padding: 2,
          },
        },
  );
}

export function runLegend(data: RunLayers, words: Words): LegendEntry[] {
  const has = (name: LayerName): boolean => data.layers[name].runs.length > 0;
  const severities = new Set(data.layers.findings.runs.map((run) => data.findingOf(run)?.severity));
  const entries: (LegendEntry | false)[] = [
    { shape: 'line', tone: 'data', label: words.say('report.legend.runs') },
    data.hasBand && { shape: 'band', tone: 'expected', label: words.say('report.legend.expected') },
    has('partial') && { shape: 'ring', tone: 'caution', label: words.say('report.outcome.partial') },
    has('failures') && { shape: 'cross', tone: 'bad', label: words.say('report.outcome.failure') },
    has('unfinished') && { shape: 'ring', tone: 'muted', label: words.say('report.legend.unfinished') },
    severities.has('critical') && { shape: 'diamond', tone: 'bad', label: words.say('report.severity.critical') },
    severities.has('warning') && { shape: 'triangle', tone: 'caution', label: words.say('report.severity.warning') },
    severities.has('info') && { shape: 'disc', tone: 'note', label: words.say('report.severity.info') },
  ];
  return entries.filter((entry) => entry !== false);
}
