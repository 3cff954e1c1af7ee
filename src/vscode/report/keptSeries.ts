import type { JobSeries, RiskReport } from '../../backups/report.ts';

/** Which series is meant. */
export interface SeriesRequest {
  job: string;
  maxPoints: number;
}

/**
 * The series that was asked for last, for as long as its report stands: it is made while the page's document loads, and a
 * page that is shown again finds it made. One only, so that a walk through many jobs does not gather them all.
 */
export class KeptSeries {
  readonly #make: (request: SeriesRequest) => Promise<JobSeries>;
  #kept: { report: RiskReport | null; request: SeriesRequest; series: Promise<JobSeries> } | null = null;

  constructor(make: (request: SeriesRequest) => Promise<JobSeries>) {
    this.#make = make;
  }

  /** The series of a job of this report. One that could not be made is made anew when it is asked for again. */
  of(report: RiskReport | null, request: SeriesRequest): Promise<JobSeries> {
    const { job, maxPoints } = request;
    const kept = this.#kept;
    if (kept?.report === report && kept.request.job === job && kept.request.maxPoints === maxPoints) return kept.series;
    const series = this.#make(request);
    const made = { report, request, series };
    this.#kept = made;
    series.catch(() => {
      if (this.#kept === made) this.#kept = null;
    });
    return series;
  }
}
