/**
 * How good the forecasts of recorded series are, and how much their 95 % intervals hold, from whole histories and from
 * short ones. Each line of SERIES is `{ id, period, values }`, of ACTUAL `{ id, values }`, what came after.
 *
 *     node bench/forecasts.ts SERIES.jsonl ACTUAL.jsonl
 */
import { readFileSync } from 'node:fs';
import { forecastSeries } from '../src/backups/forecast/forecastSeries.ts';

interface Series {
  id: string;
  period?: number;
  values: number[];
}

const lengths = [Infinity, 400, 200, 100, 60, 30];

const [seriesFile, actualFile] = process.argv.slice(2);
if (seriesFile === undefined || actualFile === undefined) {
  console.error('usage: node bench/forecasts.ts SERIES.jsonl ACTUAL.jsonl');
  process.exit(2);
}
const series = readSeries(seriesFile);
const actual = new Map(readSeries(actualFile).map(({ id, values }) => [id, values]));
console.table(
  Object.fromEntries(
    lengths.map((length) => [length === Infinity ? 'all values' : `the last ${length}`, scoreFrom(length)]),
  ),
);

function readSeries(file: string): Series[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Series);
}

/** Scores as the M4 competition defines them (Makridakis and others 2020), against the last value instead of Naive2. */
function scoreFrom(length: number): Record<string, string> {
  const scores = series.map(({ id, period = 1, values }) => {
    const known = length === Infinity ? values : values.slice(-length);
    const after = actual.get(id)!;
    const { point, lower, upper } = forecastSeries(known, { period, horizon: after.length });
    const scale = mean(known.slice(period).map((value, i) => Math.abs(value - known[i]!)));
    const last = after.map(() => known.at(-1)!);
    return {
      smape: symmetricError(after, point),
      mase: meanError(after, point) / scale,
      smapeOfLast: symmetricError(after, last),
      maseOfLast: meanError(after, last) / scale,
      covered: mean(after.map((value, i) => (value >= lower[i]! && value <= upper[i]! ? 1 : 0))),
      msis: mean(after.map((value, i) => intervalScore(value, lower[i]!, upper[i]!))) / scale,
    };
  });
  const average = (name: keyof (typeof scores)[number]): number => mean(scores.map((score) => score[name]));
  const owa = (average('smape') / average('smapeOfLast') + average('mase') / average('maseOfLast')) / 2;
  return {
    sMAPE: average('smape').toFixed(2),
    MASE: average('mase').toFixed(2),
    OWA: owa.toFixed(3),
    '95 % coverage': `${(100 * average('covered')).toFixed(1)} %`,
    MSIS: average('msis').toFixed(1),
  };
}

function symmetricError(actualValues: readonly number[], point: readonly number[]): number {
  return mean(
    actualValues.map((value, i) => (200 * Math.abs(value - point[i]!)) / (Math.abs(value) + Math.abs(point[i]!))),
  );
}

function meanError(actualValues: readonly number[], point: readonly number[]): number {
  return mean(actualValues.map((value, i) => Math.abs(value - point[i]!)));
}

/** Width, and 40 times by how much the interval was missed. */
function intervalScore(value: number, low: number, high: number): number {
  return high - low + 40 * Math.max(0, low - value) + 40 * Math.max(0, value - high);
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}
