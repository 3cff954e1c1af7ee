import type { JobReport } from '../backups/report.ts';
import { CommandError, exitCodes, usageError } from './commandError.ts';
import { analysisOptionSpecs, parseCommandLine, readAnalysisOptions } from './options.ts';
import { readReport } from './readReport.ts';
import { predictionJson } from './reportJson.ts';
import type { Terminal } from './terminal.ts';
import { formatMessage } from '../wording/format.ts';

/**
 * `gate`: should the next run of a job start now? Exit 0 to proceed, 10 to wait. A job that cannot be predicted
 * proceeds, and the decision says why: a gate that knows nothing must not stop backups.
 */
export async function gate(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseCommandLine(args, { ...analysisOptionSpecs, 'max-risk': { type: 'string' } });
  const [name, ...paths] = positionals;
  if (name === undefined) throw usageError('name the job');
  const { report, wording } = await readReport(paths, readAnalysisOptions(values, terminal), terminal);
  const job = findJob(name, report.jobs);
  const { prediction } = job;
  if (!prediction) {
    const reason = job.notPredictable ? formatMessage(job.notPredictable, wording) : '';
    terminal.print(
      JSON.stringify({ job: job.id, decision: { action: 'proceed', confidence: 'low', reason }, prediction: null }),
    );
    return exitCodes.ok;
  }
  const { decision, ...rest } = predictionJson(prediction, wording) as { decision: unknown };
  terminal.print(JSON.stringify({ job: job.id, decision, prediction: rest }));
  return prediction.decision.action === 'proceed' ? exitCodes.ok : exitCodes.wait;
}

/** The job of that id, or the only one whose id contains the name. */
function findJob(name: string, jobs: readonly JobReport[]): JobReport {
  const exact = jobs.find((job) => job.id === name);
  if (exact) return exact;
  const close = jobs.filter((job) => job.id.toLowerCase().includes(name.toLowerCase()));
  if (close.length === 1) return close[0]!;
  const candidates = (close.length > 0 ? close : jobs).map((job) => `'${job.id}'`).join(', ');
  throw new CommandError(
    close.length > 0 ? `'${name}' fits several jobs: ${candidates}` : `no job '${name}'; the logs hold ${candidates}`,
  );
}
