import { readLanguage } from './language.ts';
import { analysisOptionSpecs, parseCommandLine, readAnalysisOptions } from './options.ts';
import { readReport } from './readReport.ts';
import { runJson } from '../exports/reportJson.ts';
import type { Terminal } from './terminal.ts';

/** `runs`: every run, joined over all sources, job by job in time order, one JSON object a line. */
export async function runs(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseCommandLine(args, analysisOptionSpecs);
  const { analysis, exitCode } = await readReport(
    positionals,
    readAnalysisOptions(values, terminal),
    terminal,
    readLanguage(values, terminal),
  );
  for (const job of analysis.jobs()) for (const run of job.runs) terminal.print(JSON.stringify(runJson(run)));
  return exitCode;
}
