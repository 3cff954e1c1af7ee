import type { SourceReport } from '../src/backups/report.ts';
import { dataTable, dataValue } from './dataTable.ts';
import { make, type Child } from './make.ts';
import { mark, marked } from './marks.ts';
import type { PageContext } from './pageContext.ts';
import { fileName, sourceLink } from './sourceLink.ts';

/** The files that were read, and what in them was not understood. */
export function sourcesTable(sources: readonly SourceReport[], context: PageContext): HTMLElement {
  const { words } = context;
  const columns = [
    { label: words.say('report.column.file'), plain: true, long: true },
    { label: words.say('report.column.format'), plain: true },
    { label: words.say('report.column.runs'), numeric: true },
    { label: words.say('report.column.skippedLines'), numeric: true },
    { label: words.say('report.column.tellsOf') },
  ];
  const cells = (row: number): Child[] => {
    const { path, format, runs, skippedLines, firstSkippedLine, outcomes, error } = sources[row]!;
    const skipped = dataValue(skippedLines, words.number(skippedLines));
    return [
      sourceLink(fileName(path), { path, line: 1 }, context),
      format,
      dataValue(runs, words.number(runs)),
      firstSkippedLine === null ? skipped : sourceLink(skipped, { path, line: firstSkippedLine }, context),
      error ? marked(mark('triangle', 'caution'), words.tell(error)) : words.say(`report.completeness.${outcomes}`),
    ];
  };
  return make(
    'section',
    { class: 'sources', 'aria-labelledby': 'sources-heading' },
    make('h2', { id: 'sources-heading' }, words.say('report.sources')),
    dataTable(
      { columns, rowCount: sources.length, cells },
      { caption: words.say('report.sources'), pageSize: 20, stacks: true },
      words,
    ),
  );
}
