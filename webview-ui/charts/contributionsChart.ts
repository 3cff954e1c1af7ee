/** Why the risk is what it is: from the job's long-run failure rate, factor by factor, to the probability. */
import { Chart, type Plugin, type Scale } from 'chart.js';
import type { Prediction } from '../../src/backups/report.ts';
import { formatPoints } from '../../src/wording/format.ts';
import { dataValue } from '../dataTable.ts';
import type { PageContext } from '../pageContext.ts';
import { withAlpha, type Theme } from '../theme.ts';
import type { Words } from '../words.ts';
import { commonOptions, fontOf, gridColor } from './chartOptions.ts';
import type { ChartPanel } from './chartPanel.ts';

export interface ContributionStep {
  kind: 'base' | 'up' | 'down' | 'total';
  label: string;
  /** Where the bar starts and ends, 0 to 1. */
  from: number;
  to: number;
}

const mostFactors = 8;
/** Room at the right for the last bar's figure. */
const figurePx = 64;
/** Room at the left for the reasons: chart.js gives an axis no more than half of what the padding leaves. */
const labelWidthPx = (widthPx: number): number => Math.min(widthPx * 0.42, (widthPx - figurePx) / 2 - 16);

/** The bars of the waterfall, in the report’s order; factors beyond the eighth are one bar, so that the sum stays exact. */
export function contributionSteps(prediction: Prediction, words: Words): ContributionStep[] {
  const { riskFactors } = prediction;
  const named = riskFactors.slice(0, riskFactors.length > mostFactors ? mostFactors - 1 : mostFactors);
  const rest = riskFactors.slice(named.length);
  const factors = named.map(({ message, contribution }) => ({ label: words.tell(message), contribution }));
  if (rest.length > 0) {
    const label = words.say('report.why.others', { factors: rest.length });
    factors.push({ label, contribution: rest.reduce((sum, { contribution }) => sum + contribution, 0) });
  }
  let at = prediction.baseProbability;
  const steps: ContributionStep[] = [{ kind: 'base', label: words.say('report.why.base'), from: 0, to: at }];
  for (const { label, contribution } of factors) {
    steps.push({ kind: contribution >= 0 ? 'up' : 'down', label, from: at, to: at + contribution });
    at += contribution;
  }
  steps.push({ kind: 'total', label: words.say('report.why.total'), from: 0, to: prediction.failureProbability });
  return steps;
}

/** `isTried`: of a run that is only thought of. */
export function contributionsChart(prediction: Prediction, isTried: boolean, context: PageContext): ChartPanel {
  const { words, maxRisk } = context;
  const steps = contributionSteps(prediction, words);
  const highest = Math.max(maxRisk, prediction.interval[1], ...steps.map(({ to }) => to));
  const tickStep = tickStepFor(highest);
  const axisEnd = Math.min(1, Math.ceil(highest / tickStep - 1e-9) * tickStep);
  const changeText = ({ kind, from, to }: ContributionStep): string =>
    kind === 'base' || kind === 'total' ? words.percent(to) : formatPoints(to - from, words.language);
  return {
    id: 'why',
    title: words.say('report.why'),
    summary: steps.map((step) => `${step.label}: ${changeText(step)}`).join('; '),
    note: words.say(isTried ? 'report.why.tried' : 'report.why.note'),
    legend: [
      { shape: 'dashes', tone: 'muted', label: words.say('report.legend.limit', { limit: maxRisk }) },
      { shape: 'line', tone: 'plain', label: words.say('report.legend.interval') },
    ],
    heightPx: (widthPx) => 40 + steps.length * rowHeightPx(steps, widthPx),
    points: [],
    draw: (canvas, theme) =>
      new Chart(canvas, {
        type: 'bar',
        data: {
          labels: steps.map(({ label }) => label),
          datasets: [
            {
              data: steps.map(({ from, to }) => [from, to] as [number, number]),
              backgroundColor: steps.map(({ kind }) => barFill(kind, theme)),
              borderColor: steps.map(({ kind }) => barColor(kind, theme)),
              borderWidth: 1,
              borderSkipped: false,
              barThickness: 14,
              minBarLength: 2,
            },
          ],
        },
        options: {
          ...commonOptions(theme),
          indexAxis: 'y',
          layout: { padding: { right: figurePx } },
          scales: {
            x: {
              min: Math.min(0, ...steps.map(({ to }) => to)),
              max: axisEnd,
              border: { display: false },
              grid: { color: gridColor(theme), drawTicks: false },
              ticks: {
                callback: (value) => words.percent(Number(value)),
                color: theme.muted,
                font: fontOf(theme),
                stepSize: tickStep,
                maxRotation: 0,
                padding: 4,
              },
            },
            y: {
              border: { display: false },
              grid: { display: false },
              ticks: {
                callback(index) {
                  return wrapped(steps[Number(index)]?.label ?? '', this, canvasFont(theme));
                },
                autoSkip: false,
                color: theme.foreground,
                font: fontOf(theme),
                crossAlign: 'far',
                padding: 8,
              },
            },
          },
          plugins: {
            tooltip: { enabled: false },
            annotation: {
              annotations: {
                limit: {
                  type: 'line',
                  scaleID: 'x',
                  value: maxRisk,
                  borderColor: theme.muted,
                  borderWidth: 1,
                  borderDash: [4, 3],
                  drawTime: 'beforeDatasetsDraw',
                },
                interval: {
                  type: 'line',
                  xMin: prediction.interval[0],
                  xMax: prediction.interval[1],
                  yMin: steps.length - 1,
                  yMax: steps.length - 1,
                  borderColor: theme.foreground,
                  borderWidth: 1.5,
                },
              },
            },
          },
        },
        plugins: [barEnds(steps, changeText, prediction.interval[1], theme)],
      }),
    table: {
      columns: [
        { label: words.say('report.column.reason') },
        { label: words.say('report.column.change'), numeric: true },
        { label: words.say('report.column.riskThen'), numeric: true },
      ],
      rowCount: steps.length,
      cells: (row) => {
        const step = steps[row]!;
        return [
          step.label,
          dataValue(step.to - step.from, changeText(step)),
          dataValue(step.to, words.percent(step.to)),
        ];
      },
    },
  };
}

/** Room for the longest reason, at about 6 px a letter and 15 px a line. */
function rowHeightPx(steps: ContributionStep[], widthPx: number): number {
  const letters = Math.max(...steps.map(({ label }) => label.length));
  return Math.max(28, 14 + 15 * Math.ceil((letters * 6.1) / labelWidthPx(widthPx)));
}

const canvasFont = (theme: Theme): string => `${theme.fontSizePx - 1}px ${theme.fontFamily}`;

/** The distance between two marks of an axis that has to reach a probability. */
const tickStepFor = (end: number): number => (end > 0.5 ? 0.25 : end > 0.2 ? 0.1 : 0.05);

function barColor(kind: ContributionStep['kind'], theme: Theme): string {
  return { base: theme.muted, total: theme.foreground, up: theme.red, down: theme.green }[kind];
}

/** Reasons are solid; where they start from and lead to are pale, so that the range across the end can be seen. */
function barFill(kind: ContributionStep['kind'], theme: Theme): string {
  const isReason = kind === 'up' || kind === 'down';
  if (theme.highContrast) return isReason ? barColor(kind, theme) : theme.background;
  return withAlpha(barColor(kind, theme), isReason ? 0.75 : 0.3);
}

/** Labels take at most the left of the chart, on as many lines as that needs. */
function wrapped(label: string, { chart }: Scale, font: string): string[] {
  const lines: string[] = [];
  chart.ctx.font = font;
  const widest = labelWidthPx(chart.width);
  for (const word of label.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)!} ${word}`;
    if (lines.length > 0 && chart.ctx.measureText(longer).width <= widest) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Writes each bar's change at its end, and a thin line from where one bar ends to where the next begins. */
function barEnds(
  steps: ContributionStep[],
  text: (step: ContributionStep) => string,
  intervalEnd: number,
  theme: Theme,
): Plugin<'bar'> {
  return {
    id: 'barEnds',
    afterDatasetsDraw(chart) {
      const { ctx } = chart;
      const axis = chart.scales['x']!;
      const bars = chart.getDatasetMeta(0).data;
      ctx.save();
      ctx.font = canvasFont(theme);
      ctx.strokeStyle = gridColor(theme);
      ctx.textBaseline = 'middle';
      steps.forEach((step, i) => {
        const end = axis.getPixelForValue(Math.max(step.from, step.to, step.kind === 'total' ? intervalEnd : 0));
        const figure = text(step);
        ctx.fillStyle = theme.background; // so that no line of the axis runs through the figure
        ctx.fillRect(end + 3, bars[i]!.y - 8, ctx.measureText(figure).width + 6, 16);
        ctx.fillStyle = theme.foreground;
        ctx.fillText(figure, end + 6, bars[i]!.y);
        const next = bars[i + 1];
        if (!next) return;
        const x = axis.getPixelForValue(step.to);
        ctx.beginPath();
        ctx.moveTo(x, bars[i]!.y + 7);
        ctx.lineTo(x, next.y - 7);
        ctx.stroke();
      });
      ctx.restore();
    },
  };
}
