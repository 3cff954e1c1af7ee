import * as vscode from 'vscode';
import { jobSummary } from '../views/jobSummary.ts';
import { sayIn, wordingIn } from '../wording.ts';
import type { FindingParts, Problems } from './problems.ts';
import { jobsIn } from './riskLenses.ts';

/** Tells of a job, with the factors of its risk, where it is defined, at its last run, and at every finding. */
export class RiskHovers implements vscode.HoverProvider {
  readonly #parts: FindingParts;
  readonly #problems: Problems;

  constructor(parts: FindingParts, problems: Problems) {
    this.#parts = parts;
    this.#problems = problems;
  }

  provideHover(document: vscode.TextDocument, { line }: vscode.Position): vscode.Hover | undefined {
    const { monitor, settings } = this.#parts;
    const { range } = document.lineAt(line);
    const here = jobsIn(document, this.#parts).filter((place) => place.line === line);
    const found = this.#problems.at(document.uri, range).map(({ concern }) => concern.job);
    const ids = new Set([...here.map(({ job }) => job.id), ...found]);
    const { zone } = settings.current;
    const speech = { wording: wordingIn(zone), say: sayIn(zone) };
    const jobs = [...ids].map((id) => monitor.job(id)).filter((job) => job !== undefined);
    if (jobs.length === 0) return undefined;
    return new vscode.Hover(
      jobs.slice(0, 3).map((job) => new vscode.MarkdownString(jobSummary(job, speech))),
      range,
    );
  }
}
