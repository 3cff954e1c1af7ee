/** Analyses the paths a command was given, and tells on standard error what could not be read. */
import path from 'node:path';
import { createAnalysis, type Analysis } from '../worker/analysis.ts';
import type { AnalysisOptions } from '../protocol/analysis.ts';
import type { RiskReport } from '../backups/report.ts';
import { formatMessage, type Wording } from '../wording/format.ts';
import { message } from '../wording/message.ts';
import { templatesFor } from '../wording/templatesFor.ts';
import { studyInThread } from '../worker/studyElsewhere.ts';
import { builtFolder } from './builtFolder.ts';
import { CommandError, exitCodes, usageError } from './commandError.ts';
import type { Terminal } from './terminal.ts';

const studyScript = 'study.cjs';

export interface ReadResult {
  analysis: Analysis;
  report: RiskReport;
  wording: Wording;
  /** `ok`, or `error` when some path could not be read and the rest was analyzed. */
  exitCode: number;
}

/**
 * Reads and analyses. Unreadable paths and damaged lines are named on standard error, and the rest is analyzed.
 * @throws CommandError when no path is given, or none holds a run.
 */
export async function readReport(
  paths: string[],
  options: AnalysisOptions,
  terminal: Terminal,
  language: string,
): Promise<ReadResult> {
  if (paths.length === 0) throw usageError('name at least one log file or folder');
  const wording: Wording = { language, zone: options.zone, templates: templatesFor(language) };
  const folder = builtFolder(studyScript);
  const analysis = createAnalysis(folder === undefined ? undefined : studyInThread(path.join(folder, studyScript)));
  const report = await analysis.analyze({ paths, options });
  let exitCode: number = exitCodes.ok;
  for (const source of report.sources) {
    if (source.error) {
      terminal.warn(`backup-foresight: ${source.path}: ${formatMessage(source.error, wording)}`);
      exitCode = exitCodes.error;
    } else if (source.firstSkippedLine !== null) {
      const skipped =
        source.skippedLines === 1
          ? message('cli.skippedLine')
          : message('cli.skippedLines', { lines: source.skippedLines });
      terminal.warn(`backup-foresight: ${source.path}:${source.firstSkippedLine}: ${formatMessage(skipped, wording)}`);
    }
  }
  for (const { path: file, leftOutRuns } of report.sources) {
    const leftOut = message('cli.leftOutRuns', { runs: leftOutRuns });
    if (leftOutRuns > 0) terminal.warn(`backup-foresight: ${file}: ${formatMessage(leftOut, wording)}`);
  }
  if (report.jobs.length === 0) {
    if (exitCode !== exitCodes.ok) throw new CommandError('nothing could be read');
    throw new CommandError(`no backup run was found in ${paths.join(', ')}`);
  }
  return { analysis, report, wording, exitCode };
}
