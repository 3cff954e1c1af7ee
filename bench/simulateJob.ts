/** Nightly backup jobs as operators know them, made from a seed: growth, habits of weekdays
 * and month ends, noise with heavy tails, a failure now and then. */
import type { JobHistory } from '../src/backups/history/job.ts';
import { newRun, type BackupRun } from '../src/backups/run.ts';

export interface SimulateOptions {
  seed: number;
  /** One run a night. */
  nights: number;
  /** A job without noise beyond the everyday: about what a quiet server's backup looks like. */
  isQuiet?: boolean;
}

const dayMs = 86_400_000;

/** Uniform numbers from 0 to 1 (mulberry32): the same seed gives the same numbers everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Standard normal numbers (Box & Muller). */
export function seededNormal(random: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Student's t: the heavier tails of times on a machine that others use too. */
function student(normal: () => number, freedom: number): number {
  let squares = 0;
  for (let i = 0; i < freedom; i++) squares += normal() ** 2;
  return normal() / Math.sqrt(squares / freedom);
}

/** A job with nothing wrong in it but failures, which happen. */
export function simulateJob({ seed, nights, isQuiet = false }: SimulateOptions): JobHistory {
  const random = seededRandom(seed * 7919 + 17);
  const normal = seededNormal(random);
  const between = (low: number, high: number): number => low + (high - low) * random();
  const logBetween = (low: number, high: number): number => Math.exp(between(Math.log(low), Math.log(high)));

  let source = logBetween(2e8, 2e12);
  const growth = between(-0.0005, isQuiet ? 0.001 : 0.004);
  const bytesPerFile = logBetween(2e4, 2e6);
  const churn = logBetween(0.001, 0.03);
  const churnNoise = isQuiet ? between(0.2, 0.4) : between(0.3, 0.8);
  const weekendChurn = between(0.15, 1);
  const sizeNoise = isQuiet ? between(0.001, 0.01) : between(0.002, 0.03);
  const timeNoise = isQuiet ? between(0.03, 0.12) : between(0.05, 0.25);
  const scanMsPerFile = logBetween(0.005, 0.2);
  const bytesPerMs = logBetween(1e4, 1e5);
  const overheadMs = logBetween(2e3, 6e4);
  const sundayTime = random() < 0.3 ? between(1.3, 3) : 1;
  const failureRate = isQuiet ? 0.01 : between(0, 0.06);
  let repository = source * between(0.4, 1.2);
  const monthEndChurn = random() < 0.5 ? logBetween(1, 5) : 1;
  const timeTails = Math.round(between(isQuiet ? 6 : 3, 20));

  const runs: BackupRun[] = [];
  const begin = Date.UTC(2026, 0, 5, 2); // a Monday
  for (let night = 0; night < nights; night++) {
    const weekday = night % 7;
    source *= Math.exp(growth + sizeNoise * 0.1 * normal());
    const startedAt = begin + night * dayMs + Math.round(between(0, 240_000));
    const place = { source: { path: `job-${seed}.log`, line: night + 1, endLine: night + 1 }, startedAt };
    if (random() < failureRate) {
      const durationMs = Math.round(overheadMs * between(0.1, 2));
      runs.push(newRun({ job: `job-${seed}`, tool: 'simulated', outcome: 'failure', durationMs, ...place }));
      continue;
    }
    const sizeBytes = Math.round(source * Math.exp(sizeNoise * normal()));
    const fileCount = Math.max(1, Math.round((sizeBytes / bytesPerFile) * Math.exp(0.5 * sizeNoise * normal())));
    const monthEnd = new Date(startedAt + dayMs).getUTCDate() === 1 ? monthEndChurn : 1;
    const tonight = churn * monthEnd * Math.exp(churnNoise * normal()) * (weekday >= 5 ? weekendChurn : 1);
    const changedFileCount = Math.min(fileCount, Math.round(fileCount * tonight * Math.exp(0.3 * normal())));
    const addedBytes = Math.round(Math.min(sizeBytes, sizeBytes * tonight * Math.exp(0.4 * normal())));
    const work = overheadMs + fileCount * scanMsPerFile + addedBytes / bytesPerMs;
    const durationMs = Math.round(
      work * Math.exp(timeNoise * student(normal, timeTails)) * (weekday === 6 ? sundayTime : 1),
    );
    repository += addedBytes;
    runs.push(
      newRun({
        job: `job-${seed}`,
        tool: 'simulated',
        outcome: 'success',
        durationMs,
        sizeBytes,
        addedBytes,
        fileCount,
        changedFileCount,
        repositoryBytes: Math.round(repository),
        kind: 'incremental',
        ...place,
      }),
    );
  }
  return {
    id: `job-${seed}`,
    tool: 'simulated',
    host: null,
    repository: null,
    runs,
    completeness: 'complete',
    cadence: null,
  };
}

/** The same job with a change to its runs from one night on, as many nights as given; failed runs stay as they are. */
export function withIncident(
  job: JobHistory,
  night: number,
  nights: number,
  change: (run: BackupRun) => Partial<BackupRun>,
): JobHistory {
  const runs = job.runs.map((run, i) =>
    i >= night && i < night + nights && run.outcome === 'success' ? { ...run, ...change(run) } : run,
  );
  return { ...job, runs };
}
