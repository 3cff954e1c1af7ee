/** The report as a file of its own: what it can be, and what the page finds in one that is HTML. */
import type { JobReport, JobSeries } from '../backups/report.ts';
import type { ReportView } from './reportPage.ts';

export type ReportFormat = 'html' | 'json' | 'markdown';

export const reportFormats: readonly ReportFormat[] = ['html', 'json', 'markdown'];

/** The id of the element that holds an `EmbeddedReport` as JSON. */
export const embeddedReportId = 'report-data';

/** All that the page would have asked the host for. */
export interface EmbeddedReport {
  view: ReportView;
  jobs: { report: JobReport; series: JobSeries }[];
  /** What the report was made from and by what, in words. */
  provenance: string;
}
