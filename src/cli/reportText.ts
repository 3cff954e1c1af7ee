/** The report as text for a terminal: one table of all jobs, then what deserves a word about each. */
import { styleText } from 'node:util';
import type { JobReport, RiskReport, Severity, SourceReport } from '../backups/report.ts';
import {
  formatBytes,
  formatDuration,
  formatMessage,
  formatNumber,
  formatPercent,
  formatPoints,
  formatTime,
  type Wording,
} from '../wording/format.ts';

type Style = 'red' | 'yellow' | 'green' | 'dim' | 'bold';
type Paint = (style: Style, text: string) => string;

/** The lines to print. `colours` is off for pipes and files. */
export function reportText(report: RiskReport, wording: Wording, maxRisk: number, colours: boolean): string[] {
  const paint: Paint = (style, text) => (colours ? styleText(style, text, { validateStream: false }) : text);
  const rows = report.jobs.map((job) => jobRow(job, wording));
  const lines = alignColumns([['RISK', 'JOB', 'RUNS', 'LAST RUN', 'NEXT EXPECTED', 'FULL IN'], ...rows]);
  const table = lines.map((line, i) =>
    i === 0 ? paint('dim', line) : paint(riskStyle(report.jobs[i - 1]!, maxRisk), line),
  );
  return [
    ...table,
    ...report.jobs.flatMap((job) => jobDetails(job, wording, paint)),
    ...sourceNotes(report.sources, wording),
  ];
}

function jobRow(job: JobReport, wording: Wording): string[] {
  const { prediction, lastRun, cadence, forecast } = job;
  const { language } = wording;
  return [
    prediction
      ? `${formatPercent(prediction.failureProbability, language)} (${Math.round(prediction.interval[0] * 100)}–${Math.round(prediction.interval[1] * 100)})`
      : 'unknown',
    job.id,
    formatNumber(job.runs, language),
    `${lastRun.startedAt === null ? 'time unknown' : formatTime(lastRun.startedAt, wording)} ${lastRun.outcome}`,
    cadence === null || cadence.nextExpectedAt === null
      ? '–'
      : `${formatTime(cadence.nextExpectedAt, wording)}${cadence.overdueMs === null ? '' : ' overdue'}`,
    forecast?.daysToFull ? daysToFullText(forecast.daysToFull, language) : '–',
  ];
}

/** @example daysToFullText({ earliest: 80, latest: null }, 'en') //=> '80 days or more' */
export function daysToFullText(days: { earliest: number; latest: number | null }, language: string): string {
  const earliest = formatNumber(Math.floor(days.earliest), language);
  if (days.latest === null) return `${earliest} days or more`;
  const latest = formatNumber(Math.ceil(days.latest), language);
  return earliest === latest ? `${earliest} days` : `${earliest}–${latest} days`;
}

function riskStyle(job: JobReport, maxRisk: number): Style {
  if (!job.prediction) return 'dim';
  if (job.prediction.failureProbability > maxRisk) return 'red';
  return job.prediction.failureProbability > maxRisk / 2 ? 'yellow' : 'green';
}

const severityStyles: Record<Severity, Style> = { info: 'dim', warning: 'yellow', critical: 'red' };

/** The newest findings are the ones to act on; older ones are in the report and in the JSON. */
const findingsShown = 5;

function jobDetails(job: JobReport, wording: Wording, paint: Paint): string[] {
  const lines = ['', paint('bold', job.id)];
  const { prediction, forecast, cadence } = job;
  if (job.notPredictable) lines.push(`  ${formatMessage(job.notPredictable, wording)}`);
  if (prediction) {
    const { decision } = prediction;
    lines.push(`  ${decision.action === 'proceed' ? 'Proceed' : 'Wait'}: ${formatMessage(decision.reason, wording)}`);
    lines.push(
      paint('dim', `  Confidence ${prediction.confidence}: ${formatMessage(prediction.confidenceReason, wording)}`),
    );
    for (const factor of prediction.riskFactors)
      lines.push(
        `  ${formatPoints(factor.contribution, wording.language).padStart(7)}  ${formatMessage(factor.message, wording)}`,
      );
    for (const action of prediction.recommendedActions) lines.push(`  → ${formatMessage(action, wording)}`);
  }
  if (cadence !== null && cadence.overdueMs !== null)
    lines.push(paint('yellow', `  ! Overdue by ${formatDuration(cadence.overdueMs, wording.language)}.`));
  const findings = job.anomalies.filter((anomaly) => anomaly.isAnomaly).toReversed();
  for (const anomaly of findings.slice(0, findingsShown)) {
    const when = anomaly.startedAt === null ? '' : `${formatTime(anomaly.startedAt, wording)}  `;
    const place = `${anomaly.source.path}:${anomaly.source.line}`;
    lines.push(
      paint(severityStyles[anomaly.severity], `  ! ${when}${formatMessage(anomaly.message, wording)} (${place})`),
    );
  }
  if (findings.length > findingsShown)
    lines.push(paint('dim', `    and ${findings.length - findingsShown} earlier findings (--json shows them all)`));
  if (forecast) {
    const growth = `${formatBytes(forecast.bytesPerDay, wording.language)} a day`;
    const full = forecast.daysToFull ? `, full in ${daysToFullText(forecast.daysToFull, wording.language)}` : '';
    lines.push(`  Storage ${formatBytes(forecast.lastBytes, wording.language)}, ${forecast.trend} (${growth})${full}`);
  }
  return lines;
}

function sourceNotes(sources: readonly SourceReport[], wording: Wording): string[] {
  const catalogues = sources.filter((source) => source.outcomes === 'successes-only' && source.runs > 0);
  const files = formatNumber(sources.length, wording.language);
  const runs = formatNumber(
    sources.reduce((sum, source) => sum + source.runs, 0),
    wording.language,
  );
  return [
    '',
    `${files} files read, ${runs} runs found.`,
    ...catalogues.map((source) => `${source.path} is a catalogue: it lists only runs that produced a backup.`),
  ];
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
