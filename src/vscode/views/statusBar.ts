import * as vscode from 'vscode';
import { commands } from '../../contributions.ts';
import type { RiskMonitor } from '../analysis/riskMonitor.ts';
import { countAtRisk, isAtRisk } from '../jobStatus.ts';
import type { LiveSettings } from '../settings.ts';
import { wordingIn } from '../wording.ts';
import { escapeMarkdown } from './markdown.ts';
import { jobText } from './texts.ts';

/** One short item: how many jobs are at risk. Hidden while there are no jobs. */
export class StatusBar implements vscode.Disposable {
  readonly item = vscode.window.createStatusBarItem('backupForesight.risk', vscode.StatusBarAlignment.Left);
  readonly #monitor: RiskMonitor;
  readonly #settings: LiveSettings;
  readonly #listener: vscode.Disposable;

  constructor(monitor: RiskMonitor, settings: LiveSettings) {
    this.#monitor = monitor;
    this.#settings = settings;
    this.item.name = 'Backup Foresight';
    this.item.command = commands.showRiskReport;
    this.#listener = monitor.onDidChange(() => this.#update());
  }

  dispose(): void {
    this.#listener.dispose();
    this.item.dispose();
  }

  #update(): void {
    const report = this.#monitor.report;
    if (report === null || report.jobs.length === 0) {
      this.item.hide();
      return;
    }
    const atRisk = countAtRisk(report);
    const jobs = report.jobs.length;
    this.item.text = `$(shield) ${vscode.l10n.t('{0} of {1} at risk', atRisk, jobs)}`;
    this.item.accessibilityInformation = { label: vscode.l10n.t('Backups: {0} of {1} jobs at risk', atRisk, jobs) };
    this.item.backgroundColor = atRisk > 0 ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    const wording = wordingIn(this.#settings.current.zone);
    const lines = report.jobs
      .filter(isAtRisk)
      .map((job) => `- ${escapeMarkdown(`${job.id}: ${jobText(job, wording)}`)}`);
    const heading = escapeMarkdown(this.item.accessibilityInformation.label);
    this.item.tooltip = new vscode.MarkdownString([heading, ...lines.slice(0, 10)].join('\n'));
    this.item.show();
  }
}
