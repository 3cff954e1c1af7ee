/** How far to trust the predictions: what earlier ones turned out to be worth, beside two that need no model. */
import type { Evaluation } from '../../src/backups/report.ts';
import { scoreMessage } from '../../src/wording/scoreMessage.ts';
import { chartPanel } from '../charts/chartPanel.ts';
import { reliabilityChart } from '../charts/reliabilityChart.ts';
import { dataTable, dataValue } from '../dataTable.ts';
import { make } from '../make.ts';
import type { PageContext } from '../pageContext.ts';

export function scorecard(evaluation: Evaluation | null, context: PageContext): HTMLElement {
  const { words } = context;
  if (!evaluation) return make('p', { class: 'muted' }, words.say('report.score.none'));
  const { model, baseRate, lastOutcome, reliability, betterThanBaseRate } = evaluation;
  const overLast = 1 - model.brier / lastOutcome.brier;
  const sentences = [
    words.say('report.score.about', { runs: model.runs, failures: model.failures }),
    words.tell(scoreMessage(betterThanBaseRate, model.brierSkill)),
    Number.isFinite(overLast)
      ? words.say(overLast > 0 ? 'report.score.betterThanLast' : 'report.score.worseThanLast', {
          skill: Math.abs(overLast),
        })
      : '',
  ];
  return make(
    'div',
    { class: 'columns' },
    make(
      'div',
      { class: 'stack' },
      make('p', {}, sentences.join(' ')),
      scores({ model, baseRate, lastOutcome }, context),
    ),
    reliability.some(({ runs }) => runs > 0) ? chartPanel(reliabilityChart(reliability, context), context) : null,
  );
}

function scores(by: Pick<Evaluation, 'model' | 'baseRate' | 'lastOutcome'>, { words }: PageContext): HTMLElement {
  const compared = [by.model, by.baseRate, by.lastOutcome];
  // Where all runs ended alike, some measures have nothing to measure.
  const measures = (['brier', 'logLoss', 'ece', 'rocAuc', 'prAuc'] as const).filter((measure) =>
    compared.some((metrics) => metrics[measure] !== null),
  );
  const columns = [
    { label: words.say('report.column.measure'), plain: true, long: true },
    { label: words.say('report.score.model'), numeric: true },
    { label: words.say('report.score.baseRate'), numeric: true },
    { label: words.say('report.score.lastOutcome'), numeric: true },
  ];
  const figure = (value: number | null) =>
    dataValue(
      value,
      value === null
        ? words.say('report.unknown')
        : value.toLocaleString(words.language, { minimumFractionDigits: 3, maximumFractionDigits: 3 }),
    );
  const cells = (row: number) => {
    const measure = measures[row]!;
    return [words.say(`report.measure.${measure}`), ...compared.map((metrics) => figure(metrics[measure]))];
  };
  const options = { caption: words.say('report.score'), pageSize: measures.length, stacks: true };
  return dataTable({ columns, rowCount: measures.length, cells }, options, words);
}
