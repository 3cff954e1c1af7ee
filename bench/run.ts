/**
 * `npm run bench`: how fast the main paths are, each figure a ratio within one run, the median of several rounds.
 *
 *     npm run bench -- [--runs 200000] [--rounds 3] [--texts 100000] [--snapshots 10000]
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { createLogParser } from '../src/backups/logs/parseLog.ts';
import { readLog } from '../src/files/readLog.ts';
import { AnalysisWorker } from '../src/vscode/analysis/analysisWorker.ts';
import { compareSealing, measureLabels, measureLargeText, measureRoundTrips, measureStore } from './snapshots.ts';
import { writeRecords, writeResticJson } from './writeLogs.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200000' },
    rounds: { type: 'string', default: '3' },
    texts: { type: 'string', default: '100000' },
    snapshots: { type: 'string', default: '10000' },
  },
});
const runs = Number(values.runs);
const rounds = Number(values.rounds);

const folder = await mkdtemp(path.join(tmpdir(), 'backup-foresight-bench-'));
const rows: { what: string; figure: string; target: string }[] = [];
try {
  const records = path.join(folder, 'records.jsonl');
  const restic = path.join(folder, 'restic.log');
  await writeRecords(records, runs, 200);
  await writeResticJson(restic, runs);
  await compareReading('records: reading ÷ a loop of JSON.parse', records, '≤ 1.6');
  await compareReading('restic --json, 95 % status lines: reading ÷ that loop', restic, '≤ 0.25');
  await measureHeldLoop(records);
  rows.push(...measureLabels(), measureRoundTrips(Number(values.texts)), ...(await compareSealing(folder)));
  rows.push(...(await measureStore(folder, Number(values.snapshots))), ...(await measureLargeText()));
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
  for await (const { text } of readLog(file)) parser.push(text);
  return parser.snapshot().runs.length;
}

/** The longest that this thread, in the extension host's place, is held while the worker analyzes. */
async function measureHeldLoop(file: string): Promise<void> {
  const start = (): Worker => new Worker(path.resolve(import.meta.dirname, '../dist/worker.cjs'));
  const analysis = new AnalysisWorker(start, console.error, 0);
  const options = { now: Date.UTC(2026, 10, 24), zone: 'UTC', capacityBytes: null, maxRisk: 0.5 };
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

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}
