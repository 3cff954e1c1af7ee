/** The report as its table of all jobs shows it: some hundred bytes a job, where the job in depth has some ten thousand. */
import type {
  Anomaly,
  Cadence,
  JobReport,
  Prediction,
  RiskReport,
  Severity,
  SourceReport,
  StorageForecast,
} from '../backups/report.ts';
import type { Outcome } from '../backups/run.ts';

export interface ReportOverview {
  /** The moment the report speaks of, UTC epoch milliseconds. */
  generatedAt: number;
  sources: SourceReport[];
  /** Highest risk first. */
  jobs: JobOverview[];
}

export interface JobOverview {
  id: string;
  prediction: Pick<Prediction, 'failureProbability' | 'interval' | 'decision'> | null;
  /** What was predicted before each of the newest runs, oldest first. */
  recentRisks: number[];
  /** How the newest runs ended, newest first. */
  recentOutcomes: Outcome[];
  lastRun: { startedAt: number | null; outcome: Outcome };
  cadence: Cadence | null;
  /** Findings of the last 30 days, and the worst of them; null when there are none. */
  findings: { count: number; worst: Severity } | null;
  daysToFull: StorageForecast['daysToFull'];
}

const recentMs = 30 * 86_400_000;
const bySeverity: readonly Severity[] = ['critical', 'warning', 'info'];

/** @example reportOverview({ schema: 1, generatedAt: 0, sources: [], jobs: [] }) //=> { generatedAt: 0, sources: [], jobs: [] } */
export function reportOverview({ generatedAt, sources, jobs }: RiskReport): ReportOverview {
  return { generatedAt, sources, jobs: jobs.map((job) => jobOverview(job, generatedAt)) };
}

function jobOverview(job: JobReport, now: number): JobOverview {
  const { id, prediction, recentRisks, recentRuns, lastRun, cadence, anomalies, forecast } = job;
  return {
    id,
    prediction: prediction && {
      failureProbability: prediction.failureProbability,
      interval: prediction.interval,
      decision: prediction.decision,
    },
    recentRisks,
    recentOutcomes: recentRuns.map(({ outcome }) => outcome),
    lastRun: { startedAt: lastRun.startedAt, outcome: lastRun.outcome },
    cadence,
    findings: recentFindings(anomalies, now),
    daysToFull: forecast?.daysToFull ?? null,
  };
}

function recentFindings(anomalies: readonly Anomaly[], now: number): JobOverview['findings'] {
  const found = anomalies.filter(
    ({ isAnomaly, startedAt }) => isAnomaly && startedAt !== null && now - startedAt <= recentMs,
  );
  const worst = bySeverity.find((severity) => found.some((finding) => finding.severity === severity));
  return worst === undefined ? null : { count: found.length, worst };
}
