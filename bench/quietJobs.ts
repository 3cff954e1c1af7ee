/**
 * How often jobs with nothing wrong in them raise an alarm, and whether real trouble is found in them on its day.
 *
 *     node bench/quietJobs.ts [--jobs 200]
 */
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { findAnomalies } from '../src/backups/anomalies/findAnomalies.ts';
import type { JobHistory } from '../src/backups/history/job.ts';
import type { Anomaly } from '../src/backups/report.ts';
import type { BackupRun } from '../src/backups/run.ts';
import { newRun } from '../src/backups/run.ts';
import { seededNormal, seededRandom, simulateJob, withIncident } from './simulateJob.ts';

const nights = 182;
const options = { now: Date.UTC(2027, 0), zone: 'UTC' };
const scaled = (value: number | null, factor: number): number | null =>
  value === null ? null : Math.round(value * factor);

/** What goes wrong with one run, and whether a finding names it. */
const incidents: Record<
  string,
  { change: (run: BackupRun) => Partial<BackupRun>; names: (found: Anomaly) => boolean }
> = {
  'size × 5': {
    change: (run) => ({ sizeBytes: scaled(run.sizeBytes, 5) }),
    names: ({ metric, score }) => metric === 'size' && score > 0,
  },
  'size × 5, files and time with it': {
    change: (run) => ({
      sizeBytes: scaled(run.sizeBytes, 5),
      fileCount: scaled(run.fileCount, 5),
      durationMs: scaled(run.durationMs, 4),
    }),
    names: ({ metric, score }) => metric === 'size' && score > 0,
  },
  'size × ½': {
    change: (run) => ({ sizeBytes: scaled(run.sizeBytes, 0.5) }),
    names: ({ metric, score }) => metric === 'size' && score < 0,
  },
  'duration × 3': {
    change: (run) => ({ durationMs: scaled(run.durationMs, 3) }),
    names: ({ metric, score }) => metric === 'duration' && score > 0,
  },
  'two fifths of the source lost': {
    change: (run) => ({
      sizeBytes: scaled(run.sizeBytes, 0.6),
      fileCount: scaled(run.fileCount, 0.6),
      durationMs: scaled(run.durationMs, 0.8),
    }),
    names: ({ shape }) => shape === 'sourceLoss',
  },
  'empty source': {
    change: () => ({ sizeBytes: 0, fileCount: 0, addedBytes: 0, changedFileCount: 0, durationMs: 1500 }),
    names: ({ shape }) => shape === 'sourceLoss',
  },
  'everything encrypted': {
    change: (run) => ({
      addedBytes: scaled(run.sizeBytes, 0.95),
      changedFileCount: scaled(run.fileCount, 0.9),
      durationMs: scaled(run.durationMs, 2),
    }),
    names: ({ shape }) => shape === 'ransomwareLike',
  },
};

export interface QuietFigures {
  /** False findings of a job in 90 nights, on average, and in the noisiest of the jobs. */
  falsePer90: number;
  worstFalsePer90: number;
  /** Jobs with more than one false finding in 90 nights. */
  jobsAboveOnePer90: number;
  /** What the false findings were about, in the same unit. */
  falseByKind: Record<string, number>;
  /** Share of the jobs in which the trouble was found on its day. */
  found: Record<string, number>;
  /** Jobs in which it was not, to look into. */
  missed: string[];
}

/** Six months of each job: as it is, and with one incident on a night late enough for the job to be known. */
export function measureQuietJobs(jobs: number): QuietFigures {
  const perJob: number[] = [];
  const byKind: Record<string, number> = {};
  const found = Object.fromEntries(Object.keys(incidents).map((name) => [name, 0]));
  const missed: string[] = [];
  for (let seed = 1; seed <= jobs; seed++) {
    const job = simulateJob({ seed, nights, isQuiet: true });
    const quiet = findAnomalies(job, options);
    perJob.push(quiet.length);
    for (const { metric, shape } of quiet) byKind[`${metric} ${shape}`] = (byKind[`${metric} ${shape}`] ?? 0) + 1;
    const night = incidentNight(job, seed);
    for (const [name, { change, names }] of Object.entries(incidents)) {
      if (thatMorning(withIncident(job, night, 1, change), night).some(names)) found[name]!++;
      else missed.push(`${name}: seed ${seed}, night ${night}`);
    }
  }
  const per90 = (count: number): number => Math.round(((count * 90) / nights) * 1000) / 1000;
  return {
    falsePer90: per90(perJob.reduce((sum, count) => sum + count, 0) / jobs),
    worstFalsePer90: per90(Math.max(...perJob)),
    jobsAboveOnePer90: perJob.filter((count) => per90(count) > 1).length,
    falseByKind: mapValues(byKind, (count) => per90(count / jobs)),
    found: mapValues(found, (count) => count / jobs),
    missed,
  };
}

export interface UnsteadyFigures {
  falsePer90: number;
  /** Share of the jobs in which a tripled duration was found on its day. */
  tripled: number;
}

/** Six months of jobs whose logs tell durations only, which vary by a fifth from night to night for no reason in the log. */
export function measureUnsteadyJobs(jobs: number): UnsteadyFigures {
  let falses = 0;
  let found = 0;
  for (let seed = 1; seed <= jobs; seed++) {
    const job = unsteadyJob(seed);
    falses += findAnomalies(job, options).length;
    const night = incidentNight(job, seed);
    const tripled = withIncident(job, night, 1, incidents['duration × 3']!.change);
    if (thatMorning(tripled, night).some(incidents['duration × 3']!.names)) found++;
  }
  return { falsePer90: Math.round(((falses * 90) / nights / jobs) * 1000) / 1000, tripled: found / jobs };
}

function unsteadyJob(seed: number): JobHistory {
  const random = seededRandom(seed * 31 + 7);
  const normal = seededNormal(random);
  const usualMs = Math.exp(8 + 6 * random());
  const runs = Array.from({ length: nights }, (_, night) =>
    newRun({
      job: 'unsteady',
      tool: 'simulated',
      outcome: 'success',
      startedAt: Date.UTC(2026, 0, 5 + night, 2),
      durationMs: Math.round(usualMs * Math.exp(0.2 * normal())),
      source: { path: 'unsteady.log', line: night + 1, endLine: night + 1 },
    }),
  );
  return { ...simulateJob({ seed, nights: 0 }), id: 'unsteady', runs };
}

function mapValues(counts: Record<string, number>, change: (count: number) => number): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).map(([key, count]) => [key, change(count)]));
}

function incidentNight(job: JobHistory, seed: number): number {
  const random = seededRandom(seed);
  for (;;) {
    const night = 30 + Math.floor(random() * (nights - 30));
    if (job.runs[night]?.outcome === 'success') return night;
  }
}

/** What is found about a night when the history ends with it: what the operator sees that morning. */
function thatMorning(job: JobHistory, night: number): Anomaly[] {
  const runs = job.runs.slice(0, night + 1);
  return findAnomalies({ ...job, runs }, options).filter(({ startedAt }) => startedAt === runs.at(-1)?.startedAt);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { jobs: { type: 'string', default: '200' } } });
  const { missed, ...figures } = measureQuietJobs(Number(values.jobs));
  console.log(figures);
  console.log('durations that vary by a fifth, nothing else known:', measureUnsteadyJobs(Number(values.jobs)));
  for (const miss of missed) console.log(`missed: ${miss}`);
}
