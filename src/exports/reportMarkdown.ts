/** The report as Markdown: what a person would paste into a ticket or a runbook. */
import type { JobReport, Prediction, RiskReport, StorageForecast } from '../backups/report.ts';
import {
  formatBytes,
  formatMessage,
  formatPercent,
  formatPoints,
  formatTime,
  type Wording,
} from '../wording/format.ts';
import { message, type Message, type MessageCode, type MessageValue } from '../wording/message.ts';
import { scoreMessage } from '../wording/scoreMessage.ts';

/** The newest findings of each job; the JSON has them all. */
const mostFindings = 10;

/** `provenance` is the sentence on what the report was made from. */
export function reportMarkdown(report: RiskReport, provenance: string, wording: Wording): string {
  const words = wordsIn(wording);
  const facts = { jobs: report.jobs.length, sources: report.sources.length, at: report.generatedAt };
  const lines = [
    `# ${words.say('report.title')}`,
    '',
    words.say('report.facts', facts),
    '',
    ...table(
      [
        words.say('report.column.job'),
        words.say('report.column.risk'),
        words.say('report.column.lastRun'),
        words.say('report.column.nextRun'),
        words.say('report.column.full'),
      ],
      report.jobs.map((job) => jobRow(job, words)),
    ),
    ...report.jobs.flatMap((job) => jobSection(job, words)),
    '',
    '---',
    '',
    plain(provenance),
  ];
  return `${lines.join('\n')}\n`;
}

interface Words {
  say: (code: MessageCode, values?: Record<string, MessageValue>) => string;
  tell: (message: Message) => string;
  wording: Wording;
}

function wordsIn(wording: Wording): Words {
  const tell = (told: Message): string => plain(formatMessage(told, wording));
  return { wording, tell, say: (code, values) => tell(message(code, values)) };
}

/** Text as it is: what a log says must not become a heading, a link, an image or HTML. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|!~&]/g, '\\$&');
}

function table(head: string[], rows: string[][]): string[] {
  const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

function jobRow(job: JobReport, words: Words): string[] {
  const { prediction, lastRun, cadence, forecast } = job;
  const unknown = words.say('report.unknown');
  const time = (at: number | null): string => (at === null ? unknown : formatTime(at, words.wording));
  return [
    plain(job.id),
    prediction ? riskText(prediction, words) : words.say('report.risk.none'),
    `${time(lastRun.startedAt)}, ${words.say(`report.outcome.${lastRun.outcome}`)}`,
    time(cadence?.nextExpectedAt ?? null),
    forecast?.daysToFull ? fullText(forecast.daysToFull, words) : unknown,
  ];
}

function riskText({ failureProbability, interval, decision }: Prediction, words: Words): string {
  const percent = (value: number): string => plain(formatPercent(value, words.wording.language));
  const advice = words.say(`report.advice.${decision.action}`);
  return `**${percent(failureProbability)}** (${percent(interval[0])} – ${percent(interval[1])}), ${advice}`;
}

function fullText({ earliest, latest }: NonNullable<StorageForecast['daysToFull']>, words: Words): string {
  return latest === null
    ? words.say('report.full.from', { earliest: Math.floor(earliest) })
    : words.say('report.full.range', { earliest: Math.floor(earliest), latest: Math.ceil(latest) });
}

function jobSection(job: JobReport, words: Words): string[] {
  const { prediction, notPredictable, forecast, evaluation } = job;
  return [
    '',
    `## ${plain(job.id)}`,
    '',
    ...(notPredictable ? [words.tell(notPredictable)] : []),
    ...(prediction ? predictionLines(prediction, words) : []),
    ...(forecast ? ['', storageText(forecast, words)] : []),
    ...causeLines(job, words),
    ...findingLines(job, words),
    ...(evaluation
      ? [
          '',
          `${words.say('report.score.about', { runs: evaluation.model.runs, failures: evaluation.model.failures })} ` +
            words.tell(scoreMessage(evaluation.betterThanBaseRate, evaluation.model.brierSkill)),
        ]
      : []),
  ];
}

function predictionLines(prediction: Prediction, words: Words): string[] {
  const { decision, confidenceReason, riskFactors, recommendedActions, baseProbability } = prediction;
  const reasons = riskFactors.map(({ message: reason, contribution }) => [
    words.tell(reason),
    formatPoints(contribution, words.wording.language),
  ]);
  const base = [words.say('report.why.base'), plain(formatPercent(baseProbability, words.wording.language))];
  return [
    `**${words.say(`report.advice.${decision.action}`)}.** ${words.tell(decision.reason)} ${words.tell(confidenceReason)}`,
    '',
    ...table([words.say('report.column.reason'), words.say('report.column.change')], [base, ...reasons]),
    ...(recommendedActions.length > 0 ? ['', ...recommendedActions.map((action) => `- ${words.tell(action)}`)] : []),
  ];
}

function storageText(
  { trend, bytesPerDay, lastBytes, capacityBytes, daysToFull }: StorageForecast,
  words: Words,
): string {
  const bytes = (value: number): string => formatBytes(value, words.wording.language);
  return [
    `${bytes(lastBytes)}.`,
    words.say(`report.storage.${trend}`, { perDay: bytes(Math.abs(bytesPerDay)) }),
    capacityBytes !== null && daysToFull
      ? `${words.say('report.chart.capacity', { capacity: capacityBytes })}: ${fullText(daysToFull, words)}.`
      : '',
  ]
    .join(' ')
    .trim();
}

function causeLines({ failureClasses }: JobReport, words: Words): string[] {
  if (failureClasses.length === 0) return [];
  const rows = failureClasses.map(({ failureClass, runs, action }) => [
    words.say(`report.cause.${failureClass}`),
    String(runs),
    words.tell(action),
  ]);
  const head = ['report.column.cause', 'report.column.runs', 'report.column.action'] as const;
  return [
    '',
    `### ${words.say('report.failures')}`,
    '',
    ...table(
      head.map((code) => words.say(code)),
      rows,
    ),
  ];
}

function findingLines({ anomalies }: JobReport, words: Words): string[] {
  const found = anomalies.filter(({ isAnomaly }) => isAnomaly).slice(-mostFindings);
  if (found.length === 0) return [];
  const lines = found.toReversed().map(({ startedAt, severity, message: told, source }) => {
    const at = startedAt === null ? words.say('report.unknown') : formatTime(startedAt, words.wording);
    return `- ${at}, ${words.say(`report.severity.${severity}`)}: ${words.tell(told)} (${plain(source.path)}:${source.line})`;
  });
  return ['', `### ${words.say('report.findings')}`, '', ...lines];
}
