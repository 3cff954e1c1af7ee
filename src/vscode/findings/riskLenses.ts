import * as vscode from 'vscode';
import type { JobReport } from '../../backups/report.ts';
import { commands } from '../../contributions.ts';
import { logUri } from '../gzipLogs.ts';
import { jobText } from '../views/texts.ts';
import { wordingIn } from '../wording.ts';
import type { FindingParts } from './problems.ts';

/** A log of a whole fleet would get more of them than lines. */
const maxLenses = 50;

/** Shows the risk of a job's next run above its definition, and in the log above its last run; a click opens the report. */
export class RiskLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #parts: FindingParts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listeners: vscode.Disposable[];

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(parts: FindingParts) {
    this.#parts = parts;
    const changed = (): void => this.#changed.fire();
    this.#listeners = [parts.concerns.onDidChange(changed), parts.definitions.onDidChange(changed)];
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const { settings } = this.#parts;
    if (!settings.current.findings.codeLens) return [];
    const wording = wordingIn(settings.current.zone);
    const lens = (line: number, job: JobReport): vscode.CodeLens =>
      new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
        title: `$(shield) ${job.id}: ${jobText(job, wording)}`,
        tooltip: vscode.l10n.t('Open Report'),
        command: commands.showRiskReport,
        arguments: [job.id],
      });
    return jobsIn(document, this.#parts)
      .slice(0, maxLenses)
      .map(({ line, job }) => lens(line, job));
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#changed.dispose();
  }
}

/** Where a document defines jobs, and where it tells of their last runs; lines from 0. */
export function jobsIn(
  document: vscode.TextDocument,
  { definitions, monitor }: Pick<FindingParts, 'definitions' | 'monitor'>,
): { line: number; job: JobReport }[] {
  const uri = document.uri.toString();
  const defined = definitions
    .inDocument(document)
    .flatMap(({ definition, jobs }) => jobs.map((job) => ({ line: definition.line, job })));
  const logged = (monitor.report?.jobs ?? [])
    .filter(({ lastRun }) => logUri(lastRun.source.path).toString() === uri)
    .map((job) => ({ line: job.lastRun.source.line - 1, job }));
  return [...defined, ...logged].filter(({ line }) => line < document.lineCount);
}
