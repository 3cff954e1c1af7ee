import { writeFile } from 'node:fs/promises';
import type { Evaluation, Metrics } from '../backups/report.ts';
import { walkForwardOf } from '../backups/prediction/evaluate.ts';
import { formatNumber } from '../wording/format.ts';
import { CommandError } from './commandError.ts';
import { analysisOptionSpecs, parseCommandLine, readAnalysisOptions } from './options.ts';
import { readReport } from './readReport.ts';
import { toIso } from './reportJson.ts';
import type { Terminal } from './terminal.ts';

/**
 * `evaluate`: how good each job's predictions were, every run predicted from earlier runs only, beside the base rate
 * and the last outcome.
 */
export async function evaluate(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseCommandLine(args, {
    ...analysisOptionSpecs,
    json: { type: 'boolean' },
    predictions: { type: 'string' },
  });
  const { analysis, report, exitCode } = await readReport(positionals, readAnalysisOptions(values, terminal), terminal);
  if (typeof values['predictions'] === 'string') {
    const lines = analysis.jobs().flatMap((job) => {
      const prepared = analysis.prepared(job.id);
      return prepared ? walkForwardOf(prepared.forecaster).map((run) => predictionLine(job.id, run)) : [];
    });
    await writeFile(values['predictions'], lines.join('')).catch((error: unknown) => {
      throw new CommandError(`--predictions: ${error instanceof Error ? error.message : String(error)}`);
    });
  }
  for (const { id, runs, evaluation } of report.jobs) {
    if (values['json'] === true)
      terminal.print(JSON.stringify({ job: id, runs, ...evaluation, since: toIso(evaluation?.since ?? null) }));
    else for (const line of scorecard(id, runs, evaluation)) terminal.print(line);
  }
  return exitCode;
}

function predictionLine(job: string, run: ReturnType<typeof walkForwardOf>[number]): string {
  const { startedAt, probability, failed } = run;
  return `${JSON.stringify({ job, startedAt: toIso(startedAt), probability, failed })}\n`;
}

function scorecard(job: string, runs: number, evaluation: Evaluation | null): string[] {
  const title = `${job}  (${formatNumber(runs, 'en')} runs)`;
  if (!evaluation) return [title, '  too few runs that ended in success or failure to score', ''];
  const verdict = evaluation.betterThanBaseRate
    ? 'The model does better than the base rate.'
    : 'The model does not do better than the base rate here: the base rate is used.';
  return [
    title,
    `  ${'log loss'.padStart(22)}${'Brier'.padStart(9)}${'skill'.padStart(9)}${'ROC AUC'.padStart(9)}${'PR AUC'.padStart(9)}${'ECE'.padStart(9)}`,
    metricsRow('model', evaluation.model),
    metricsRow('base rate', evaluation.baseRate),
    metricsRow('last outcome', evaluation.lastOutcome),
    `  ${verdict}`,
    '',
  ];
}

function metricsRow(name: string, metrics: Metrics): string {
  const { logLoss, brier, brierSkill, rocAuc, prAuc, ece } = metrics;
  const cells = [logLoss, brier, brierSkill, rocAuc, prAuc, ece];
  const row = cells.map((value, i) => (value === null ? '–' : value.toFixed(4)).padStart(i === 0 ? 10 : 9));
  return `  ${name.padEnd(12)}${row.join('')}`;
}
