/** What the user looks at: kept over hide and reload through VS Code's webview state. Data is never in it. */

export type SortColumn = 'job' | 'risk' | 'lastRun' | 'nextRun' | 'findings' | 'full';
export const sortColumns: readonly SortColumn[] = ['job', 'risk', 'lastRun', 'nextRun', 'findings', 'full'];

/** How far back the charts of a job reach. */
export type TimeRange = 'all' | 'year' | 'quarter' | 'month';
export const timeRanges: readonly TimeRange[] = ['all', 'year', 'quarter', 'month'];

/** A run that is only thought of. */
export interface WhatIfChoice {
  job: string;
  /** 0 (Monday) to 6 (Sunday); null, as for the hour: as expected. */
  weekday: number | null;
  /** 0 to 23. */
  hour: number | null;
  /** Steps of the slider from the usual, −20 to 20. */
  size: number;
  duration: number;
}

export const asExpected: Omit<WhatIfChoice, 'job'> = { weekday: null, hour: null, size: 0, duration: 0 };

export interface ViewState {
  /** Null until the user has chosen: then the job with the highest risk is shown. */
  job: string | null;
  sort: { column: SortColumn; descending: boolean };
  allJobs: boolean;
  range: TimeRange;
  /** What is tried of the job's next run; null while nothing is. */
  whatIf: WhatIfChoice | null;
  /** Ids of the charts whose table is open. */
  openTables: string[];
  scrollY: number;
}

const initial: ViewState = {
  job: null,
  sort: { column: 'risk', descending: true },
  allJobs: false,
  range: 'all',
  whatIf: null,
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
    whatIf: readWhatIf(from['whatIf']),
    openTables: tables.filter((id) => typeof id === 'string'),
    scrollY: typeof scrollY === 'number' && scrollY > 0 ? scrollY : initial.scrollY,
  };
}

function readWhatIf(saved: unknown): WhatIfChoice | null {
  if (!isRecord(saved) || typeof saved['job'] !== 'string') return null;
  const whole = (name: string, low: number, high: number): number | null => {
    const value = saved[name];
    return typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high ? value : null;
  };
  return {
    job: saved['job'],
    weekday: whole('weekday', 0, 6),
    hour: whole('hour', 0, 23),
    size: whole('size', -20, 20) ?? 0,
    duration: whole('duration', -20, 20) ?? 0,
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
