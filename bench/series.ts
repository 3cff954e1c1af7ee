/**
 * How good the anomaly scores of labeled series are, as the Numenta benchmark counts (NAB; Lavin and Ahmad 2015): with the
 * threshold that is best for all series, and with the one that is best for a random half of them on the other half. Each
 * line of SERIES is `{ id, times, values }`, times in UTC epoch milliseconds; WINDOWS is `{ id: [[from, to], …] }`.
 *
 *     node bench/series.ts SERIES.jsonl WINDOWS.json
 */
import { readFileSync } from 'node:fs';
import { scoreSeries } from '../src/backups/anomalies/scoreSeries.ts';
import { seededRandom } from './simulateJob.ts';

interface Series {
  id: string;
  times: number[];
  values: number[];
}

/** A value that would be told from some threshold down, and what that is worth. */
interface Told {
  score: number;
  worth: number;
  /** The window it lies in; null for a false alarm, whose worth is below 0. */
  window: string | null;
}

interface Profile {
  falseAlarm: number;
  miss: number;
}

const profiles: Record<string, Profile> = {
  standard: { falseAlarm: 0.11, miss: 1 },
  'false alarms at double cost': { falseAlarm: 0.22, miss: 1 },
  'misses at double cost': { falseAlarm: 0.11, miss: 2 },
};
const splits = 200;

const [seriesFile, windowsFile] = process.argv.slice(2);
if (seriesFile === undefined || windowsFile === undefined) {
  console.error('usage: node bench/series.ts SERIES.jsonl WINDOWS.json');
  process.exit(2);
}
const windows = JSON.parse(readFileSync(windowsFile, 'utf8')) as Record<string, [number, number][]>;
const scored = readFileSync(seriesFile, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Series)
  .map((series) => ({ ...series, scores: scoreSeries(series.times, series.values) }));
console.table(
  Object.fromEntries(
    Object.entries(profiles).map(([name, profile]) => [
      name,
      {
        'best threshold': percent(bestOf(scored, profile).score),
        'of the other half': percent(ofOtherHalf(profile)),
      },
    ]),
  ),
);

type Scored = Series & { scores: number[] };

function toldOf({ id, times, scores }: Scored, { falseAlarm }: Profile): Told[] {
  const probation = Math.min(Math.floor(0.15 * times.length), 750);
  const spans = windows[id]!.map(([from, to]) => ({
    from: times.findIndex((time) => time >= from),
    to: times.findLastIndex((time) => time <= to),
  }));
  return scores.slice(probation).map((score, k) => {
    const at = probation + k;
    const window = spans.findIndex(({ from, to }) => at >= from && at <= to);
    if (window >= 0) {
      const { from, to } = spans[window]!;
      const worth = sigmoid(-(to - at + 1) / (to - from + 1)) / sigmoid(-1);
      return { score, worth, window: `${id} ${window}` };
    }
    const before = spans.findLast(({ to }) => to < at);
    const worth = before ? sigmoid((at - before.to) / Math.max(1, before.to - before.from)) : -1;
    return { score, worth: falseAlarm * worth, window: null };
  });
}

/** What each threshold is worth, highest first, as a share of telling every window at its first value and nothing else. */
function sweep(series: readonly Scored[], profile: Profile): { threshold: number; score: number }[] {
  const count = series.reduce((sum, { id }) => sum + windows[id]!.length, 0);
  const told = series.flatMap((one) => toldOf(one, profile)).sort((a, b) => b.score - a.score);
  const found = new Map<string, number>();
  let worth = 0;
  const results = [{ threshold: Infinity, score: 0 }];
  told.forEach(({ score, worth: gain, window }, i) => {
    if (window === null) worth += gain;
    else {
      const before = found.get(window);
      if (before === undefined) worth += profile.miss + gain;
      else worth += Math.max(0, gain - before);
      found.set(window, Math.max(before ?? gain, gain));
    }
    if (told[i + 1]?.score !== score) results.push({ threshold: score, score: worth / (count * (1 + profile.miss)) });
  });
  return results;
}

function bestOf(series: readonly Scored[], profile: Profile): { threshold: number; score: number } {
  return sweep(series, profile).reduce((best, result) => (result.score > best.score ? result : best));
}

/** Mean over random halves, each weighing as much as it has windows. */
function ofOtherHalf(profile: Profile): number {
  const random = seededRandom(1);
  let sum = 0;
  for (let split = 0; split < splits; split++) {
    const order = scored.map((series) => ({ series, key: random() })).sort((a, b) => a.key - b.key);
    const half = Math.floor(order.length / 2);
    const [one, other] = [order.slice(0, half), order.slice(half)].map((part) => part.map(({ series }) => series));
    const { threshold } = bestOf(one!, profile);
    sum += sweep(other!, profile).findLast((result) => result.threshold >= threshold)!.score;
  }
  return sum / splits;
}

function sigmoid(x: number): number {
  return x > 3 ? -1 : 2 / (1 + Math.exp(5 * x)) - 1;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
