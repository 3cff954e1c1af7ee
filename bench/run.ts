/**
 * `npm run bench`: how fast the main paths are, each figure a ratio within one run, the median of several rounds.
 *
 *     npm run bench -- [--runs 1000000] [--rounds 3] [--texts 100000] [--snapshots 10000]
 */
import { spawnSync } from 'node:child_process';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { AnalysisThreadData } from '../src/protocol/analysis.ts';
import { AnalysisWorker } from '../src/vscode/analysis/analysisWorker.ts';
import { median } from './median.ts';
import { readRuns } from './readRuns.ts';
import { compareSealing, measureLabels, measureLargeText, measureRoundTrips, measureStore } from './snapshots.ts';
import { measureTree } from './tree.ts';
import { createAnalysis } from '../src/worker/analysis.ts';
import { writeRecords, writeResticJson } from './writeLogs.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
    texts: { type: 'string', default: '100000' },
    snapshots: { type: 'string', default: '10000' },
  },
});
const runs = Number(values.runs);
const rounds = Number(values.rounds);
const jobs = 200;
const dist = path.resolve(import.meta.dirname, '../dist');
const cli = path.join(dist, 'cli.js');
const options = { now: Date.UTC(2026, 10, 24), zone: 'UTC', capacityBytes: null, maxRisk: 0.5 };

const folder = await mkdtemp(path.join(tmpdir(), 'backup-foresight-bench-'));
const rows: { what: string; figure: string; target: string }[] = [];
try {
  const records = path.join(folder, 'records.jsonl');
  const restic = path.join(folder, 'restic.log');
  await writeRecords(records, runs, jobs);
  await writeResticJson(restic, runs);
  await compareReading('records: reading ÷ a loop of JSON.parse', records, '≤ 1.6');
  await compareReading('restic --json, 95 % status lines: reading ÷ that loop', restic, '≤ 0.25');
  measureReadingMemory(records);
  await measureHeldLoop(records);
  rows.push(...measureLabels(), measureRoundTrips(Number(values.texts)), ...(await compareSealing(folder)));
  rows.push(...(await measureStore(folder, Number(values.snapshots))), ...(await measureLargeText()));
  rows.push(...(await measureTree(folder, Number(values.snapshots))));
  compareWithPeer(records);
  await measureOneMoreRun(records);
  await measureGrowth();
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.table(rows);

async function compareReading(what: string, file: string, target: string): Promise<void> {
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const plain = await time(() => parseEveryLine(file));
    const ours = await time(() => readRuns(file));
    ratios.push(ours / plain);
  }
  rows.push({ what, figure: `${median(ratios).toFixed(2)} (${runs} lines)`, target });
}

async function parseEveryLine(file: string): Promise<number> {
  let objects = 0;
  for (const line of (await readFile(file, 'utf8')).split('\n')) {
    if (line !== '' && JSON.parse(line) !== null) objects++;
  }
  return objects;
}

/** The longest that this thread, in the extension host's place, is held while the worker analyzes. */
async function measureHeldLoop(file: string): Promise<void> {
  const workerData: AnalysisThreadData = { studyScript: path.join(dist, 'study.cjs') };
  const start = (): Worker => new Worker(path.join(dist, 'worker.cjs'), { workerData });
  const analysis = new AnalysisWorker(start, console.error, 0);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const started = performance.now();
  await analysis.analyze({ paths: [file], options });
  const seconds = (performance.now() - started) / 1000;
  delay.disable();
  analysis.stop();
  rows.push({
    what: `host's event loop held while ${runs} runs are analyzed (${seconds.toFixed(1)} s in the worker)`,
    figure: `${(delay.max / 1e6).toFixed(1)} ms at most`,
    target: '≤ 16 ms',
  });
}

/** What one more run costs, beside reading and assessing everything. */
async function measureOneMoreRun(file: string): Promise<void> {
  const analysis = createAnalysis();
  const analyze = (): Promise<unknown> => analysis.analyze({ paths: [file], options });
  const cold = await time(analyze);
  const warm: number[] = [];
  for (let round = 0; round < 9; round++) {
    const startedAt = new Date(Date.UTC(2020, 0, 1) + (Math.ceil(runs / jobs) + round) * 3_600_000).toISOString();
    await appendFile(file, `${JSON.stringify({ backup_id: 'job-000', started_at: startedAt, status: 'completed' })}\n`);
    warm.push(await time(analyze));
  }
  rows.push({
    what: `one more run: analyzing again ÷ ${runs} runs anew`,
    figure: `${((100 * median(warm)) / cold).toFixed(1)} %`,
    target: '< 1 %',
  });
}

/** The power of the number of runs with which the time of an analysis grows: 1 is linear. */
async function measureGrowth(): Promise<void> {
  const sizes = [runs / 100, runs / 10, runs];
  const seconds: number[] = [];
  for (const size of sizes) {
    const file = path.join(folder, `${size}.jsonl`);
    await writeRecords(file, size, Math.max(2, Math.round((jobs * size) / runs)));
    seconds.push(await time(() => createAnalysis().analyze({ paths: [file], options })));
    await rm(file);
  }
  const exponent = Math.log(seconds[2]! / seconds[1]!) / Math.log(10);
  rows.push({
    what: `growth of the analysis from ${sizes[1]} to ${runs} runs, as a power`,
    figure: exponent.toFixed(2),
    target: '≈ 1',
  });
}

/** The built command line tool beside the same work in Python, each a process of its own. */
function compareWithPeer(file: string): void {
  const what = `analyze, ${runs} runs of ${jobs} jobs ÷ pandas and scikit-learn`;
  const times: number[] = [];
  const peaks: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const theirs = runPeer(file);
    if (!theirs) {
      rows.push({ what, figure: 'not measured: python3 with pandas and scikit-learn is not here', target: '≤ 0.2' });
      return;
    }
    const started = performance.now();
    const { peakBytes } = runInProcess([cli, 'analyze', file]);
    times.push((performance.now() - started) / 1000 / theirs.seconds);
    peaks.push(peakBytes / theirs.peakBytes);
  }
  rows.push({ what, figure: median(times).toFixed(2), target: '≤ 0.2' });
  rows.push({ what: 'the same, peak memory', figure: median(peaks).toFixed(2), target: '≤ 0.5' });
}

function runPeer(file: string): { seconds: number; peakBytes: number } | null {
  for (const python of ['python3', '/usr/bin/python3']) {
    const { status, stdout } = spawnSync(python, [path.join(import.meta.dirname, 'peer.py'), file], {
      encoding: 'utf8',
      env: { ...process.env, OPENBLAS_NUM_THREADS: '1' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    if (status === 0) return JSON.parse(stdout) as { seconds: number; peakBytes: number };
  }
  return null;
}

/** How much memory a process of its own takes to read the runs of a log. */
function measureReadingMemory(file: string): void {
  const { peakBytes } = runInProcess([path.join(import.meta.dirname, 'readRuns.ts'), file]);
  rows.push({
    what: `records: peak memory while reading ${runs} runs`,
    figure: `${Math.round(peakBytes / 1e6)} MB`,
    target: '< 600 MB',
  });
}

function runInProcess(args: string[]): { peakBytes: number } {
  const tellPeak = 'process.on("exit", () => console.error(process.resourceUsage().maxRSS))';
  const { status, stderr } = spawnSync(process.execPath, ['--import', `data:text/javascript,${tellPeak}`, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(stderr);
  return { peakBytes: 1024 * Number(stderr.trim().split('\n').at(-1)) };
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
