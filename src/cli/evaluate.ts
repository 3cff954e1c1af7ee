import { writeFile } from 'node:fs/promises';
import type { Evaluation, Metrics } from '../backups/report.ts';
import { walkForwardOf } from '../backups/prediction/evaluate.ts';
import type { Analysis } from '../worker/analysis.ts';
import { formatMessage, type Wording } from '../wording/format.ts';
import { message, type MessageCode, type MessageValue } from '../wording/message.ts';
import { CommandError } from './commandError.ts';
import { describeFileError } from './describeFileError.ts';
import { readLanguage } from './language.ts';
import { analysisOptionSpecs, parseCommandLine, readAnalysisOptions } from './options.ts';
import { readReport } from './readReport.ts';
import { toIso } from '../exports/reportJson.ts';
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
  const { analysis, report, wording, exitCode } = await readReport(
    positionals,
    readAnalysisOptions(values, terminal),
    terminal,
    readLanguage(values, terminal),
  );
  const file = values['predictions'];
  if (typeof file === 'string') {
    const lines = predictionsInTimeOrder(analysis).map((line) => `${JSON.stringify(line)}\n`);
    await writeFile(file, lines.join('')).catch((error: unknown) => {
      throw new CommandError(`${file} could not be written: ${describeFileError(error)}`);
    });
  }
  for (const { id, runs, evaluation } of report.jobs) {
    if (values['json'] === true)
      terminal.print(
        JSON.stringify({ job: id, runs, ...notScored, ...evaluation, since: toIso(evaluation?.since ?? null) }),
      );
    else for (const line of scorecard(id, runs, evaluation, wording)) terminal.print(line);
  }
  return exitCode;
}

/** Of a job with too few runs. */
const notScored: Record<keyof Evaluation, null> = {
  since: null,
  model: null,
  baseRate: null,
  lastOutcome: null,
  reliability: null,
  betterThanBaseRate: null,
};

/** The predictions of all jobs; a run that tells no time stays behind the one before it in its job. */
function predictionsInTimeOrder(analysis: Analysis): object[] {
  const told = analysis.jobs().flatMap((job) => {
    const prepared = analysis.prepared(job.id);
    let knownAt = -Infinity;
    return (prepared ? walkForwardOf(prepared.forecaster) : []).map(({ startedAt, probability, failed }) => {
      knownAt = startedAt ?? knownAt;
      return { knownAt, line: { job: job.id, startedAt: toIso(startedAt), probability, failed } };
    });
  });
  // Two runs without any time before them have no difference.
  return told.sort((a, b) => (a.knownAt === b.knownAt ? 0 : a.knownAt - b.knownAt)).map(({ line }) => line);
}

function scorecard(job: string, runs: number, evaluation: Evaluation | null, wording: Wording): string[] {
  const say = (code: MessageCode, values: Record<string, MessageValue> = {}): string =>
    formatMessage(message(code, values), wording);
  const title = say('cli.evaluate.title', { job, runs });
  if (!evaluation) return [title, `  ${say('cli.evaluate.tooFew')}`, ''];
  const verdict = say(evaluation.betterThanBaseRate ? 'cli.evaluate.better' : 'cli.evaluate.notBetter');
  const columns = ['Brier', say('cli.evaluate.skill'), 'ROC AUC', 'PR AUC', 'ECE'];
  return [
    title,
    `  ${say('cli.evaluate.logLoss').padStart(24)}${columns.map((name) => name.padStart(9)).join('')}`,
    metricsRow(say('cli.evaluate.model'), evaluation.model),
    metricsRow(say('cli.evaluate.baseRate'), evaluation.baseRate),
    metricsRow(say('cli.evaluate.lastOutcome'), evaluation.lastOutcome),
    `  ${verdict}`,
    '',
  ];
}

function metricsRow(name: string, metrics: Metrics): string {
  const { logLoss, brier, brierSkill, rocAuc, prAuc, ece } = metrics;
  const cells = [logLoss, brier, brierSkill, rocAuc, prAuc, ece];
  const row = cells.map((value, i) => (value === null ? '–' : value.toFixed(4)).padStart(i === 0 ? 10 : 9));
  return `  ${name.padEnd(14)}${row.join('')}`;
}
