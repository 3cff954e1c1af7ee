/** What all charts have in common: quiet axes, no animation, no events of their own (chartPanel.ts handles pointer and keys). */
import type { ChartOptions, FontSpec, Scale, TooltipOptions } from 'chart.js';
import { withAlpha, type Theme } from '../theme.ts';
import type { Words } from '../words.ts';
import { roundTicks, timeTicks, type AxisUnit } from './ticks.ts';

type LinearAxis = NonNullable<ChartOptions<'line'>['scales']>[string];

export function fontOf(theme: Theme): Partial<FontSpec> {
  return { family: theme.fontFamily, size: theme.fontSizePx - 1 };
}

/** Options that hold for every kind of chart. */
export function commonOptions(theme: Theme) {
  const noEvents: [] = [];
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: false as const,
    events: noEvents,
    font: fontOf(theme),
    color: theme.foreground,
    layout: { padding: { top: 8, right: 8 } },
  };
}

export function tooltipOptions(theme: Theme): Partial<TooltipOptions> {
  return {
    backgroundColor: theme.hoverBackground,
    borderColor: theme.hoverBorder,
    borderWidth: 1,
    cornerRadius: 3,
    caretSize: 4,
    padding: 8,
    displayColors: false,
    titleColor: theme.hoverForeground,
    bodyColor: theme.hoverForeground,
    titleFont: { ...fontOf(theme), weight: 600 },
    bodyFont: fontOf(theme),
  };
}

/** A value axis that starts and ends on a round value of its unit. */
export function valueAxis(theme: Theme, words: Words, low: number, high: number, unit: AxisUnit): LinearAxis {
  const values = roundTicks(low, high, 5, unit);
  const text = { bytes: words.bytes, duration: words.duration, number: words.number }[unit];
  return {
    type: 'linear',
    min: values[0]!,
    max: values.at(-1)!,
    border: { display: false },
    grid: { color: gridColor(theme), drawTicks: false },
    // The same for all charts, so that moments stand below each other.
    afterFit: (axis: Scale) => (axis.width = Math.max(axis.width, theme.fontSizePx * 5)),
    afterBuildTicks: (axis: Scale) => (axis.ticks = values.map((value) => ({ value }))),
    ticks: { callback: (value) => text(Number(value)), color: theme.muted, font: fontOf(theme), padding: 8 },
  };
}

/** A time axis: milliseconds on a linear scale, marked where the zone's calendar has its round moments. */
export function timeAxis(theme: Theme, words: Words, from: number, to: number): LinearAxis {
  const labels = new Map<number, string>();
  return {
    type: 'linear',
    min: from,
    max: to,
    border: { color: gridColor(theme) },
    grid: { display: true, drawOnChartArea: false, tickLength: 4, color: gridColor(theme) },
    afterBuildTicks: (axis: Scale) => {
      const most = Math.max(2, Math.floor(axis.chart.width / (theme.fontSizePx * 7)));
      const ticks = timeTicks(from, to, most, words.zone, words.language);
      for (const { value, label } of ticks) labels.set(value, label);
      axis.ticks = ticks.map(({ value }) => ({ value }));
    },
    ticks: {
      callback: (value) => labels.get(Number(value)) ?? '',
      autoSkip: false,
      maxRotation: 0,
      color: theme.muted,
      font: fontOf(theme),
    },
  };
}

export function gridColor(theme: Theme): string {
  return withAlpha(theme.grid, theme.highContrast ? 0.6 : 0.35);
}
