/** Has the runs of many jobs studied in a second thread, while this one learns to predict. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { MeasuredJob } from '../backups/history/job.ts';
import { buffersOf, toColumns } from '../backups/runColumns.ts';
import type { RunStudy, StudyOptions } from '../backups/studyRuns.ts';
import { connect } from '../protocol/rpc.ts';
import type { StudyMethods } from '../protocol/study.ts';

/**
 * Studies jobs, by id. A job that is missing from the result is left to whoever asked: all of them where a thread is not
 * worth it or not to be had, and on a machine with a single core. Never rejects.
 *
 * All jobs are on their way when the call returns, so that the caller may then be busy without a break.
 */
export type StudyElsewhere = (
  jobs: readonly MeasuredJob[],
  options: StudyOptions,
  signal?: AbortSignal,
) => Promise<ReadonlyMap<string, RunStudy>>;

/** With fewer runs, starting a thread takes as long as studying them here. */
const worthAThread = 100_000;
/** Nothing but the job in hand is young there: with more room, garbage would only lie about for longer. */
const resourceLimits = { maxYoungGenerationSizeMb: 6 };

/** @param script the built study thread, absolute */
export function studyInThread(
  script: string,
  { fewestRuns = worthAThread, cores = availableParallelism() } = {},
): StudyElsewhere {
  return async (jobs, { now, zone, expected }, signal) => {
    const studies = new Map<string, RunStudy>();
    const runs = jobs.reduce((sum, job) => sum + job.runs.length, 0);
    if (runs < fewestRuns || cores < 2) return studies;
    const options: StudyOptions = { now, zone, ...(expected && { expected }) };
    try {
      const worker = new Worker(script, { resourceLimits });
      const { call, close } = connect<StudyMethods>(
        {
          post: (message, transfer = []) => worker.postMessage(message, transfer),
          onMessage: (listener) => worker.on('message', listener),
          onClose: (listener) => worker.once('error', listener).once('exit', listener),
        },
        {},
      );
      const study = async (job: MeasuredJob): Promise<void> => {
        const columns = toColumns(job);
        const handing = { transfer: buffersOf(columns), ...(signal && { signal }) };
        studies.set(job.id, await call('study', { columns, options }, handing));
      };
      await Promise.allSettled(jobs.map(study));
      close();
      await worker.terminate();
    } catch {
      // A thread that is not to be had costs time, not the report.
    }
    return studies;
  };
}
