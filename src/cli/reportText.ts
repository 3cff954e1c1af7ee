/** The report as text for a terminal: one table of all jobs, then what deserves a word about each. */
import { styleText } from 'node:util';
import type { JobReport, RiskReport, Severity, SourceReport } from '../backups/report.ts';
import {
  formatMessage,
  formatNumber,
  formatPercent,
  formatPoints,
  formatTime,
  type Wording,
} from '../wording/format.ts';
import { message, type MessageCode, type MessageValue } from '../wording/message.ts';

type Style = 'red' | 'yellow' | 'green' | 'dim' | 'bold';
type Paint = (style: Style, text: string) => string;
type Say = (code: MessageCode, values?: Record<string, MessageValue>) => string;

/** The lines to print. `colors` is off for pipes and files. */
export function reportText(report: RiskReport, wording: Wording, maxRisk: number, colors: boolean): string[] {
  const paint: Paint = (style, text) => (colors ? styleText(style, text, { validateStream: false }) : text);
  const say: Say = (code, values = {}) => formatMessage(message(code, values), wording);
  const heading = (['risk', 'job', 'runs', 'lastRun', 'nextRun', 'fullIn'] as const).map((column) =>
    say(`cli.column.${column}`),
  );
  const lines = alignColumns([heading, ...report.jobs.map((job) => jobRow(job, wording, say))]);
  const table = lines.map((line, i) =>
    i === 0 ? paint('dim', line) : paint(riskStyle(report.jobs[i - 1]!, maxRisk), line),
  );
  return [
    ...table,
    ...report.jobs.flatMap((job) => jobDetails(job, { wording, say, paint })),
    ...sourceNotes(report.sources, wording, say),
  ];
}

function jobRow(job: JobReport, wording: Wording, say: Say): string[] {
  const { prediction, lastRun, cadence, forecast } = job;
  const { language } = wording;
  const next = cadence?.nextExpectedAt ?? null;
  return [
    prediction
      ? `${formatPercent(prediction.failureProbability, language)} (${Math.round(prediction.interval[0] * 100)}–${Math.round(prediction.interval[1] * 100)})`
      : say('cli.unknown'),
    job.id,
    formatNumber(job.runs, language),
    `${lastRun.startedAt === null ? say('cli.timeUnknown') : formatTime(lastRun.startedAt, wording)} ${say(`report.outcome.${lastRun.outcome}`)}`,
    next === null
      ? '–'
      : cadence?.overdueMs === null
        ? formatTime(next, wording)
        : say('cli.overdueSince', { at: next }),
    forecast?.daysToFull ? daysToFullText(forecast.daysToFull, language, say) : '–',
  ];
}

function daysToFullText(days: { earliest: number; latest: number | null }, language: string, say: Say): string {
  const earliest = formatNumber(Math.floor(days.earliest), language);
  if (days.latest === null) return say('cli.daysOrMore', { earliest });
  const latest = formatNumber(Math.ceil(days.latest), language);
  return earliest === latest ? say('cli.days', { days: earliest }) : say('cli.daysRange', { earliest, latest });
}

function riskStyle(job: JobReport, maxRisk: number): Style {
  if (!job.prediction) return 'dim';
  if (job.prediction.failureProbability > maxRisk) return 'red';
  return job.prediction.failureProbability > maxRisk / 2 ? 'yellow' : 'green';
}

const severityStyles: Record<Severity, Style> = { info: 'dim', warning: 'yellow', critical: 'red' };

/** The newest findings are the ones to act on; older ones are in the report and in the JSON. */
const findingsShown = 5;

function jobDetails(job: JobReport, { wording, say, paint }: { wording: Wording; say: Say; paint: Paint }): string[] {
  const lines = ['', paint('bold', job.id)];
  const { prediction, forecast, cadence } = job;
  if (job.notPredictable) lines.push(`  ${formatMessage(job.notPredictable, wording)}`);
  if (prediction) {
    const { decision, confidence } = prediction;
    const reason = formatMessage(decision.reason, wording);
    lines.push(`  ${say(decision.action === 'proceed' ? 'cli.proceed' : 'cli.wait', { reason })}`);
    const why = formatMessage(prediction.confidenceReason, wording);
    lines.push(paint('dim', `  ${say(`cli.confidence.${confidence}`, { reason: why })}`));
    for (const factor of prediction.riskFactors)
      lines.push(
        `  ${formatPoints(factor.contribution, wording.language).padStart(7)}  ${formatMessage(factor.message, wording)}`,
      );
    for (const action of prediction.recommendedActions) lines.push(`  → ${formatMessage(action, wording)}`);
  }
  if (cadence !== null && cadence.overdueMs !== null)
    lines.push(paint('yellow', `  ! ${say('cli.overdueBy', { late: cadence.overdueMs })}`));
  const findings = job.anomalies.filter((anomaly) => anomaly.isAnomaly).toReversed();
  for (const anomaly of findings.slice(0, findingsShown)) {
    const when = anomaly.startedAt === null ? '' : `${formatTime(anomaly.startedAt, wording)}  `;
    const place = `${anomaly.source.path}:${anomaly.source.line}`;
    lines.push(
      paint(severityStyles[anomaly.severity], `  ! ${when}${formatMessage(anomaly.message, wording)} (${place})`),
    );
  }
  if (findings.length > findingsShown)
    lines.push(paint('dim', `    ${say('cli.earlierFindings', { findings: findings.length - findingsShown })}`));
  if (forecast) {
    const { trend, lastBytes, bytesPerDay, daysToFull } = forecast;
    const storage = say(`cli.storage.${trend}`, { last: lastBytes, perDay: bytesPerDay });
    const days = daysToFull && daysToFullText(daysToFull, wording.language, say);
    lines.push(`  ${days === null ? storage : say('cli.storage.full', { storage, days })}`);
  }
  return lines;
}

function sourceNotes(sources: readonly SourceReport[], wording: Wording, say: Say): string[] {
  const catalogs = sources.filter((source) => source.outcomes === 'successes-only' && source.runs > 0);
  const files = formatNumber(sources.length, wording.language);
  const runs = formatNumber(
    sources.reduce((sum, source) => sum + source.runs, 0),
    wording.language,
  );
  return ['', say('cli.sources', { files, runs }), ...catalogs.map(({ path }) => say('cli.catalog', { path }))];
}

function alignColumns(rows: readonly string[][]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
}
