/** What the risk would be of a run at another time, or of another size or duration: answered while the controls move. */
import type { JobReport, Prediction, RunSummary } from '../../src/backups/report.ts';
import { formatWeekday } from '../../src/wording/format.ts';
import { make } from '../make.ts';
import { mark, marked } from '../marks.ts';
import type { PageContext } from '../pageContext.ts';
import { riskBar } from '../riskBar.ts';
import { asExpected, type WhatIfChoice } from '../viewState.ts';
import { localTime } from '../zone.ts';
import { weekdayOf, whatIfStart } from './whatIfStart.ts';

/** Steps of a slider to either side of the usual: at the ends, a quarter and four times of it. */
const steps = 20;
const factorOf = (step: number): number => 4 ** (step / steps);

/** Null for a job that cannot be predicted, and where nobody answers. `answered` gets every answer, and null when nothing is tried any more. */
export function whatIf(
  job: JobReport,
  context: PageContext,
  answered: (prediction: Prediction | null) => void,
): HTMLElement | null {
  const { prediction } = job;
  const { words, state, whatIf: answer } = context;
  if (!prediction || !answer) return null;
  const saved = state.get().whatIf;
  let choice: WhatIfChoice = saved?.job === job.id ? saved : { job: job.id, ...asExpected };
  const expectedAt = Math.max(context.now, job.cadence?.nextExpectedAt ?? context.now);
  const usual = { size: usualOf(job, 'sizeBytes'), duration: usualOf(job, 'durationMs') };
  const startsAt = (): number => whatIfStart(expectedAt, context.now, choice, words.zone);
  const isTried = (): boolean => Object.entries(asExpected).some(([name, value]) => choice[name as 'hour'] !== value);

  const ask = asking(
    (signal) =>
      answer(
        {
          job: job.id,
          startsAt: choice.weekday === null && choice.hour === null ? null : startsAt(),
          sizeBytes: choice.size === 0 ? null : usual.size! * factorOf(choice.size),
          durationMs: choice.duration === 0 ? null : usual.duration! * factorOf(choice.duration),
        },
        signal,
      ),
    (found) => show(found),
    context.lifetime,
  );
  const result = make('div', { class: 'what-if-result', role: 'status' });
  const show = (found: Prediction): void => {
    const tried = isTried();
    result.replaceChildren(...resultParts(found, prediction, tried, context));
    answered(tried ? found : null);
  };
  const change = (changes: Partial<WhatIfChoice>): void => {
    choice = { ...choice, ...changes };
    state.update({ whatIf: isTried() ? choice : null });
    update();
    if (isTried()) ask();
    else show(prediction);
  };

  const reset = make('button', {
    type: 'button',
    class: 'link',
    'data-key': 'what-if-reset',
    click: () => change(asExpected),
  });
  reset.textContent = words.say('report.whatIf.reset');
  const controls = [
    startControls(() => ({ choice, startsAt: startsAt() }), change, context),
    usual.size === null ? null : scaleControl('size', usual.size, words.bytes, () => choice, change, context),
    usual.duration === null
      ? null
      : scaleControl('duration', usual.duration, words.duration, () => choice, change, context),
  ].filter((control) => control !== null);
  const update = (): void => {
    reset.hidden = !isTried();
    for (const control of controls) control.update();
  };
  update();
  show(prediction);
  if (isTried()) ask();
  return make(
    'section',
    { class: 'block what-if', 'aria-labelledby': 'what-if-heading' },
    make('div', { class: 'block-head' }, make('h3', { id: 'what-if-heading' }, words.say('report.whatIf')), reset),
    make('p', { class: 'note' }, words.say('report.whatIf.note')),
    result,
    make('div', { class: 'what-if-controls' }, ...controls.map(({ element }) => element)),
  );
}

/** Asks one question at a time: of all that came up in the meantime only the last is asked. */
function asking<T>(
  question: (signal: AbortSignal) => Promise<T>,
  answer: (value: T) => void,
  lifetime: AbortSignal,
): () => void {
  let isWaiting = false;
  let isStale = false;
  const ask = (): void => {
    isStale = isWaiting;
    if (isWaiting) return;
    isWaiting = true;
    question(lifetime)
      .then((value) => lifetime.aborted || answer(value))
      .catch(() => undefined) // the answer of before stays; a job that is gone is told of with the next report
      .finally(() => {
        isWaiting = false;
        if (isStale && !lifetime.aborted) ask();
      });
  };
  return ask;
}

/** The median of the newest runs that finished; null when none of them tells. */
function usualOf({ recentRuns }: JobReport, field: 'sizeBytes' | 'durationMs'): number | null {
  const finished = ({ outcome }: RunSummary): boolean => outcome === 'success' || outcome === 'partial';
  const values = recentRuns.filter(finished).flatMap((run) => run[field] ?? []);
  values.sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] || null;
}

function resultParts(found: Prediction, expected: Prediction, tried: boolean, context: PageContext): Element[] {
  const { words } = context;
  const { failureProbability, decision } = found;
  const change = failureProbability - expected.failureProbability;
  const sign = decision.action === 'proceed' ? mark('disc', 'good') : mark('diamond', 'bad');
  return [
    make('span', { class: 'what-if-figure' }, words.percent(failureProbability)),
    riskBar(found, context),
    make(
      'span',
      { class: 'what-if-change' },
      marked(sign, words.say(`report.advice.${decision.action}`)),
      ' ',
      make(
        'span',
        { class: 'muted' },
        tried ? words.say('report.whatIf.change', { change }) : words.say('report.whatIf.same'),
      ),
    ),
  ];
}

interface Control {
  element: HTMLElement;
  update: () => void;
}

type Change = (changes: Partial<WhatIfChoice>) => void;

function startControls(
  current: () => { choice: WhatIfChoice; startsAt: number },
  change: Change,
  context: PageContext,
): Control {
  const { words } = context;
  const weekdays = Array.from({ length: 7 }, (_, weekday) => {
    const long = formatWeekday(weekday, words.language);
    const input = make('input', {
      type: 'radio',
      name: 'what-if-weekday',
      'data-key': `what-if-weekday-${weekday}`,
      'aria-label': long,
      change: () => change({ weekday }),
    });
    return {
      input,
      label: make('label', { title: long }, input, make('span', {}, shortWeekday(weekday, words.language))),
    };
  });
  const output = make('output', {});
  const slider = make('input', {
    type: 'range',
    min: 0,
    max: 23,
    step: 1,
    'data-key': 'what-if-hour',
    'aria-label': words.say('report.whatIf.hour'),
    input: () => change({ hour: slider.valueAsNumber }),
  });
  const update = (): void => {
    const { startsAt } = current();
    const local = localTime(startsAt, words.zone);
    weekdays[weekdayOf(local)]!.input.checked = true;
    slider.value = String(local.hour);
    const time = words.time(startsAt);
    slider.setAttribute('aria-valuetext', time);
    output.textContent = time;
  };
  const days = make(
    'fieldset',
    { class: 'range weekdays' },
    make('legend', { class: 'spoken' }, words.say('report.whatIf.weekday')),
    ...weekdays.map(({ label }) => label),
  );
  return {
    element: make('div', { class: 'control' }, controlHead(words.say('report.whatIf.start'), output), days, slider),
    update,
  };
}

function scaleControl(
  name: 'size' | 'duration',
  usual: number,
  text: (value: number) => string,
  choice: () => WhatIfChoice,
  change: Change,
  { words }: PageContext,
): Control {
  const label = words.say(`report.chart.${name}`);
  const output = make('output', {});
  const slider = make('input', {
    type: 'range',
    min: -steps,
    max: steps,
    step: 1,
    'data-key': `what-if-${name}`,
    'aria-label': label,
    input: () => change({ [name]: slider.valueAsNumber }),
  });
  const update = (): void => {
    const step = choice()[name];
    slider.value = String(step);
    const times = factorOf(step);
    const value = text(usual * times);
    const said =
      step === 0 ? words.say('report.whatIf.usual', { value }) : words.say('report.whatIf.times', { value, times });
    slider.setAttribute('aria-valuetext', said);
    output.textContent = said;
  };
  return { element: make('div', { class: 'control' }, controlHead(label, output), slider), update };
}

function controlHead(label: string, output: HTMLElement): HTMLElement {
  return make('div', { class: 'control-head' }, make('span', {}, label), output);
}

function shortWeekday(weekday: number, language: string): string {
  return new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(
    Date.UTC(2024, 0, 1 + weekday),
  );
}
