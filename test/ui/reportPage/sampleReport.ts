/** A report as a busy small company would have it: made of seeded runs by the real analysis, so that every figure fits every other. */
import { assessJob, byRisk } from '../../../src/backups/assessJob.ts';
import { learnCadence } from '../../../src/backups/history/cadence.ts';
import type { JobHistory } from '../../../src/backups/history/job.ts';
import { jobSeries } from '../../../src/backups/jobSeries.ts';
import type { BackupPlan } from '../../../src/backups/prediction/plan.ts';
import { predictNextRun } from '../../../src/backups/prediction/predictNextRun.ts';
import { learnJobs } from '../../../src/backups/prediction/learnJobs.ts';
import type { JobSeries, Prediction, RiskReport, SourceReport } from '../../../src/backups/report.ts';
import { newRun, type BackupRun, type FailureClass } from '../../../src/backups/run.ts';
import { LogFileError } from '../../../src/files/logFileError.ts';
import type { WhatIf } from '../../../src/protocol/reportPage.ts';
import { message } from '../../../src/wording/message.ts';
import { unreadSource } from '../../../src/worker/unreadSource.ts';

export interface SampleReport {
  report: RiskReport;
  seriesOf: (job: string) => JobSeries;
  whatIf: (question: WhatIf) => Prediction;
}

const gib = 1024 ** 3;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const options = { now: Date.UTC(2026, 10, 24, 6), zone: 'Europe/Madrid', capacityBytes: 900 * gib, maxRisk: 0.5 };

/** What makes one job differ from another. */
interface Plan {
  id: string;
  tool: string;
  repository?: string;
  runs: number;
  everyMs?: number;
  sizeBytes: number;
  growth?: number;
  durationMs: number;
  /** Chance of failure by itself. */
  failureRate?: number;
  /** Chance of failure after a failure. */
  again?: number;
  /** Last runs that all failed. */
  failingSince?: number;
  failures?: [FailureClass, string][];
  partialRate?: number;
  /** Runs before the end at which the size jumps for good. */
  jumpAt?: number;
  /** How long ago the last run was. */
  lastMs?: number;
  catalog?: boolean;
}

const lock: [FailureClass, string] = [
  'lock',
  'unable to create lock in backend: repository is already locked by PID 4711 on web1 by root',
];
const network: [FailureClass, string] = ['network', 'Connection closed by remote host. Is borg working on the server?'];
const space: [FailureClass, string] = [
  'space',
  'Fatal: unable to save snapshot: write /srv/restic/data: no space left on device',
];
const auth: [FailureClass, string] = ['auth', 'Fatal: wrong password or no key found'];

const plans: Plan[] = [
  {
    id: 'restic web1 /srv/www',
    tool: 'restic',
    repository: 'sftp:backup@nas:/srv/restic',
    runs: 410,
    sizeBytes: 412 * gib,
    growth: 0.25,
    durationMs: 52 * 60_000,
    failureRate: 0.03,
    again: 0.65,
    failingSince: 3,
    failures: [lock, lock, network],
  },
  {
    id: 'borg db1 postgres',
    tool: 'borg',
    repository: 'ssh://borg@nas/./db1',
    runs: 320,
    sizeBytes: 96 * gib,
    growth: 0.4,
    durationMs: 24 * 60_000,
    failureRate: 0.09,
    again: 0.5,
    failures: [network, network, space],
    partialRate: 0.05,
    jumpAt: 55,
  },
  {
    id: 'restic laptop-ana /home',
    tool: 'restic',
    runs: 900,
    everyMs: 8 * hourMs,
    sizeBytes: 88 * gib,
    growth: 0.1,
    durationMs: 6 * 60_000,
    failureRate: 0.02,
    failures: [network],
  },
  {
    id: 'restic web1 /etc',
    tool: 'restic',
    runs: 260,
    sizeBytes: 0.21 * gib,
    durationMs: 11_000,
    failureRate: 0.01,
    failures: [lock],
    lastMs: 3.2 * dayMs,
  },
  {
    id: 'accounting-export',
    tool: 'generic',
    runs: 34,
    everyMs: 7 * dayMs,
    sizeBytes: 2.4 * gib,
    growth: 0.2,
    durationMs: 190_000,
    failureRate: 0.12,
    failures: [space],
    lastMs: 2 * dayMs,
  },
  {
    id: 'restic mail1 /var/vmail',
    tool: 'restic',
    repository: 's3:eu-west/mail',
    runs: 500,
    sizeBytes: 430 * gib,
    growth: 0.28,
    durationMs: 95 * 60_000,
    failureRate: 0.04,
    failures: [network, lock],
  },
  {
    id: 'borg photos',
    tool: 'borg',
    repository: '/mnt/usb/photos.borg',
    runs: 60,
    everyMs: 3.5 * dayMs,
    sizeBytes: 310 * gib,
    growth: 0.1,
    durationMs: 40 * 60_000,
    catalog: true,
  },
  {
    id: 'restic kiosk7 /opt',
    tool: 'restic',
    runs: 5,
    sizeBytes: 8 * gib,
    durationMs: 120_000,
    failingSince: 5,
    failures: [auth],
  },
  {
    id: 'restic build2 /var/lib/ci',
    tool: 'restic',
    runs: 180,
    sizeBytes: 55 * gib,
    durationMs: 17 * 60_000,
    failureRate: 0.02,
    partialRate: 0.2,
    failures: [lock],
  },
  { id: 'restic ldap1 /var/lib/ldap', tool: 'restic', runs: 210, sizeBytes: 1.3 * gib, durationMs: 38_000 },
];

export function makeSampleReport(seed: number): SampleReport {
  const random = makeRandom(seed);
  const histories = plans.map((plan) => makeHistory(plan, random));
  const forecasters = learnJobs(histories, options);
  const assessed = histories.map((history) => assessJob(history, forecasters.get(history.id), options));
  const jobs = assessed.map(({ report }) => report).sort(byRisk);
  const sources = histories.map(sourceOf);
  sources[1] = { ...sources[1]!, skippedLines: 4, firstSkippedLine: 1203 };
  sources.push(unreadSource(new LogFileError('/var/log/backup/notes.txt', message('source.noRuns'))));
  return {
    report: { schema: 1, generatedAt: options.now, sources, jobs },
    seriesOf: (id) =>
      jobSeries(
        histories.find((history) => history.id === id)!,
        { ...options, maxPoints: 100_000 },
      ),
    whatIf: ({ job, startsAt, sizeBytes, durationMs }) => {
      const plan: BackupPlan = { backupId: job };
      if (startsAt !== null) plan.startsAt = startsAt;
      if (sizeBytes !== null) plan.estimatedSizeBytes = sizeBytes;
      if (durationMs !== null) plan.estimatedDurationSeconds = durationMs / 1000;
      const { prepared } = assessed.find(({ report }) => report.id === job)!;
      return predictNextRun(prepared!, { ...options, plan });
    },
  };
}

/** One job with very many runs, for what must stay fast and small. */
export function makeLongSeries(runs: number, seed: number): JobSeries {
  const random = makeRandom(seed);
  const plan = {
    id: 'long',
    tool: 'restic',
    runs,
    everyMs: 5 * 60_000,
    sizeBytes: 10 * gib,
    durationMs: 60_000,
    failureRate: 0.01,
    failures: [network],
  };
  const { runs: made } = makeHistory(plan, random);
  return {
    job: 'long',
    startedAt: made.map((run) => run.startedAt),
    outcome: made.map((run) => run.outcome),
    durationMs: made.map((run) => run.durationMs),
    sizeBytes: made.map((run) => run.sizeBytes),
    addedBytes: made.map((run) => run.addedBytes),
    repositoryBytes: made.map((run) => run.repositoryBytes),
    line: made.map((run) => run.source.line),
    path: made.map(() => 0),
    paths: ['/var/log/backup/long.log'],
    expected: {},
    leftOut: 0,
  };
}

function makeHistory(plan: Plan, random: () => number): JobHistory {
  const { id, tool, everyMs = dayMs, repository = null, growth = 0, lastMs = 4 * hourMs, catalog = false } = plan;
  const path = `/var/log/backup/${id.replace(/[^\w]+/g, '-')}.log`;
  const runs: BackupRun[] = [];
  let repositoryBytes = plan.sizeBytes * 0.6;
  for (let i = 0; i < plan.runs; i++) {
    const left = plan.runs - 1 - i;
    const startedAt = Math.round(options.now - lastMs - left * everyMs + (random() - 0.5) * 6 * 60_000);
    // Trouble lasts: what failed tends to fail again, until somebody sees to it.
    const again = runs.at(-1)?.outcome === 'failure' ? (plan.again ?? 0.3) : (plan.failureRate ?? 0);
    const failed = left < (plan.failingSince ?? 0) || (left > 8 && random() < again);
    const partial = !failed && random() < (plan.partialRate ?? 0);
    const line = 1 + i * 14;
    const source = { path, line, endLine: line + 13 };
    const base = { job: id, tool, repository, startedAt, source, onlyInCatalog: catalog };
    const [failureClass, error] = plan.failures?.[Math.floor(random() * plan.failures.length)] ?? [null, null];
    if (failed) {
      runs.push(
        newRun({ ...base, outcome: 'failure', durationMs: Math.round(4000 + random() * 60_000), error, failureClass }),
      );
      continue;
    }
    const jump = plan.jumpAt !== undefined && left < plan.jumpAt ? 1.45 : 1;
    const weekday = new Date(startedAt).getUTCDay();
    const level = plan.sizeBytes * jump * (1 + (growth * i) / plan.runs) * (1 + (random() - 0.5) * 0.01);
    const addedBytes = Math.round(
      level * (0.004 + random() * 0.004) * (weekday === 0 ? 0.4 : 1) * (random() < 0.008 ? 9 : 1),
    );
    repositoryBytes += addedBytes * 0.8;
    if (weekday === 6) repositoryBytes -= level * 0.018;
    const slow = random() < 0.006 ? 3.5 : 1;
    const durationMs = Math.round(plan.durationMs * jump * slow * (0.9 + random() * 0.25) * (weekday === 0 ? 1.15 : 1));
    runs.push(
      newRun({
        ...base,
        outcome: partial ? 'partial' : 'success',
        durationMs,
        sizeBytes: Math.round(level),
        addedBytes,
        repositoryBytes: Math.round(repositoryBytes),
        error: partial ? 'Warning: at least one source file could not be read' : null,
      }),
    );
  }
  const cadence = learnCadence(
    runs.map((run) => run.startedAt!),
    options.now,
  );
  return {
    id,
    tool,
    host: id.split(' ')[1] ?? null,
    repository,
    runs,
    completeness: catalog ? 'successes-only' : 'complete',
    cadence,
  };
}

function sourceOf({ tool, runs, completeness }: JobHistory): SourceReport {
  const { path } = runs[0]!.source;
  return {
    path,
    format: tool,
    runs: runs.length,
    leftOutRuns: 0,
    skippedLines: 0,
    firstSkippedLine: null,
    outcomes: completeness,
    error: null,
  };
}

/** mulberry32: small, and the same everywhere. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
