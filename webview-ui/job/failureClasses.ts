import type { JobReport } from '../../src/backups/report.ts';
import { dataTable, dataValue } from '../dataTable.ts';
import type { PageContext } from '../pageContext.ts';

/** What made runs fail, most frequent first, and what helps against each; null when none failed. */
export function failureClasses({ failureClasses: classes }: JobReport, { words }: PageContext): HTMLElement | null {
  if (classes.length === 0) return null;
  const columns = [
    { label: words.say('report.column.cause'), plain: true },
    { label: words.say('report.column.runs'), numeric: true },
    { label: words.say('report.column.action'), plain: true, long: true },
  ];
  const cells = (row: number) => {
    const { failureClass, runs, action } = classes[row]!;
    return [words.say(`report.cause.${failureClass}`), dataValue(runs, words.number(runs)), words.tell(action)];
  };
  const options = { caption: words.say('report.failures'), pageSize: 10, stacks: true };
  return dataTable({ columns, rowCount: classes.length, cells }, options, words);
}
