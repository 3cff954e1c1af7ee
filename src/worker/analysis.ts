/** The analysis behind everything: from paths to a risk report. No thread in it; the CLI runs it in its own process. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { assessJob, byRisk, knownStudy, type Assessment } from '../backups/assessJob.ts';
import { capacityOf } from '../backups/forecast/capacityOf.ts';
import { GrowingHistory } from '../backups/history/growingHistory.ts';
import type { JobHistory } from '../backups/history/job.ts';
import { localClock } from '../backups/history/localClock.ts';
import { jobSeries } from '../backups/jobSeries.ts';
import type { ParsedLog } from '../backups/logs/parseLog.ts';
import { JobForecaster } from '../backups/prediction/jobForecaster.ts';
import { JobLearner } from '../backups/prediction/learnJobs.ts';
import type { BackupPlan, HistoricalContext } from '../backups/prediction/plan.ts';
import { predictNextRun, prepareJob, type PreparedJob } from '../backups/prediction/predictNextRun.ts';
import type { JobSeries, Prediction, RiskReport, SourceReport } from '../backups/report.ts';
import { findLogs } from '../files/findLogs.ts';
import { LogFollower } from '../files/followLog.ts';
import { matchesGlob } from '../files/matchesGlob.ts';
import { LogFileError } from '../files/logFileError.ts';
import type { AnalysisOptions, AnalyzeProgress, AnalyzeRequest } from '../protocol/analysis.ts';
import type { StudyElsewhere } from './studyElsewhere.ts';
import { unreadSource } from './unreadSource.ts';

export interface AnalyzeHooks {
  /** Ends the analysis at the next file, piece of a file or job; it then rejects with the signal's reason. */
  signal?: AbortSignal;
  onProgress?: (progress: AnalyzeProgress) => void;
}

export interface Analysis {
  /** Reads what is new in the logs among the paths, and reports on every job in them. */
  analyze(request: AnalyzeRequest, hooks?: AnalyzeHooks): Promise<RiskReport>;
  /** The jobs of the last report, by id. */
  jobs(): readonly JobHistory[];
  /** What the last report's assessment of a job rests on; null for an unknown job, and one that cannot be predicted. */
  prepared(job: string): PreparedJob | null;
  /** A job's runs for the charts; no runs for an unknown job. */
  series(request: { job: string; maxPoints: number }): JobSeries;
  /** A prediction for a planned run: with the history of the job the plan names, else by rule from the context. */
  predict(request: { plan: BackupPlan; context: HistoricalContext | null; options: AnalysisOptions }): Prediction;
}

/**
 * An analysis that remembers: analyzing again reads only what was added to the logs, and assesses what changed.
 *
 * @param studyElsewhere takes over the part of a large analysis that can be done beside the learning
 */
export function createAnalysis(studyElsewhere?: StudyElsewhere): Analysis {
  let options: AnalysisOptions = { now: 0, zone: 'UTC', capacityBytes: null, maxRisk: 0.5 };
  let followers = new Map<string, LogFollower>();
  const history = new GrowingHistory();
  let learner = new JobLearner(options.zone);
  let jobs: readonly JobHistory[] = [];
  let assessments = new Map<string, Assessment>();

  return {
    async analyze(request, hooks = {}) {
      const { signal } = hooks;
      // Times without a zone, or the lines of a format, mean something else now: everything is read again.
      if (request.options.zone !== options.zone || !isSame(request.options.mappings, options.mappings)) {
        followers = new Map();
        learner = new JobLearner(request.options.zone);
      }
      ({ options } = request);
      const found = await findLogs(request.paths, signal);
      followers = new Map(found.paths.map((path) => [path, followers.get(path) ?? newFollower(path, options)]));
      const { logs, sources } = await readAll(followers.values(), hooks);
      sources.push(...found.errors.map(unreadSource));
      const given = new Set(request.paths);
      const histories = history.tell(logs, options.now);
      const isUnknown = (job: JobHistory): boolean => knownStudy(job, options, assessments.get(job.id)) === null;
      const studying = studyElsewhere?.(histories.filter(isUnknown), options, signal);
      const forecasters = learner.learn(histories);
      const studies = await studying;
      const assessed = new Map<string, Assessment>();
      for (const job of histories) {
        // Lets a cancel come through between two jobs.
        await nextTurn();
        signal?.throwIfAborted();
        const { id } = job;
        const capacityBytes = capacityOf(job, options.capacities ?? [], options.capacityBytes);
        const ofJob = { ...options, capacityBytes };
        assessed.set(id, assessJob(job, forecasters.get(id), ofJob, assessments.get(id), studies?.get(id)));
      }
      jobs = histories;
      assessments = assessed;
      return {
        schema: 1,
        generatedAt: options.now,
        // A folder holds files that are no logs; only of a file that was named is that worth a word.
        sources: sources.filter(({ path, runs, error }) => runs > 0 || error !== null || given.has(path)),
        jobs: Array.from(assessments.values(), ({ report }) => report).sort(byRisk),
      };
    },
    jobs: () => jobs,
    prepared: (job) => assessments.get(job)?.prepared ?? null,
    series({ job, maxPoints }) {
      const known = jobs.find(({ id }) => id === job);
      return jobSeries(known ?? { ...noHistory, id: job }, { maxPoints, now: options.now, zone: options.zone });
    },
    predict({ plan, context, options: { now, zone, maxRisk } }) {
      const job = assessments.get(plan.backupId)?.prepared ?? unknownJob(plan.backupId, zone);
      return predictNextRun(job, { now, maxRisk, plan, ...(context && { context }) });
    },
  };
}

const noHistory: Omit<JobHistory, 'id'> = {
  tool: 'unknown',
  host: null,
  repository: null,
  runs: [],
  completeness: 'complete',
  cadence: null,
};

function unknownJob(id: string, zone: string): PreparedJob {
  return prepareJob(new JobForecaster(id, localClock(zone)), null);
}

async function readAll(
  followers: Iterable<LogFollower>,
  { signal, onProgress }: AnalyzeHooks,
): Promise<{ logs: ParsedLog[]; sources: SourceReport[] }> {
  const logs: ParsedLog[] = [];
  const sources: SourceReport[] = [];
  for (const follower of followers) {
    signal?.throwIfAborted();
    const { path } = follower;
    try {
      const log = await follower.read({
        ...(signal && { signal }),
        onProgress: (bytesRead, bytesTotal) => onProgress?.({ path, bytesRead, bytesTotal }),
      });
      logs.push(log);
      sources.push(readSource(log));
    } catch (error) {
      if (!(error instanceof LogFileError)) throw error;
      sources.push(unreadSource(error));
    }
  }
  return { logs, sources };
}

function readSource({ runs, completeness, ...told }: ParsedLog): SourceReport {
  const { path, format, leftOutRuns, skippedLines, firstSkippedLine } = told;
  return {
    path,
    format,
    runs: runs.length,
    leftOutRuns,
    skippedLines,
    firstSkippedLine,
    outcomes: completeness,
    error: null,
  };
}

function newFollower(path: string, { zone, mappings = [] }: AnalysisOptions): LogFollower {
  return new LogFollower(path, zone, mappings.find(({ glob }) => matchesGlob(path, glob)) ?? null);
}

function isSame(a: AnalysisOptions['mappings'], b: AnalysisOptions['mappings']): boolean {
  return JSON.stringify(a ?? []) === JSON.stringify(b ?? []);
}
