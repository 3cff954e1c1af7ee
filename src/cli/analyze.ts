import { readLanguage } from './language.ts';
import { analysisOptionSpecs, parseCommandLine, readAnalysisOptions } from './options.ts';
import { readReport } from './readReport.ts';
import { reportJson } from '../exports/reportJson.ts';
import { reportText } from './reportText.ts';
import type { Terminal } from './terminal.ts';

/** `analyze`: the risk report as a table, or with `--json` as the documented object. */
export async function analyze(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseCommandLine(args, {
    ...analysisOptionSpecs,
    json: { type: 'boolean' },
    'max-risk': { type: 'string' },
  });
  const options = readAnalysisOptions(values, terminal);
  const { report, wording, exitCode } = await readReport(
    positionals,
    options,
    terminal,
    readLanguage(values, terminal),
  );
  if (values['json'] === true) terminal.print(JSON.stringify(reportJson(report, wording), null, 2));
  else for (const line of reportText(report, wording, options.maxRisk, terminal.colors)) terminal.print(line);
  return exitCode;
}
