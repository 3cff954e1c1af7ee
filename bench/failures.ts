/**
 * How good the failure predictions are on recorded histories, beside simple forecasts of the same runs. Each file holds
 * one job's runs; every run is predicted from earlier ones only, and the later half counts.
 *
 *     node bench/failures.ts FILE…
 */
import path from 'node:path';
import { buildJobs } from '../src/backups/history/buildJobs.ts';
import type { JobHistory } from '../src/backups/history/job.ts';
import { createLogParser } from '../src/backups/logs/parseLog.ts';
import { learnJobs } from '../src/backups/prediction/learnJobs.ts';
import { measure } from '../src/backups/prediction/metrics.ts';
import { labelOf } from '../src/backups/prediction/labelOf.ts';
import { predictNextRun, prepareJob } from '../src/backups/prediction/predictNextRun.ts';
import type { Metrics, Prediction } from '../src/backups/report.ts';
import { readLog } from '../src/files/readLog.ts';

/** Predicted probability of failure, one a run; NaN for the first, which nothing came before. */
type Forecast = readonly number[];

const prefixes = [10, 20, 30, 50, 100, 200, 500, 1000];
/** Runs predicted after a history that begins anywhere, and at how many places it begins. */
const nextRuns = 20;
const starts = 100;
const lengths = [10, 15, 20, 30, 50, 100, 200];
/** Runs known when the interval and the confidence are judged, and how many questions make a group. */
const knownRuns = [12, 30, 60, 150, 400, 1000];
const questionsOf = 250;
const fewestInGroup = 30;

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('usage: node bench/failures.ts FILE…');
  process.exit(2);
}
const scores = new Map<string, Metrics[]>();
const short: Record<string, Record<string, string>> = {};
const anywhere: Record<string, Record<string, string>> = {};
const asked: Answer[] = [];
for (const file of files) {
  const job = await readJob(file);
  const { labels, predicted } = walkForward(job);
  const forecasts: Record<string, Forecast> = {
    'base rate': baseRates(labels),
    'last outcome': afterLastOutcome(labels),
    'last 10, shrunk': lastTenShrunk(labels),
    'Backup Foresight': predicted,
  };
  for (const [name, forecast] of Object.entries(forecasts)) {
    const list = scores.get(name) ?? [];
    list.push(scoreLaterHalf(labels, forecast, labels.length));
    scores.set(name, list);
  }
  short[path.parse(file).name] = Object.fromEntries(
    prefixes.map((runs) => [`first ${runs}`, excess(labels, forecasts, runs)]),
  );
  anywhere[path.parse(file).name] = Object.fromEntries(
    lengths.map((length) => [`after ${length}`, excessOfNext(job, length)]),
  );
  asked.push(...knownRuns.flatMap((known) => askAnywhere(job, known)));
}

console.log('\nLater half, mean of the histories');
console.table(
  Object.fromEntries(
    [...scores].map(([name, all]) => [
      name,
      {
        'log loss': mean(all, ({ logLoss }) => logLoss),
        Brier: mean(all, ({ brier }) => brier),
        'ROC AUC': mean(all, ({ rocAuc }) => rocAuc ?? NaN),
        'PR AUC': mean(all, ({ prAuc }) => prAuc ?? NaN),
        ECE: mean(all, ({ ece }) => ece),
      },
    ]),
  ),
);
console.log('Log loss of each history’s first N runs (later half), against the better of base rate and last 10');
console.table(short);
console.log(
  `Log loss of the ${nextRuns} runs after N, from ${starts} places in each history, against the better of the same`,
);
console.table(anywhere);
console.log(
  `What is shown of a next run, asked after ${knownRuns.join(', ')} runs from ${questionsOf} places in each history`,
);
console.table(
  Object.fromEntries(
    (['high', 'medium', 'low'] as const).map((confidence) => {
      const answers = asked.filter(({ shown }) => shown.confidence === confidence);
      return [
        `${confidence} confidence`,
        {
          questions: answers.length,
          predicted: meanOf(answers, ({ shown }) => shown.failureProbability).toFixed(3),
          failed: meanOf(answers, ({ label }) => label).toFixed(3),
          'interval from': meanOf(answers, ({ shown }) => shown.interval[0]).toFixed(3),
          to: meanOf(answers, ({ shown }) => shown.interval[1]).toFixed(3),
          'log loss': meanOf(answers, ({ label, shown }) => lossOf(label, shown.failureProbability)).toFixed(3),
        },
      ];
    }),
  ),
);
console.log(groupsInsideInterval(asked));

async function readJob(file: string): Promise<JobHistory> {
  const parser = createLogParser({ path: file, zone: 'UTC', fileTimeMs: null });
  for await (const { bytes } of readLog(file)) parser.push(bytes);
  const jobs = buildJobs([parser.snapshot()], { now: 0 });
  const [job] = jobs;
  if (!job || jobs.length > 1) throw new Error(`${file}: holds ${jobs.length} jobs instead of one`);
  return job;
}

/** A prediction as it would have been shown, and how the run ended. */
interface Answer {
  group: string;
  shown: Prediction;
  label: 0 | 1;
}

/** Asks for the run after each of many histories of one length. */
function askAnywhere(job: JobHistory, known: number): Answer[] {
  const answers: Answer[] = [];
  for (let question = 0; question < questionsOf; question++) {
    const from = Math.floor((question * (job.runs.length - known - 1)) / questionsOf);
    const next = job.runs[from + known]!;
    const label = labelOf(next);
    if (label === null) continue;
    const history = { ...job, runs: job.runs.slice(from, from + known) };
    const forecaster = learnJobs([history], { zone: 'UTC' }).get(job.id)!;
    const shown = predictNextRun(prepareJob(forecaster, null), { now: next.startedAt, maxRisk: 0.5 });
    answers.push({ group: `${job.id} ${known} ${Math.floor(shown.failureProbability * 8)}`, shown, label });
  }
  return answers;
}

/**
 * Of a single run only its end is seen, not its probability. Of a group of alike ones (project, length, probability within
 * an eighth) the share that failed is, to within its own standard error: it should lie in the interval shown for them.
 */
function groupsInsideInterval(answers: readonly Answer[]): string {
  const groups = new Map<string, Answer[]>();
  for (const answer of answers) groups.set(answer.group, [...(groups.get(answer.group) ?? []), answer]);
  const large = [...groups.values()].filter(({ length }) => length >= fewestInGroup);
  const inside = large.filter((group) => {
    const failed = meanOf(group, ({ label }) => label);
    const error = Math.sqrt((failed * (1 - failed)) / group.length);
    const [low, high] = [0, 1].map((end) => meanOf(group, ({ shown }) => shown.interval[end]!));
    return failed >= low! - error && failed <= high! + error;
  });
  return `The share that failed lies in the interval of ${inside.length} of ${large.length} groups of alike questions`;
}

function lossOf(label: number, probability: number): number {
  return -Math.log(label === 1 ? probability : 1 - probability);
}

function meanOf<T>(all: readonly T[], valueOf: (one: T) => number): number {
  return all.reduce((sum, one) => sum + valueOf(one), 0) / all.length;
}

function walkForward(job: JobHistory): { labels: number[]; predicted: number[] } {
  const { labels, predicted } = learnJobs([job], { zone: 'UTC' }).get(job.id)!;
  return { labels: [...labels.from(0)], predicted: [...predicted.from(0)] };
}

/** Histories that begin anywhere, so that no single beginning decides. */
function excessOfNext(job: JobHistory, length: number): string {
  const losses = { ours: 0, base: 0, lastTen: 0 };
  for (let start = 0; start < starts; start++) {
    const from = Math.floor((start * (job.runs.length - length - nextRuns)) / starts);
    const { labels, predicted } = walkForward({ ...job, runs: job.runs.slice(from, from + length + nextRuns) });
    const lossAfter = (forecast: Forecast): number =>
      measure({ probabilities: forecast.slice(length), labels: labels.slice(length) }, 0).logLoss;
    losses.ours += lossAfter(predicted);
    losses.base += lossAfter(baseRates(labels));
    losses.lastTen += lossAfter(lastTenShrunk(labels));
  }
  return change(losses.ours / Math.min(losses.base, losses.lastTen));
}

function scoreLaterHalf(labels: readonly number[], forecast: Forecast, end: number): Metrics {
  const from = Math.max(1, Math.floor(end / 2));
  return measure({ probabilities: forecast.slice(from, end), labels: labels.slice(from, end) }, 0);
}

function excess(labels: readonly number[], forecasts: Record<string, Forecast>, runs: number): string {
  if (labels.length < runs) return '';
  const loss = (name: string): number => scoreLaterHalf(labels, forecasts[name]!, runs).logLoss;
  return change(loss('Backup Foresight') / Math.min(loss('base rate'), loss('last 10, shrunk')));
}

function change(ratio: number): string {
  return `${ratio > 1 ? '+' : ''}${(100 * (ratio - 1)).toFixed(1)} %`;
}

function baseRates(labels: readonly number[]): number[] {
  let failures = 0;
  return labels.map((label, i) => {
    const rate = i === 0 ? NaN : (failures + 0.5) / (i + 1);
    failures += label;
    return rate;
  });
}

function lastTenShrunk(labels: readonly number[]): number[] {
  return baseRates(labels).map((rate, i) => {
    const recent = labels.slice(Math.max(0, i - 10), i);
    return (recent.reduce((sum, label) => sum + label, 0) + 4 * rate) / (recent.length + 4);
  });
}

function afterLastOutcome(labels: readonly number[]): number[] {
  const seen = [
    { failures: 1, runs: 2 },
    { failures: 1, runs: 2 },
  ];
  return labels.map((label, i) => {
    if (i === 0) return NaN;
    const last = seen[labels[i - 1]!]!;
    const rate = last.failures / last.runs;
    last.failures += label;
    last.runs++;
    return rate;
  });
}

function mean(all: readonly Metrics[], valueOf: (metrics: Metrics) => number): string {
  return meanOf(all, valueOf).toFixed(4);
}
