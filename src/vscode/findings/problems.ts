import * as vscode from 'vscode';
import type { Severity } from '../../backups/report.ts';
import type { RunSource } from '../../backups/run.ts';
import { message, type Message } from '../../wording/message.ts';
import type { RiskMonitor } from '../analysis/riskMonitor.ts';
import { logUri } from '../gzipLogs.ts';
import type { LiveSettings } from '../settings.ts';
import { sayIn } from '../wording.ts';
import type { Concerns } from './concerns.ts';
import type { DefinitionIndex } from './definitionIndex.ts';
import type { Concern } from './findConcerns.ts';

/** What the parts that point at findings need of each other. */
export interface FindingParts {
  monitor: RiskMonitor;
  settings: LiveSettings;
  concerns: Concerns;
  definitions: DefinitionIndex;
}

/** A problem, and the concern behind it; null for a line that could not be read. */
interface Problem {
  uri: vscode.Uri;
  diagnostic: vscode.Diagnostic;
  concern: Concern | null;
}

const severities: Record<Severity, vscode.DiagnosticSeverity> = {
  critical: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

/** The list of problems is for reading; what is older than these is in the report. */
const maxPerFile = 100;

/** Shows concerns as problems: on the lines of logs that show them, and where the job is defined. */
export class Problems implements vscode.Disposable {
  readonly #parts: FindingParts;
  readonly #collection = vscode.languages.createDiagnosticCollection('backupForesight');
  readonly #listeners: vscode.Disposable[];
  #problems: Problem[] = [];

  constructor(parts: FindingParts) {
    this.#parts = parts;
    const update = (): void => this.#update();
    this.#listeners = [parts.concerns.onDidChange(update), parts.definitions.onDidChange(update)];
  }

  /** The concerns whose problems touch a range of a document. */
  at(uri: vscode.Uri, range: vscode.Range): { diagnostic: vscode.Diagnostic; concern: Concern }[] {
    return this.#problems.flatMap(({ uri: own, diagnostic, concern }) =>
      concern !== null && own.toString() === uri.toString() && diagnostic.range.intersection(range)
        ? [{ diagnostic, concern }]
        : [],
    );
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#collection.dispose();
  }

  #update(): void {
    const { settings } = this.#parts;
    const say = sayIn(settings.current.zone);
    this.#problems = settings.current.findings.problems
      ? [...this.#inLogs(say), ...this.#skippedLines(say), ...this.#inDefinitions(say)]
      : [];
    const byFile = new Map<string, Problem[]>();
    for (const problem of this.#problems) {
      const file = problem.uri.toString();
      byFile.set(file, [...(byFile.get(file) ?? []), problem]);
    }
    this.#collection.clear();
    this.#collection.set(
      [...byFile.values()].map((problems) => [
        problems[0]!.uri,
        problems.slice(0, maxPerFile).map(({ diagnostic }) => diagnostic),
      ]),
    );
  }

  #inLogs(say: (told: Message) => string): Problem[] {
    return this.#parts.concerns.open
      .filter(({ kind }) => kind === 'anomaly' || kind === 'failure')
      .map((concern) => {
        const diagnostic = newDiagnostic(concern.source.line - 1, textOf(concern, say), severities[concern.severity]);
        diagnostic.code = concern.kind;
        // A failure before the last is worth a mark at its line, and no entry in a list of what is to be done.
        if (concern.kind === 'failure' && concern.severity === 'info')
          diagnostic.severity = vscode.DiagnosticSeverity.Hint;
        return { uri: logUri(concern.source.path), diagnostic, concern };
      });
  }

  #skippedLines(say: (told: Message) => string): Problem[] {
    const sources = this.#parts.monitor.report?.sources ?? [];
    return sources
      .filter(({ skippedLines, runs, firstSkippedLine }) => skippedLines > 0 && runs > 0 && firstSkippedLine !== null)
      .map(({ path, skippedLines, firstSkippedLine }) => {
        const text =
          skippedLines === 1
            ? say(message('concern.skippedLine'))
            : say(message('concern.skippedLines', { others: skippedLines - 1 }));
        const diagnostic = newDiagnostic(firstSkippedLine! - 1, text, vscode.DiagnosticSeverity.Warning);
        diagnostic.code = 'skippedLine';
        return { uri: logUri(path), diagnostic, concern: null };
      });
  }

  #inDefinitions(say: (told: Message) => string): Problem[] {
    const byJob = new Map<string, Concern[]>();
    for (const concern of this.#parts.concerns.open)
      if (isAboutJob(concern)) byJob.set(concern.job, [...(byJob.get(concern.job) ?? []), concern]);
    return [...this.#parts.definitions.files].flatMap(([fsPath, places]) =>
      places.flatMap(({ definition, jobs }) =>
        jobs
          .flatMap(({ id }) => byJob.get(id) ?? [])
          .map((concern) => {
            // Red is for what stands in the file itself and is wrong; this is about what came of it.
            const diagnostic = newDiagnostic(
              definition.line,
              textOf(awayFromRun(concern), say),
              vscode.DiagnosticSeverity.Warning,
            );
            diagnostic.code = concern.kind;
            diagnostic.relatedInformation = [
              new vscode.DiagnosticRelatedInformation(placeOf(concern.source), vscode.l10n.t('Last run')),
            ];
            return { uri: vscode.Uri.file(fsPath), diagnostic, concern };
          }),
      ),
    );
  }
}

/** Whether a concern is about how a job is set up, and not about a single run of the past. */
function isAboutJob({ kind, severity }: Concern): boolean {
  return kind === 'failure' ? severity === 'critical' : kind !== 'anomaly';
}

function textOf({ job, message: told, advice }: Concern, say: (told: Message) => string): string {
  return [`${job}: ${say(told)}`, ...(advice === null ? [] : [say(advice)])].join('\n');
}

/** Beside its run a failure is this run's; elsewhere it is the last run's. */
function awayFromRun(concern: Concern): Concern {
  if (concern.kind !== 'failure') return concern;
  const { code, values } = concern.message;
  const told = message(code === 'concern.failed' ? 'concern.lastFailed' : 'concern.lastFailedWith', values);
  return { ...concern, message: told };
}

function newDiagnostic(line: number, text: string, severity: vscode.DiagnosticSeverity): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(wholeLine(line), text, severity);
  diagnostic.source = 'Backup Foresight';
  return diagnostic;
}

function placeOf({ path, line }: RunSource): vscode.Location {
  return new vscode.Location(logUri(path), wholeLine(line - 1));
}

/** The editor cuts it off at the end of the line, whose length nobody knows while the file is not open. */
function wholeLine(line: number): vscode.Range {
  return new vscode.Range(line, 0, line, 10_000);
}
