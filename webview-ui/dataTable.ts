/** Tables of any length: the first rows at once, more on demand, so that 100,000 runs cost no more than a hundred. */
import { make, type Child } from './make.ts';
import type { Words } from './words.ts';

export interface TableColumn {
  label: string;
  /** Set to the right, in figures of equal width. */
  numeric?: boolean;
}

export interface TableContent {
  columns: TableColumn[];
  rowCount: number;
  cells: (row: number) => Child[];
}

export interface TableOptions {
  caption: string;
  /** Rows at first, and by how many it grows. */
  pageSize: number;
}

export function dataTable(content: TableContent, { caption, pageSize }: TableOptions, words: Words): HTMLElement {
  const { columns, rowCount, cells } = content;
  const head = columns.map(({ label, numeric }) => make('th', { scope: 'col', class: cellClass(numeric) }, label));
  const body = make('tbody');
  const more = make('button', { type: 'button', class: 'link', click: () => grow() });
  const grow = (): void => {
    const from = body.rows.length;
    const to = Math.min(rowCount, from + pageSize);
    for (let row = from; row < to; row++) {
      body.append(
        make('tr', {}, ...cells(row).map((cell, i) => make('td', { class: cellClass(columns[i]?.numeric) }, cell))),
      );
    }
    const left = rowCount - to;
    more.hidden = left <= 0;
    more.textContent = words.say('report.table.more', { rows: Math.min(left, pageSize), left });
  };
  grow();
  const table = make(
    'table',
    {},
    make('caption', { class: 'spoken' }, caption),
    make('thead', {}, make('tr', {}, ...head)),
    body,
  );
  // What scrolls must be reachable by keyboard: through a button within, else by itself.
  const tabindex = body.querySelector('button') ? null : 0;
  const scroller = make('div', { class: 'table-scroll', role: 'group', 'aria-label': caption, tabindex }, table);
  return make('div', { class: 'table-box' }, scroller, more);
}

const cellClass = (numeric: boolean | undefined): string | null => (numeric ? 'numeric' : null);

/** A value in words that also carries the plain number, in the unit of its source. */
export function dataValue(value: number | null, text: string): Child {
  return value === null ? text : make('data', { value }, text);
}
