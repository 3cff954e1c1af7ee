/** What the user looks at: kept over hide and reload through VS Code's webview state. Data is never in it. */

export type SortColumn = 'job' | 'risk' | 'lastRun' | 'nextRun' | 'findings' | 'full';
export const sortColumns: readonly SortColumn[] = ['job', 'risk', 'lastRun', 'nextRun', 'findings', 'full'];

/** How far back the charts of a job reach. */
export type TimeRange = 'all' | 'year' | 'quarter' | 'month';
export const timeRanges: readonly TimeRange[] = ['all', 'year', 'quarter', 'month'];

export interface ViewState {
  /** Null until the user has chosen: then the job with the highest risk is shown. */
  job: string | null;
  sort: { column: SortColumn; descending: boolean };
  allJobs: boolean;
  range: TimeRange;
  /** Ids of the charts whose table is open. */
  openTables: string[];
  scrollY: number;
}

const initial: ViewState = {
  job: null,
  sort: { column: 'risk', descending: true },
  allJobs: false,
  range: 'all',
  openTables: [],
  scrollY: 0,
};

/**
 * The state in what an earlier page (maybe of another version) saved; whatever is not of the right kind starts anew.
 *
 * @example readViewState({ job: 'etc', range: 'century' }) //=> { job: 'etc', range: 'all', … }
 */
export function readViewState(saved: unknown): ViewState {
  const from = isRecord(saved) ? saved : {};
  const sort = isRecord(from['sort']) ? from['sort'] : {};
  const column = sortColumns.find((name) => name === sort['column']);
  const tables: unknown[] = Array.isArray(from['openTables']) ? from['openTables'] : [];
  const { job, scrollY } = from;
  return {
    job: typeof job === 'string' ? job : initial.job,
    sort: column ? { column, descending: sort['descending'] === true } : initial.sort,
    allJobs: from['allJobs'] === true,
    range: timeRanges.find((name) => name === from['range']) ?? initial.range,
    openTables: tables.filter((id) => typeof id === 'string'),
    scrollY: typeof scrollY === 'number' && scrollY > 0 ? scrollY : initial.scrollY,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** What `acquireVsCodeApi` gives, as far as the state needs it. */
export interface StateStorage {
  getState: () => unknown;
  setState: (state: unknown) => unknown;
}

export interface ViewStateStore {
  get: () => ViewState;
  update: (change: Partial<ViewState>) => void;
}

/** Reads the state once and writes every change through. */
export function openViewState(storage: StateStorage): ViewStateStore {
  let state = readViewState(storage.getState());
  return {
    get: () => state,
    update: (change) => {
      state = { ...state, ...change };
      storage.setState(state);
    },
  };
}
