/** The answer in a few lines: how likely the next run is to fail, what happened, whether to go ahead, and what to do. */
import type { JobReport, Prediction } from '../../src/backups/report.ts';
import type { MessageCode } from '../../src/wording/message.ts';
import { make } from '../make.ts';
import { mark, marked } from '../marks.ts';
import type { PageContext } from '../pageContext.ts';
import { riskBar } from '../riskBar.ts';
import { sourceLink } from '../sourceLink.ts';
import { whatHappened } from './whatHappened.ts';

export function verdict(job: JobReport, context: PageContext): HTMLElement {
  const { words } = context;
  const { prediction, lastRun } = job;
  const error =
    lastRun.error === null ? null : make('blockquote', {}, sourceLink(lastRun.error, lastRun.source, context));
  return make(
    'div',
    { class: prediction ? 'verdict' : 'verdict no-figure' },
    prediction ? riskFigure(prediction, context) : null,
    make(
      'div',
      { class: 'verdict-text' },
      make('p', { class: 'headline' }, words.say(headline(prediction))),
      make('p', {}, whatHappened(job, context.now, words).join(' ')),
      error,
      prediction
        ? decisionLine(prediction, context)
        : make('p', {}, job.notPredictable ? words.tell(job.notPredictable) : ''),
      prediction ? actions(prediction, context) : null,
    ),
  );
}

function headline(prediction: Prediction | null): MessageCode {
  if (!prediction) return 'report.headline.unknown';
  if (prediction.failureProbability >= 0.5) return 'report.headline.likelyFail';
  if (prediction.failureProbability >= 0.25) return 'report.headline.mayFail';
  return prediction.failureProbability < 0.1 ? 'report.headline.calm' : 'report.headline.probablyWell';
}

function riskFigure(prediction: Prediction, context: PageContext): HTMLElement {
  const { words } = context;
  const [low, high] = prediction.interval;
  const { confidence, confidenceReason, method } = prediction;
  return make(
    'div',
    { class: 'verdict-figure' },
    make('p', { class: 'figure-label' }, words.say('report.risk.label')),
    make('p', { class: 'figure' }, words.percent(prediction.failureProbability)),
    riskBar(prediction, context),
    make('p', { class: 'note' }, words.say('report.risk.interval', { low, high })),
    make('p', { class: 'note' }, words.say(`report.confidence.${confidence}`), ' ', words.tell(confidenceReason)),
    make('p', { class: 'note' }, words.say(`report.method.${method}`)),
  );
}

function decisionLine({ decision }: Prediction, { words }: PageContext): HTMLElement {
  const sign = decision.action === 'proceed' ? mark('disc', 'good') : mark('diamond', 'bad');
  const advice = make('strong', {}, words.say(`report.advice.${decision.action}`));
  return make('p', { class: 'decision' }, marked(sign, advice), ' ', words.tell(decision.reason));
}

function actions({ recommendedActions }: Prediction, { words }: PageContext): HTMLElement | null {
  if (recommendedActions.length === 0) return null;
  return make(
    'div',
    { class: 'actions' },
    make('h3', {}, words.say('report.actions')),
    make('ol', {}, ...recommendedActions.map((action) => make('li', {}, words.tell(action)))),
  );
}
