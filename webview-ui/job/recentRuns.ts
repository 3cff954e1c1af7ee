import type { JobReport } from '../../src/backups/report.ts';
import { dataTable } from '../dataTable.ts';
import { marked, outcomeMark } from '../marks.ts';
import type { PageContext } from '../pageContext.ts';
import { sourceLink } from '../sourceLink.ts';

/** The newest runs, each with a way to its log line. */
export function recentRuns({ recentRuns: runs }: JobReport, context: PageContext): HTMLElement {
  const { words } = context;
  const columns = [
    { label: words.say('report.column.started'), plain: true },
    { label: words.say('report.column.outcome'), plain: true },
    { label: words.say('report.chart.duration'), numeric: true },
    { label: words.say('report.chart.size'), numeric: true },
    { label: words.say('report.chart.added'), numeric: true },
    { label: words.say('report.column.error'), plain: true, long: true },
  ];
  const cells = (row: number) => {
    const run = runs[row]!;
    return [
      sourceLink(words.time(run.startedAt), run.source, context),
      marked(outcomeMark(run.outcome), words.say(`report.outcome.${run.outcome}`)),
      words.duration(run.durationMs),
      words.bytes(run.sizeBytes),
      words.bytes(run.addedBytes),
      run.error ?? '',
    ];
  };
  return dataTable(
    { columns, rowCount: runs.length, cells },
    { caption: words.say('report.recentRuns'), pageSize: 10, stacks: true },
    words,
  );
}
