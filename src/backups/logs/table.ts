/** Tables of runs: CSV, TSV and their relatives with semicolons or pipes, also as databases print them, with names in the first row. */
import { mapFields, type FieldMap } from './fieldMap.ts';
import { addRecord } from './generic.ts';
import { renameColumns } from './mappedReader.ts';
import type { RunAssembler } from './runAssembler.ts';

/** A table that is being read. Never changed in place: the assembler hands it to its fork. */
export interface Table {
  readonly separator: string;
  readonly columns: number;
  readonly map: FieldMap;
  /** The rows so far of a cell that goes over several lines. */
  readonly unended: string | null;
  readonly unendedLine: number;
}

const separators = [',', '\t', ';', '|'];
const outcomeName = /status|outcome|result|state|success|failed|exit|code|\brc\b/i;
const longestHeader = 4000;
const longestRow = 200_000;
/** Lines that a quoted cell may go over. */
const longestCell = 50;

/** `read`: a header or a row, good or bad. `misfit`: stands among rows and is none, unless another reader knows it. */
export type TableVerdict = 'read' | 'misfit' | 'none';

/**
 * Reads the line if it is a table's header, or a row of the table that is open. A row whose cells tell no outcome is
 * counted as skipped.
 */
export function readTableLine(raw: string, log: RunAssembler): TableVerdict {
  const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
  const { table } = log;
  if (table === null) return openTable(line, log) ? 'read' : 'none';
  if (table.unended !== null && splitRow(line, table.separator)?.length === table.columns) {
    // A whole row of its own: the quote before it was never closed, and only its row is lost.
    log.skip(table.unendedLine, log.line - 1);
    const next = { ...table, unended: null };
    log.table = next;
    return readRow(line, log.line, next, log);
  }
  if (table.unended !== null) return readRow(`${table.unended}\n${line}`, table.unendedLine, table, log);
  if (line === '' || ruler.test(line) || (!/\d/.test(line) && openTable(line, log))) return 'read';
  return readRow(line, log.line, table, log);
}

/** Between the header and the rows, and around them, where a database or a console prints a table. */
const ruler = /^[ |+:=-]{3,4000}$/;

function openTable(line: string, log: RunAssembler): boolean {
  if (line.length > longestHeader || (!outcomeName.test(line) && log.mapping === null)) return false;
  for (const separator of separators) {
    if (!line.includes(separator)) continue;
    const cells = splitRow(line, separator);
    if (cells === null || cells.length < 3) continue;
    // A header holds names: no cell of it is a number, and all are told apart.
    const headed = cells.map((cell) => cell.trim().replace(/^\ufeff/, ''));
    if (headed.some((cell) => /^[-\d.:]+$/.test(cell) || cell.length > 60) || new Set(headed).size < headed.length)
      continue;
    const map = mapFields(renameColumns(headed, log.mapping).map((cell, column) => [cell, column]));
    if (!map) continue;
    log.table = { separator, columns: cells.length, map, unended: null, unendedLine: 0 };
    return true;
  }
  return false;
}

function readRow(text: string, firstLine: number, table: Table, log: RunAssembler): TableVerdict {
  const cells = splitRow(text, table.separator);
  if (cells === null) {
    const continues = text.length < longestRow && log.line - firstLine < longestCell;
    log.table = { ...table, unended: continues ? text : null, unendedLine: firstLine };
    if (!continues) log.skip(firstLine, log.line);
    return 'read';
  }
  if (table.unended !== null) log.table = { ...table, unended: null };
  if (cells.length !== table.columns && table.unended === null) return 'misfit';
  const { line } = log;
  log.line = firstLine;
  if (cells.length !== table.columns || !addRecord(cells as unknown as Record<number, string>, table.map, log))
    log.skip(firstLine, line);
  log.line = line;
  return 'read';
}

/** The cells of a row; null when a quoted cell has not ended. */
function splitRow(line: string, separator: string): string[] | null {
  if (separator === '|' && !line.includes('"')) return splitPrinted(line);
  if (!line.includes('"')) return line.split(separator);
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (line[at] !== '"') {
      const end = line.indexOf(separator, at);
      cells.push(end < 0 ? line.slice(at) : line.slice(at, end));
      if (end < 0) return cells;
      at = end + 1;
      continue;
    }
    let cell = '';
    for (at++; ;) {
      const end = line.indexOf('"', at);
      if (end < 0) return null;
      cell += line.slice(at, end);
      at = end + 1;
      if (line[at] !== '"') break;
      cell += '"';
      at++;
    }
    const end = line.indexOf(separator, at);
    cells.push(cell + (end < 0 ? line.slice(at) : line.slice(at, end)));
    if (end < 0) return cells;
    at = end + 1;
  }
}

/** A row with blanks around its cells, and perhaps bars around it: `| 42 | tea | T |`. */
function splitPrinted(line: string): string[] {
  const bare = line.trim();
  const inner = bare.startsWith('|') && bare.endsWith('|') && bare.length > 1 ? bare.slice(1, -1) : line;
  return inner.split('|').map((cell) => cell.trim());
}
