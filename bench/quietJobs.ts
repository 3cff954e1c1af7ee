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
import { seededRandom, simulateJob, withIncident } from './simulateJob.ts';

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
  for (const miss of missed) console.log(`missed: ${miss}`);
}
