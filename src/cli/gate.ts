import type { JobReport } from '../backups/report.ts';
import { CommandError, exitCodes, usageError } from './commandError.ts';
import { readLanguage } from './language.ts';
import { analysisOptionSpecs, parseCommandLine, readAnalysisOptions } from './options.ts';
import { readReport } from './readReport.ts';
import { predictionJson } from '../exports/reportJson.ts';
import type { Terminal } from './terminal.ts';
import { findNamed } from '../wording/findNamed.ts';
import { formatMessage } from '../wording/format.ts';

/**
 * `gate`: should the next run of a job start now? Exit 0 to proceed, 10 to wait. A job that cannot be predicted
 * proceeds, and the decision says why: a gate that knows nothing must not stop backups.
 */
export async function gate(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseCommandLine(args, { ...analysisOptionSpecs, 'max-risk': { type: 'string' } });
  const [name, ...paths] = positionals;
  // Empty is what a script's unset variable gives; a part of every name, it would stand for whatever job is there.
  if (name === undefined || name.trim() === '') throw usageError('name the job');
  const { report, wording } = await readReport(
    paths,
    readAnalysisOptions(values, terminal),
    terminal,
    readLanguage(values, terminal),
  );
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
  const found = findNamed(
    name,
    jobs.map(({ id }) => id),
  );
  if (found.name !== null) return jobs.find(({ id }) => id === found.name)!;
  const candidates = found.candidates.map((id) => `'${id}'`).join(', ');
  throw new CommandError(
    found.ambiguous ? `'${name}' fits several jobs: ${candidates}` : `no job '${name}'; the logs hold ${candidates}`,
  );
}
