import * as vscode from 'vscode';
import type { JobReport, Prediction } from '../../backups/report.ts';
import { findNamed } from '../../wording/findNamed.ts';
import { formatPercent, formatPoints } from '../../wording/format.ts';
import { message } from '../../wording/message.ts';
import { describeFailure } from '../analysis/describeFailure.ts';
import type { RiskMonitor } from '../analysis/riskMonitor.ts';
import type { Log } from '../log.ts';
import type { LiveSettings } from '../settings.ts';
import { UserError } from '../userError.ts';
import { intervalText } from '../views/texts.ts';
import { sayIn, wordingIn } from '../wording.ts';

export interface GateDependencies {
  monitor: RiskMonitor;
  settings: LiveSettings;
  log: Log;
}

/** How a gate ends; the same numbers as the command line's. */
export const gateExitCodes = { proceed: 0, error: 1, wait: 10 } as const;

/** The terminal of a gate task: analyzes the logs, prints the decision with its reasons, and ends with its exit code. */
export class GateTerminal implements vscode.Pseudoterminal {
  readonly #written = new vscode.EventEmitter<string>();
  readonly #closed = new vscode.EventEmitter<number>();
  readonly #job: unknown;
  readonly #maxRisk: unknown;
  readonly #dependencies: GateDependencies;

  readonly onDidWrite = this.#written.event;
  readonly onDidClose = this.#closed.event;

  /** The job and the limit as tasks.json has them. */
  constructor(job: unknown, maxRisk: unknown, dependencies: GateDependencies) {
    this.#job = job;
    this.#maxRisk = maxRisk;
    this.#dependencies = dependencies;
  }

  open(): void {
    void this.#run().then((code) => this.#closed.fire(code));
  }

  close(): void {
    this.#written.dispose();
    this.#closed.dispose();
  }

  async #run(): Promise<number> {
    const { monitor, settings, log } = this.#dependencies;
    try {
      const maxRisk = limitOf(this.#maxRisk) ?? settings.current.maxRisk;
      if ((await monitor.analyze()) === null) throw new UserError(vscode.l10n.t('The analysis was cancelled.'));
      const job = findJob(this.#job, monitor);
      const proceeds = job.prediction === null || job.prediction.failureProbability <= maxRisk;
      for (const line of this.#lines(job, proceeds, maxRisk)) this.#print(line);
      return proceeds ? gateExitCodes.proceed : gateExitCodes.wait;
    } catch (error) {
      if (!(error instanceof UserError)) log.error('The gate failed', error);
      this.#print(describeFailure(error));
      return gateExitCodes.error;
    }
  }

  #lines({ id, prediction, notPredictable }: JobReport, proceeds: boolean, maxRisk: number): string[] {
    const { zone } = this.#dependencies.settings.current;
    const say = sayIn(zone);
    const heading = proceeds
      ? vscode.l10n.t('Proceed with the backup of {0}.', id)
      : vscode.l10n.t('Wait with the backup of {0}, or run it by hand.', id);
    if (prediction === null) return [heading, ...(notPredictable === null ? [] : [say(notPredictable)])];
    const limits = { probability: prediction.failureProbability, limit: maxRisk };
    return [
      heading,
      say(message(proceeds ? 'decision.proceed' : 'decision.wait', limits)),
      this.#riskLine(prediction),
      ...prediction.riskFactors.map(
        (factor) => `${formatPoints(factor.contribution, vscode.env.language).padStart(8)}  ${say(factor.message)}`,
      ),
      ...prediction.recommendedActions.map((action) => `→ ${say(action)}`),
    ];
  }

  #riskLine(prediction: Prediction): string {
    const wording = wordingIn(this.#dependencies.settings.current.zone);
    const risk = formatPercent(prediction.failureProbability, wording.language);
    return vscode.l10n.t('Risk of failure: {0} ({1})', risk, intervalText(prediction, wording));
  }

  // Names come from logs; what steers a terminal must not get into this one.
  #print(line: string): void {
    this.#written.fire(`${line.replace(/\p{Cc}+/gu, ' ')}\r\n`);
  }
}

function limitOf(given: unknown): number | null {
  if (given === undefined || given === null) return null;
  if (typeof given === 'number' && given >= 0 && given <= 1) return given;
  throw new UserError(vscode.l10n.t('maxRisk has to be a number from 0 to 1, not {0}.', JSON.stringify(given)));
}

function findJob(written: unknown, monitor: RiskMonitor): JobReport {
  if (typeof written !== 'string' || written === '') throw new UserError(vscode.l10n.t('The task names no job.'));
  const jobs = monitor.report?.jobs ?? [];
  if (jobs.length === 0) throw new UserError(vscode.l10n.t('No backup run was found in the logs.'));
  const found = findNamed(
    written,
    jobs.map(({ id }) => id),
  );
  if (found.name !== null) return jobs.find(({ id }) => id === found.name)!;
  const candidates = found.candidates.join(', ');
  throw new UserError(
    found.ambiguous
      ? vscode.l10n.t('“{0}” fits several jobs: {1}', written, candidates)
      : vscode.l10n.t('There is no job “{0}”; the logs hold: {1}', written, candidates),
  );
}
