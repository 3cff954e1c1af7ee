import * as vscode from 'vscode';
import type { JobReport } from '../../backups/report.ts';
import { formatNumber, formatPercent } from '../../wording/format.ts';
import { escapeMarkdown, markdownList, markdownTable } from './markdown.ts';
import type { Speech } from './nodes/treeNode.ts';
import { intervalText, nextRunText, outcomeText, storageText, timeText } from './texts.ts';

/** A job in Markdown: the facts, why its risk is what it is, what to do. What logs and names hold is shown literally. */
export function jobSummary(job: JobReport, speech: Speech): string {
  const { say } = speech;
  const { id, tool, host, prediction } = job;
  const origin = host === null ? tool : vscode.l10n.t('{0} on {1}', tool, host);
  const factors = prediction?.riskFactors.map((factor) => say(factor.message)) ?? [];
  const actions = prediction?.recommendedActions.map(say) ?? [];
  const parts = [
    `**${escapeMarkdown(id)}** (${escapeMarkdown(origin)})`,
    markdownTable(factsOf(job, speech)),
    markdownList(vscode.l10n.t('Why'), factors.slice(0, 5)),
    markdownList(vscode.l10n.t('What to do'), actions.slice(0, 5)),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function factsOf(job: JobReport, { wording, say }: Speech): [string, string][] {
  const { prediction, notPredictable, lastRun, cadence, forecast, anomalies } = job;
  const rows: [string, string][] = [];
  if (prediction !== null) {
    const risk = formatPercent(prediction.failureProbability, wording.language);
    rows.push([vscode.l10n.t('Risk of failure'), `${risk} (${intervalText(prediction, wording)})`]);
  } else if (notPredictable !== null) rows.push([vscode.l10n.t('Risk of failure'), say(notPredictable)]);
  rows.push([vscode.l10n.t('Last run'), `${outcomeText(lastRun.outcome)}, ${timeText(lastRun.startedAt, wording)}`]);
  const next = nextRunText(cadence, wording);
  if (next !== null) rows.push([vscode.l10n.t('Next run'), next]);
  if (forecast !== null) rows.push([vscode.l10n.t('Storage'), storageText(forecast, wording)]);
  const findings = anomalies.filter(({ isAnomaly }) => isAnomaly).length;
  rows.push([vscode.l10n.t('Findings'), formatNumber(findings, wording.language)]);
  return rows;
}
