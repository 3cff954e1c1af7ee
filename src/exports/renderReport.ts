/** The report as one text: HTML that needs nothing else, JSON, or Markdown. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { RiskReport } from '../backups/report.ts';
import type { ReportFormat } from '../protocol/reportFile.ts';
import { reportOverview } from '../protocol/reportOverview.ts';
import type { Analysis } from '../worker/analysis.ts';
import { formatMessage, type Wording } from '../wording/format.ts';
import { message } from '../wording/message.ts';
import { provenanceOf } from './provenance.ts';
import { reportDocument } from './reportDocument.ts';
import { reportJson } from './reportJson.ts';
import { reportMarkdown } from './reportMarkdown.ts';

export interface RenderOptions {
  format: ReportFormat;
  wording: Wording;
  /** Probability above which the advice is to wait, 0 to 1. */
  maxRisk: number;
  /** Of Backup Foresight. */
  version: string;
  /** The folder of the built page: report.js and report.css. */
  pageFolder: string;
}

/** Runs of a job in an HTML file: more than its charts have pixels, few enough for a file that can be sent. */
const mostRuns = 2000;

/** `report` is the last one that the analysis has made. Rejects when the page's files cannot be read. */
export async function renderReport(
  report: RiskReport,
  analysis: Pick<Analysis, 'jobs' | 'series'>,
  { format, wording, maxRisk, version, pageFolder }: RenderOptions,
): Promise<string> {
  const provenance = provenanceOf(analysis.jobs(), version);
  const said = formatMessage(message('report.provenance', { ...provenance }), wording);
  switch (format) {
    case 'json':
      return `${JSON.stringify({ ...reportJson(report, wording), provenance: { ...provenance, zone: wording.zone, maxRisk } }, null, 2)}\n`;
    case 'markdown':
      return reportMarkdown(report, said, wording);
    case 'html': {
      const read = (name: string): Promise<string> => readFile(path.join(pageFolder, name), 'utf8');
      const [script, style] = await Promise.all([read('report.js'), read('report.css')]);
      const view = { wording, maxRisk, report: reportOverview(report) };
      const jobs = report.jobs.map((job) => ({
        report: job,
        series: analysis.series({ job: job.id, maxPoints: mostRuns }),
      }));
      return reportDocument({ script, style, data: { view, jobs, provenance: said } });
    }
  }
}
