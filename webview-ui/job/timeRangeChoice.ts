import { make } from '../make.ts';
import type { PageContext } from '../pageContext.ts';
import { timeRanges } from '../viewState.ts';

/** How far back the charts reach: native radio buttons, so that arrow keys and screen readers work by themselves. */
export function timeRangeChoice(context: PageContext, changed: () => void): HTMLElement {
  const { words, state } = context;
  const choices = timeRanges.map((range) => {
    const change = (): void => {
      state.update({ range });
      changed();
    };
    const checked = state.get().range === range;
    const input = make('input', {
      type: 'radio',
      name: 'range',
      value: range,
      checked,
      'data-key': `range-${range}`,
      change,
    });
    return make('label', {}, input, make('span', {}, words.say(`report.range.${range}`)));
  });
  return make(
    'fieldset',
    { class: 'range' },
    make('legend', { class: 'spoken' }, words.say('report.range')),
    ...choices,
  );
}
