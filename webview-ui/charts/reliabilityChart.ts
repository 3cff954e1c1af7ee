/** Whether runs called 30 % risky failed 30 % of the time: predicted against observed, one mark a bin. */
import { Chart } from 'chart.js';
import type { ReliabilityBin } from '../../src/backups/report.ts';
import { dataValue } from '../dataTable.ts';
import type { PageContext } from '../pageContext.ts';
import { withAlpha } from '../theme.ts';
import { commonOptions, fontOf, gridColor } from './chartOptions.ts';
import type { ChartPanel } from './chartPanel.ts';

export function reliabilityChart(allBins: readonly ReliabilityBin[], context: PageContext): ChartPanel {
  const { words } = context;
  const bins = allBins.filter(({ runs }) => runs > 0);
  const most = Math.max(...bins.map(({ runs }) => runs));
  return {
    id: 'reliability',
    title: words.say('report.chart.reliability'),
    summary: bins
      .map(({ predicted, observed, runs }) => words.say('report.chart.reliability.bin', { predicted, observed, runs }))
      .join('; '),
    note: words.say('report.chart.reliability.note'),
    legend: [
      { shape: 'disc', tone: 'data', label: words.say('report.legend.bins') },
      { shape: 'dashes', tone: 'muted', label: words.say('report.legend.perfect') },
    ],
    heightPx: () => 220,
    points: [],
    draw: (canvas, theme) => {
      const axis = (title: string) => ({
        type: 'linear' as const,
        min: 0,
        max: 1,
        border: { display: false },
        grid: { color: gridColor(theme), drawTicks: false },
        title: { display: true, text: title, color: theme.muted, font: fontOf(theme) },
        ticks: {
          stepSize: 0.25,
          callback: (value: string | number) => words.percent(Number(value)),
          color: theme.muted,
          font: fontOf(theme),
          padding: 6,
        },
      });
      return new Chart(canvas, {
        type: 'line',
        data: {
          datasets: [
            {
              data: bins.map(({ predicted, observed }) => ({ x: predicted, y: observed })),
              showLine: false,
              clip: 12,
              // Area, not radius, stands for the number of runs.
              pointRadius: bins.map(({ runs }) => 3 + 7 * Math.sqrt(runs / most)),
              pointBackgroundColor: withAlpha(theme.blue, 0.4),
              pointBorderColor: theme.blue,
              pointBorderWidth: 1.5,
            },
          ],
        },
        options: {
          ...commonOptions(theme),
          parsing: false,
          scales: { x: axis(words.say('report.column.predicted')), y: axis(words.say('report.column.observed')) },
          plugins: {
            tooltip: { enabled: false },
            annotation: {
              annotations: {
                perfect: {
                  type: 'line',
                  xMin: 0,
                  yMin: 0,
                  xMax: 1,
                  yMax: 1,
                  borderColor: theme.muted,
                  borderWidth: 1,
                  borderDash: [4, 3],
                  drawTime: 'beforeDatasetsDraw',
                },
              },
            },
          },
        },
      });
    },
    table: {
      columns: [
        { label: words.say('report.column.predicted'), numeric: true },
        { label: words.say('report.column.observed'), numeric: true },
        { label: words.say('report.column.runs'), numeric: true },
      ],
      rowCount: bins.length,
      cells: (row) => {
        const { predicted, observed, runs } = bins[row]!;
        return [
          dataValue(predicted, words.percent(predicted)),
          dataValue(observed, words.percent(observed)),
          dataValue(runs, words.number(runs)),
        ];
      },
    },
  };
}
