/** Which field of a record or column of a table tells what, by what people call them. */

/** What a field may be called; names are compared without case and separators. A number is the unit. */
const names = {
  status: ['status', 'outcome', 'result', 'state', 'backupstatus', 'jobstatus', 'runstatus'],
  success: ['success', 'succeeded', 'issuccess', 'successful', 'ok'],
  failed: ['failed', 'isfailed', 'buildfailed', 'isfailure', 'failure'],
  exitCode: ['exitcode', 'exitstatus', 'returncode', 'rc', 'retcode'],
  job: [
    'backupid',
    'jobid',
    'job',
    'jobname',
    'backupname',
    'backup',
    'backupjob',
    'plan',
    'planid',
    'policy',
    'task',
    'taskname',
    'name',
    'dataset',
  ],
  runId: ['runid', 'jobrunid', 'snapshotid', 'archiveid', 'executionid', 'uuid', 'id'],
  start: [
    'startedat',
    'starttime',
    'start',
    'started',
    'startdate',
    'begintime',
    'begin',
    'begunat',
    'backupstart',
    'startts',
    'starttimestamp',
    'timestamp',
    'datetime',
    'time',
    'date',
    'createdat',
    'runat',
    'ts',
  ],
  end: [
    'endedat',
    'endtime',
    'end',
    'ended',
    'enddate',
    'finishedat',
    'finishtime',
    'finished',
    'completedat',
    'completiontime',
    'stoppedat',
    'stoptime',
    'backupend',
  ],
  host: ['host', 'hostname', 'server', 'client', 'machine', 'node'],
  repository: ['repository', 'repo', 'destination', 'target', 'bucket', 'vault'],
  kind: ['backuptype', 'kind', 'type', 'level', 'backupkind'],
  error: ['error', 'errormessage', 'failurereason', 'reason', 'message', 'lasterror', 'details'],
  files: ['filecount', 'files', 'totalfiles', 'filesprocessed', 'numfiles', 'nfiles', 'jobfiles'],
  changedFiles: ['fileschanged', 'changedfiles', 'changedfilecount', 'filesnew', 'newfiles'],
  hourOfDay: ['hourofday', 'hour'],
  dayOfWeek: ['dayofweek', 'weekday', 'dow'],
  previousSuccessRate: ['previoussuccessrate', 'historicalsuccessrate', 'successrate'],
} as const;

const durationNames = new Map<string, number>([
  ...[
    'durationseconds',
    'durationsec',
    'durationsecs',
    'durations',
    'durationinseconds',
    'duration',
    'elapsedseconds',
    'elapsedsec',
    'elapsed',
    'elapsedtime',
    'runtimeseconds',
    'runtime',
    'totalduration',
    'tooksec',
    'seconds',
  ].map((name) => [name, 1000] as const),
  ...['durationms', 'durationmillis', 'durationmilliseconds', 'elapsedms', 'runtimems', 'tookms'].map(
    (name) => [name, 1] as const,
  ),
  ...['durationminutes', 'durationmin', 'durationmins', 'elapsedminutes', 'runtimeminutes'].map(
    (name) => [name, 60_000] as const,
  ),
  ...['durationhours', 'elapsedhours'].map((name) => [name, 3_600_000] as const),
]);
const sizeStems = [
  'size',
  'backupsize',
  'totalsize',
  'sourcesize',
  'processed',
  'totalprocessed',
  'datasize',
  'total',
  'originalsize',
];
const addedStems = [
  'added',
  'dataadded',
  'transferred',
  'written',
  'uploaded',
  'deduplicatedsize',
  'newdata',
  'compressedsize',
  'stored',
];
const repositoryStems = ['repositorysize', 'reposize', 'repository', 'storageused', 'used'];
const byteUnits: readonly (readonly [suffix: string, bytes: number])[] = [
  ['bytes', 1],
  ['b', 1],
  ['kb', 1e3],
  ['mb', 1e6],
  ['gb', 1e9],
  ['tb', 1e12],
  ['kib', 1024],
  ['mib', 1024 ** 2],
  ['gib', 1024 ** 3],
  ['tib', 1024 ** 4],
];

/** Every name of a field of bytes, in all its units: sizebytes, bytessize, sizegb, … */
function bytesNames(stems: readonly string[], alsoBare: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const stem of stems) {
    for (const [suffix, bytes] of byteUnits) found.set(stem + suffix, bytes);
    found.set(`bytes${stem}`, 1);
  }
  for (const name of alsoBare) found.set(name, 1);
  return found;
}
const sizeNames = bytesNames(sizeStems, [
  'size',
  'backupsize',
  'totalsize',
  'sourcesize',
  'bytes',
  'jobbytes',
  'originalsize',
]);
const addedNames = bytesNames(addedStems, ['dataadded', 'added', 'deduplicatedsize']);
const repositoryNames = bytesNames(repositoryStems, ['repositorysize', 'reposize']);

/** A key of an object, or a column of a table. */
export type Key = string | number;
/** A field that counts something, and what one of it is in bytes or milliseconds. */
export interface Measured {
  key: Key;
  unit: number;
}

/** Which field of a record, or column of a table, tells what. */
export type FieldMap = Record<keyof typeof names, Key | null> & {
  duration: Measured | null;
  size: Measured | null;
  added: Measured | null;
  repositorySize: Measured | null;
  /** Whether some name says that these are backups. */
  speaksOfBackups: boolean;
};

/** Fields of a record by key, or cells of a row by column. */
export type FieldSource = Readonly<Record<Key, unknown>>;

/** Finds the fields by their names; null when they do not tell of runs: an outcome, and what, when or how much. */
export function mapFields(keys: readonly (readonly [name: string, key: Key])[]): FieldMap | null {
  const byName = new Map<string, Key>();
  for (const [name, key] of keys) {
    const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
    if (plain !== '' && !byName.has(plain)) byName.set(plain, key);
  }
  const named = {} as Record<keyof typeof names, Key | null>;
  for (const field of Object.keys(names) as (keyof typeof names)[]) {
    const name = names[field].find((alias) => byName.has(alias));
    named[field] = name === undefined ? null : byName.get(name)!;
  }
  const measured = (units: Map<string, number>): Measured | null => {
    for (const [name, unit] of units) if (byName.has(name)) return { key: byName.get(name)!, unit };
    return null;
  };
  const map: FieldMap = {
    ...named,
    duration: measured(durationNames),
    size: measured(sizeNames),
    added: measured(addedNames),
    repositorySize: measured(repositoryNames),
    speaksOfBackups: [...byName.keys()].some((name) => name.includes('backup')),
  };
  const tellsOutcome = map.status !== null || map.success !== null || map.failed !== null || map.exitCode !== null;
  const took = map.duration ?? (map.start === null ? null : map.end);
  const facts = [map.start ?? map.end, took, map.size ?? map.added].filter((fact) => fact !== null).length;
  return tellsOutcome &&
    (facts >= 2 || (map.speaksOfBackups && facts >= 1) || (map.speaksOfBackups && map.job !== null))
    ? map
    : null;
}
