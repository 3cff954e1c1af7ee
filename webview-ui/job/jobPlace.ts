import type { JobReport, JobSeries } from '../../src/backups/report.ts';
import { keepingPlace } from '../keepingPlace.ts';
import { make } from '../make.ts';
import type { PageContext } from '../pageContext.ts';
import { jobView } from './jobView.ts';

/** Where one job stands in depth. */
export interface JobPlace {
  element: HTMLElement;
  show: (id: string, context: PageContext) => Promise<void>;
}

/** Where a job in depth comes from. */
export interface JobSource {
  job: (id: string, signal: AbortSignal) => Promise<JobReport>;
  series: (job: string, signal: AbortSignal) => Promise<JobSeries>;
}

export function jobPlace(source: JobSource): JobPlace {
  const element = make('div', { class: 'job-place' });
  let shownId: string | null = null;
  let shown = new AbortController();
  let asked = new AbortController();

  const replace = (child: HTMLElement): void => keepingPlace(window.scrollY, () => element.replaceChildren(child));

  const show = async (id: string, context: PageContext): Promise<void> => {
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    const series = settled(source.series(id, signal));
    const job = await settled(source.job(id, signal));
    // What stands there of the same job stays until all that is newer is there.
    if (id === shownId) await series;
    if (signal.aborted) return;
    shown.abort();
    shown = new AbortController();
    shownId = id;
    if (job.error !== null) {
      replace(make('p', { role: 'alert' }, context.words.say('report.job.error', { reason: job.error })));
      return;
    }
    const view = jobView(job.value, { ...context, lifetime: shown.signal });
    replace(view.element);
    await series.then((found) => {
      if (signal.aborted) return;
      if (found.error === null) view.showSeries(found.value);
      else view.showSeriesError(found.error);
    });
  };
  return { element, show };
}

type Settled<T> = { value: T; error: null } | { error: string };

function settled<T>(promise: Promise<T>): Promise<Settled<T>> {
  return promise.then(
    (value) => ({ value, error: null }),
    (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
  );
}
