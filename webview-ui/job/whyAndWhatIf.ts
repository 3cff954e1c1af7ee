/** Why the risk is what it is, and beside it what it would be otherwise: the reasons follow what is tried. */
import type { JobReport, Prediction } from '../../src/backups/report.ts';
import { chartPanel } from '../charts/chartPanel.ts';
import { contributionsChart } from '../charts/contributionsChart.ts';
import { keepingPlace } from '../keepingPlace.ts';
import { make } from '../make.ts';
import type { PageContext } from '../pageContext.ts';
import { whatIf } from './whatIf.ts';

/** `below` stands under what is tried; without a prediction it stands alone. */
export function whyAndWhatIf(job: JobReport, below: HTMLElement | null, context: PageContext): HTMLElement | null {
  const { prediction } = job;
  if (!prediction) return below;
  const place = make('div', { class: 'block' });
  let drawing = new AbortController();
  let drawn: Prediction | null = null;
  context.lifetime.addEventListener('abort', () => drawing.abort());
  const draw = (tried: Prediction | null): void => {
    const shown = tried ?? prediction;
    if (shown === drawn) return;
    drawn = shown;
    drawing.abort();
    drawing = new AbortController();
    const panel = contributionsChart(shown, tried !== null, context);
    const figure = chartPanel(panel, { ...context, lifetime: drawing.signal });
    // While a slider is dragged, what stands below does not jump.
    place.style.minHeight = `${place.offsetHeight}px`;
    keepingPlace(window.scrollY, () => place.replaceChildren(figure));
  };
  draw(null);
  return make('div', { class: 'columns' }, place, make('div', {}, whatIf(job, context, draw), below));
}
