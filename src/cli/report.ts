import { realpath, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { renderReport } from '../exports/renderReport.ts';
import { writeAtomically } from '../files/writeAtomically.ts';
import type { ReportFormat } from '../protocol/reportFile.ts';
import { builtFolder } from './builtFolder.ts';
import { CommandError, usageError } from './commandError.ts';
import { describeFileError } from './describeFileError.ts';
import { readLanguage } from './language.ts';
import { analysisOptionSpecs, parseCommandLine, readAnalysisOptions } from './options.ts';
import { readReport } from './readReport.ts';
import type { Terminal } from './terminal.ts';

const formats: Record<string, ReportFormat> = { html: 'html', json: 'json', md: 'markdown' };

/** `report`: the report as one HTML, JSON or Markdown text, to a file or to standard output. */
export async function report(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseCommandLine(args, {
    ...analysisOptionSpecs,
    format: { type: 'string' },
    output: { type: 'string' },
    'max-risk': { type: 'string' },
  });
  const output = typeof values['output'] === 'string' ? values['output'] : null;
  const named = typeof values['format'] === 'string' ? values['format'] : extensionOf(output);
  const format = Object.hasOwn(formats, named) ? formats[named] : undefined;
  if (!format) throw usageError(`--format: '${named}' is none of ${Object.keys(formats).join(', ')}`);
  const options = readAnalysisOptions(values, terminal);
  const language = readLanguage(values, terminal);
  const { analysis, report: made, wording, exitCode } = await readReport(positionals, options, terminal, language);
  const { maxRisk } = options;
  const { version } = packageJson;
  const text = await renderReport(made, analysis, {
    format,
    wording,
    maxRisk,
    version,
    pageFolder: pageFolder(format),
  });
  if (output === null) {
    terminal.print(text.trimEnd());
    return exitCode;
  }
  await writeReport(output, text).catch((error: unknown) => {
    throw new CommandError(`${output} could not be written: ${describeFileError(error)}`);
  });
  return exitCode;
}

/** A link stays a link, and a device such as /dev/null a device: only a plain file is replaced by another. */
async function writeReport(output: string, text: string): Promise<void> {
  const there = await stat(output).catch(() => null);
  if (there !== null && !there.isFile()) await writeFile(output, text);
  else await writeAtomically(there === null ? output : await realpath(output), text, { mode: 0o644 });
}

function extensionOf(output: string | null): string {
  return output === null ? 'html' : path.extname(output).slice(1).toLowerCase();
}

/** Only HTML needs the built page. */
function pageFolder(format: ReportFormat): string {
  const folder = builtFolder('report.js');
  if (folder === undefined && format === 'html')
    throw new CommandError('the report page has not been built; run npm run build');
  return folder ?? '';
}
