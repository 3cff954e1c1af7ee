import * as vscode from 'vscode';
import type { JobReport } from '../../../backups/report.ts';
import type { ItemContext } from '../../../contributions.ts';
import type { ConfigChange } from '../../../protocol/configChange.ts';
import { formatNumber, formatPercent, formatPoints } from '../../../wording/format.ts';
import { isAtRisk, isOverdue, jobStatus } from '../../jobStatus.ts';
import { jobIcon, plainIcon, warningIcon } from '../icons.ts';
import { jobSummary } from '../jobSummary.ts';
import { intervalText, jobText, nextRunText, storageText } from '../texts.ts';
import { configChangeText } from '../configChangeText.ts';
import { FactNode } from './factNode.ts';
import { FindingNode } from './findingNode.ts';
import { GroupNode } from './groupNode.ts';
import { KeptNode } from './keptNode.ts';
import { RunNode } from './runNode.ts';
import { treeItem, type Speech, type TreeNode } from './treeNode.ts';

/** One backup job: its risk first, then what happened, what is due, what was found. */
export class JobNode extends KeptNode<{ job: JobReport; configChanges: readonly ConfigChange[] }> {
  readonly #speech: Speech;

  /** @param configChanges what changed in configurations before the job began to fail */
  constructor(job: JobReport, speech: Speech, configChanges: readonly ConfigChange[] = []) {
    super(null, job.id, { job, configChanges });
    this.#speech = speech;
  }

  /** What commands on this item are about. */
  get job(): JobReport {
    return this.told.job;
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
    return new vscode.MarkdownString(jobSummary(this.job, this.#speech));
  }

  protected override makeChildren(): TreeNode[] {
    const { lastRun } = this.job;
    return [
      this.#risk(),
      new RunNode(this, lastRun, this.#speech, vscode.l10n.t('Last run')),
      ...this.#changedBefore(),
      ...this.#nextRun(),
      ...this.#storage(),
      ...this.#findings(),
      this.#recentRuns(),
    ];
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

  #changedBefore(): TreeNode[] {
    const { configChanges } = this.told;
    if (configChanges.length === 0) return [];
    const note = formatNumber(configChanges.length, this.#speech.wording.language);
    const heading = { text: vscode.l10n.t('Changed before it broke'), note, icon: warningIcon('diff') };
    return [
      new GroupNode(this, heading, (group) =>
        configChanges.map((change) => {
          const { name, note: text, explanation } = configChangeText(change, this.#speech.wording);
          return new FactNode(group, name, text, plainIcon(change.isSecret ? 'lock' : 'symbol-key'), explanation);
        }),
      ),
    ];
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
    const findings = this.job.anomalies.filter(({ isAnomaly }) => isAnomaly);
    if (findings.length === 0) return [];
    const newestFirst = findings.toSorted((a, b) => (b.startedAt ?? 0) - (a.startedAt ?? 0));
    const note = formatNumber(findings.length, this.#speech.wording.language);
    const heading = { text: vscode.l10n.t('Findings'), note, icon: plainIcon('search') };
    return [
      new GroupNode(this, heading, (group) =>
        newestFirst.map((finding) => new FindingNode(group, this.job.id, finding, this.#speech)),
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
