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
import { createLogParser } from '../src/backups/logs/parseLog.ts';
import { readLog } from '../src/files/readLog.ts';
import type { AnalysisThreadData } from '../src/protocol/analysis.ts';
import { AnalysisWorker } from '../src/vscode/analysis/analysisWorker.ts';
import { median } from './median.ts';
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

async function readRuns(file: string): Promise<number> {
  const parser = createLogParser({ path: file, zone: 'UTC', fileTimeMs: null });
  for await (const { bytes } of readLog(file)) parser.push(bytes);
  return parser.snapshot().runs.length;
}

/** The longest that this thread, in the extension host's place, is held while the worker analyzes. */
async function measureHeldLoop(file: string): Promise<void> {
  const dist = path.resolve(import.meta.dirname, '../dist');
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
  const peer = ['python3', '/usr/bin/python3']
    .map((python) =>
      spawnSync(python, [path.join(import.meta.dirname, 'peer.py'), file], {
        encoding: 'utf8',
        env: { ...process.env, OPENBLAS_NUM_THREADS: '1' },
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    )
    .find(({ status }) => status === 0);
  if (!peer) {
    rows.push({ what, figure: 'not measured: python3 with pandas and scikit-learn is not here', target: '≤ 0.2' });
    return;
  }
  const theirs = JSON.parse(peer.stdout) as { seconds: number; peakBytes: number };
  const tellPeak = 'process.on("exit", () => console.error(process.resourceUsage().maxRSS))';
  const cli = path.resolve(import.meta.dirname, '../dist/cli.js');
  const started = performance.now();
  const ours = spawnSync(process.execPath, ['--import', `data:text/javascript,${tellPeak}`, cli, 'analyze', file], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  const seconds = (performance.now() - started) / 1000;
  if (ours.status !== 0) throw new Error(ours.stderr);
  const peakBytes = 1024 * Number(ours.stderr.trim().split('\n').at(-1));
  rows.push({ what, figure: (seconds / theirs.seconds).toFixed(2), target: '≤ 0.2' });
  rows.push({ what: 'the same, peak memory', figure: (peakBytes / theirs.peakBytes).toFixed(2), target: '≤ 0.5' });
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
