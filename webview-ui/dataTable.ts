/** Tables of any length: the first rows at once, more on demand, so that 100,000 runs cost no more than a hundred. */
import { make, type Child } from './make.ts';
import type { Words } from './words.ts';

export interface TableColumn {
  label: string;
  /** Set to the right, in figures of equal width. */
  numeric?: boolean;
  /** Speaks for itself: where rows stand as blocks of their own, its heading is not said again. */
  plain?: boolean;
  /** Gets a line of its own there. */
  long?: boolean;
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
  /** Whether each row becomes a small block of its own where the page is narrow. */
  stacks?: boolean;
}

export function dataTable(
  content: TableContent,
  { caption, pageSize, stacks = false }: TableOptions,
  words: Words,
): HTMLElement {
  const { columns, rowCount, cells } = content;
  // Roles are said again because the narrow layout takes the table display away, and with it the browser's own.
  const role = (name: string): string | null => (stacks ? name : null);
  const head = columns.map((column) =>
    make('th', { scope: 'col', role: role('columnheader'), class: cellClass(column) }, column.label),
  );
  const body = make('tbody', { role: role('rowgroup') });
  const rowOf = (row: number): HTMLElement =>
    make(
      'tr',
      { role: role('row') },
      ...cells(row).map((cell, i) => {
        const column = columns[i]!;
        const label = stacks && column.plain !== true ? column.label : null;
        return make('td', { role: role('cell'), class: cellClass(column), 'data-label': label }, cell);
      }),
    );
  const more = make('button', { type: 'button', class: 'link', click: () => grow() });
  const grow = (): void => {
    const from = body.rows.length;
    const to = Math.min(rowCount, from + pageSize);
    for (let row = from; row < to; row++) body.append(rowOf(row));
    const left = rowCount - to;
    more.hidden = left <= 0;
    more.textContent = words.say('report.table.more', { rows: Math.min(left, pageSize), left });
  };
  grow();
  const table = make(
    'table',
    { role: role('table'), class: stacks ? 'stacks' : null },
    make('caption', { class: 'spoken' }, caption),
    make('thead', { role: role('rowgroup') }, make('tr', { role: role('row') }, ...head)),
    body,
  );
  // What scrolls must be reachable by keyboard: through a button within, else by itself.
  const tabindex = body.querySelector('button') ? null : 0;
  const scroller = make('div', { class: 'table-scroll', role: 'group', 'aria-label': caption, tabindex }, table);
  return make('div', { class: 'table-box' }, scroller, more);
}

function cellClass({ numeric = false, long = false }: TableColumn): string | null {
  return [numeric && 'numeric', long && 'long'].filter((name) => name !== false).join(' ') || null;
}

/** A value in words that also carries the plain number, in the unit of its source. */
export function dataValue(value: number | null, text: string): Child {
  return value === null ? text : make('data', { value }, text);
}
