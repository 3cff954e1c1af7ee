import type { Anomaly } from '../../src/backups/report.ts';
import { dataTable } from '../dataTable.ts';
import { marked, severityMark } from '../marks.ts';
import type { PageContext } from '../pageContext.ts';
import { sourceLink } from '../sourceLink.ts';

/** What was unusual, newest first; null when nothing was. */
export function findingsList(anomalies: readonly Anomaly[], context: PageContext): HTMLElement | null {
  const { words } = context;
  const found = anomalies
    .filter(({ isAnomaly }) => isAnomaly)
    .toSorted((a, b) => (b.startedAt ?? -Infinity) - (a.startedAt ?? -Infinity));
  if (found.length === 0) return null;
  const columns = [
    { label: words.say('report.column.started'), plain: true },
    { label: words.say('report.column.severity'), plain: true },
    { label: words.say('report.column.finding'), plain: true, long: true },
  ];
  const cells = (row: number) => {
    const { startedAt, severity, message, source } = found[row]!;
    return [
      sourceLink(words.time(startedAt), source, context),
      marked(severityMark(severity), words.say(`report.severity.${severity}`)),
      words.tell(message),
    ];
  };
  return dataTable(
    { columns, rowCount: found.length, cells },
    { caption: words.say('report.findings'), pageSize: 4, stacks: true },
    words,
  );
}
