/**
 * What the extension host and the report page say to each other, over `connect` of rpc.ts.
 *
 * The page is an HTML document with `<div id="app">`, dist/report.js and dist/report.css. Its script connects, calls
 * `ready`, and draws what it gets; from then on the host calls `show` when there is a new report, and `status` while one
 * is made. The page asks for a job in depth, and for its series, only when it draws that job. What the user looks at
 * (job, order, open tables, scroll) is the page's own and kept with `vscode.setState`; the data never is: after a reload
 * the page calls `ready` again.
 */
import type { JobReport, JobSeries, Prediction } from '../backups/report.ts';
import type { Wording } from '../wording/format.ts';
import type { AnalyzeProgress } from './analysis.ts';
import type { ConfigChange } from './configChange.ts';
import type { ReportOverview } from './reportOverview.ts';

/** What the page shows of all jobs. */
export interface ReportView {
  wording: Wording;
  /** The last finished report; null before the first. No jobs in it means that no backup logs were found. */
  report: ReportOverview | null;
  /** Probability above which the advice is to wait, 0 to 1: drawn as a mark beside each risk. */
  maxRisk: number;
}

/** What goes on beside the report: it stays visible while a new one is made, or after that failed. */
export interface ReportStatus {
  analyzing: boolean;
  progress: AnalyzeProgress | null;
  /** Why the last analysis failed, in words and on one line; null when it did not. */
  error: string | null;
}

/** A run that is only thought of: what is null is left as the job's history lets expect it. */
export interface WhatIf {
  job: string;
  /** UTC epoch milliseconds. */
  startsAt: number | null;
  sizeBytes: number | null;
  durationMs: number | null;
}

/**
 * As many runs of a job as the page asks for: tables and calendar list them all, and passing them on holds the extension
 * host for 3 ms, where 100,000 would for 50. Of more, the series keeps the extremes and the failures.
 */
export const mostSeriesRuns = 10_000;

/** What a page's buttons ask the host to do, all of them commands that exist beside the page. */
export type ReportPageCommand = 'analyzeLogs' | 'configureLogs' | 'showLog' | 'exportReport';

/** Served by the host, called by the page. */
export interface ReportPageHost {
  /** The first call of every new document. */
  ready: { request: null; response: ReportView & ReportStatus; progress: never };
  /** One job in depth. Rejects when the job is not (or no longer) known, as do `series` and `whatIf`. */
  job: { request: string; response: JobReport; progress: never };
  series: { request: { job: string; maxPoints: number }; response: JobSeries; progress: never };
  /** What changed in configurations before the job began to fail; none when nothing is known. */
  configChanges: { request: string; response: ConfigChange[]; progress: never };
  whatIf: { request: WhatIf; response: Prediction; progress: never };
  /** Opens a file in an editor with the line (from 1) selected. */
  openSource: { request: { path: string; line: number }; response: null; progress: never };
  runCommand: { request: ReportPageCommand; response: null; progress: never };
}

/** Served by the page, called by the host. */
export interface ReportPage {
  show: { request: ReportView; response: null; progress: never };
  status: { request: ReportStatus; response: null; progress: never };
  /** Turns to one job, as from the tree; an id the report does not have turns to the overview. */
  selectJob: { request: string; response: null; progress: never };
}
