import * as vscode from 'vscode';
import type { Anomaly, JobReport } from '../../../backups/report.ts';
import type { ItemContext } from '../../../contributions.ts';
import { formatNumber, formatPercent, formatPoints } from '../../../wording/format.ts';
import { isAtRisk, isOverdue, jobStatus } from '../../jobStatus.ts';
import { jobIcon, plainIcon, warningIcon } from '../icons.ts';
import { escapeMarkdown, markdownList, markdownTable } from '../markdown.ts';
import { intervalText, jobText, nextRunText, outcomeText, storageText, timeText } from '../texts.ts';
import { FactNode } from './factNode.ts';
import { FindingNode } from './findingNode.ts';
import { GroupNode } from './groupNode.ts';
import { RunNode } from './runNode.ts';
import { TreeNode, treeItem, type Speech } from './treeNode.ts';

/** One backup job: its risk first, then what happened, what is due, what was found. */
export class JobNode extends TreeNode {
  readonly job: JobReport;
  readonly #speech: Speech;

  constructor(job: JobReport, speech: Speech) {
    super(null, job.id);
    this.job = job;
    this.#speech = speech;
  }

  override item(): vscode.TreeItem {
    const item = treeItem(this, this.job.id, vscode.TreeItemCollapsibleState.Collapsed);
    item.description = jobText(this.job, this.#speech.wording);
    item.iconPath = jobIcon(jobStatus(this.job));
    item.contextValue = 'job' satisfies ItemContext;
    item.accessibilityInformation = { label: `${this.job.id}: ${item.description}` };
    return item;
  }

  override tooltip(): vscode.MarkdownString {
    const { say } = this.#speech;
    const { id, tool, host, prediction } = this.job;
    const origin = host === null ? tool : vscode.l10n.t('{0} on {1}', tool, host);
    const factors = prediction?.riskFactors.map((factor) => say(factor.message)) ?? [];
    const actions = prediction?.recommendedActions.map(say) ?? [];
    const parts = [
      `**${escapeMarkdown(id)}** (${escapeMarkdown(origin)})`,
      markdownTable(this.#facts()),
      markdownList(vscode.l10n.t('Why'), factors.slice(0, 5)),
      markdownList(vscode.l10n.t('What to do'), actions.slice(0, 5)),
    ];
    return new vscode.MarkdownString(parts.filter((part) => part !== '').join('\n\n'));
  }

  protected override makeChildren(): TreeNode[] {
    const { lastRun } = this.job;
    return [
      this.#risk(),
      new RunNode(this, lastRun, this.#speech, vscode.l10n.t('Last run')),
      ...this.#nextRun(),
      ...this.#storage(),
      ...this.#findings(),
      this.#recentRuns(),
    ];
  }

  #facts(): [string, string][] {
    const { wording, say } = this.#speech;
    const { prediction, notPredictable, lastRun, cadence, forecast, anomalies } = this.job;
    const rows: [string, string][] = [];
    if (prediction !== null) {
      const risk = formatPercent(prediction.failureProbability, wording.language);
      rows.push([vscode.l10n.t('Risk of failure'), `${risk} (${intervalText(prediction, wording)})`]);
    } else if (notPredictable !== null) rows.push([vscode.l10n.t('Risk of failure'), say(notPredictable)]);
    rows.push([vscode.l10n.t('Last run'), `${outcomeText(lastRun.outcome)}, ${timeText(lastRun.startedAt, wording)}`]);
    const next = nextRunText(cadence, wording);
    if (next !== null) rows.push([vscode.l10n.t('Next run'), next]);
    if (forecast !== null) rows.push([vscode.l10n.t('Storage'), storageText(forecast, wording)]);
    rows.push([vscode.l10n.t('Findings'), formatNumber(anomalies.filter(isFinding).length, wording.language)]);
    return rows;
  }

  #risk(): TreeNode {
    const { wording, say } = this.#speech;
    const { prediction, notPredictable } = this.job;
    const heading = vscode.l10n.t('Risk of failure');
    if (prediction === null)
      return new FactNode(this, heading, notPredictable ? say(notPredictable) : '', plainIcon('question'));
    const percent = formatPercent(prediction.failureProbability, wording.language);
    const note = `${percent} (${intervalText(prediction, wording)})`;
    const icon = isAtRisk(this.job) ? warningIcon('flame') : plainIcon('pulse');
    if (prediction.riskFactors.length === 0)
      return new FactNode(this, heading, note, icon, say(prediction.confidenceReason));
    return new GroupNode(this, { text: heading, note, icon }, (group) =>
      prediction.riskFactors.map((factor) => {
        const change = formatPoints(factor.contribution, wording.language);
        const arrow = factor.contribution > 0 ? warningIcon('arrow-up') : plainIcon('arrow-down');
        return new FactNode(
          group,
          say(factor.message),
          change,
          arrow,
          vscode.l10n.t('Changes the risk by {0}', change),
        );
      }),
    );
  }

  #nextRun(): TreeNode[] {
    const text = nextRunText(this.job.cadence, this.#speech.wording);
    if (text === null) return [];
    const icon = isOverdue(this.job) ? warningIcon('calendar') : plainIcon('calendar');
    return [new FactNode(this, vscode.l10n.t('Next run'), text, icon)];
  }

  #storage(): TreeNode[] {
    const { forecast } = this.job;
    if (forecast === null) return [];
    const icon = forecast.daysToFull === null ? plainIcon('database') : warningIcon('database');
    return [new FactNode(this, vscode.l10n.t('Storage'), storageText(forecast, this.#speech.wording), icon)];
  }

  #findings(): TreeNode[] {
    const findings = this.job.anomalies.filter(isFinding);
    if (findings.length === 0) return [];
    const newestFirst = findings.toSorted((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0));
    const note = formatNumber(findings.length, this.#speech.wording.language);
    const heading = { text: vscode.l10n.t('Findings'), note, icon: plainIcon('search') };
    return [
      new GroupNode(this, heading, (group) =>
        newestFirst.map((finding) => new FindingNode(group, finding, this.#speech)),
      ),
    ];
  }

  #recentRuns(): TreeNode {
    const { runs, recentRuns } = this.job;
    const note = vscode.l10n.t('{0} of {1}', recentRuns.length, runs);
    const heading = { text: vscode.l10n.t('Recent runs'), note, icon: plainIcon('history') };
    return new GroupNode(this, heading, (group) => recentRuns.map((run) => new RunNode(group, run, this.#speech)));
  }
}

const isFinding = (anomaly: Anomaly): boolean => anomaly.isAnomaly;
