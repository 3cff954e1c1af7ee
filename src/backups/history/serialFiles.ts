/** Files that are numbered, one for each run: `run-001.log`, `run-002.log`. */
import type { ParsedLog } from '../logs/parseLog.ts';
import { folderOf } from './nameJobs.ts';

/** With fewer files the numbers may as well be those of hosts. */
const fewestFiles = 8;
const shortestSpanMs = 3 * 86_400_000;
const numbered = /^(.*?)[-_. ]?(\d{1,6})$/;

/** Whether the names of these logs may be numbered for runs; what they tell is not looked at. */
export function mayBeSerial(logs: readonly Pick<ParsedLog, 'fileName'>[]): boolean {
  return logs.length >= fewestFiles && logs.filter(({ fileName }) => numbered.test(fileName)).length >= fewestFiles;
}

/**
 * The logs, where a number stands for a run without it in the file's name and in the names of jobs made of that. It
 * does so where files of one folder tell one run each (a few may tell none or two), the higher the number the later,
 * over three days or more. All other logs, such as those of numbered hosts, stay as they are.
 */
export function withoutSerials(logs: readonly ParsedLog[]): readonly ParsedLog[] {
  if (!mayBeSerial(logs)) return logs;
  const families = new Map<string, { log: ParsedLog; number: number }[]>();
  for (const log of logs) {
    const found = numbered.exec(log.fileName);
    if (!found) continue;
    const key = `${folderOf(log.path)}\n${found[1]!}`;
    const family = families.get(key);
    if (family) family.push({ log, number: Number(found[2]) });
    else families.set(key, [{ log, number: Number(found[2]) }]);
  }
  const renamed = new Map<ParsedLog, ParsedLog>();
  for (const [key, family] of families) {
    if (!isSerial(family)) continue;
    const stem = key.slice(key.indexOf('\n') + 1);
    for (const { log } of family) renamed.set(log, rename(log, stem));
  }
  return renamed.size === 0 ? logs : logs.map((log) => renamed.get(log) ?? log);
}

function isSerial(family: { log: ParsedLog; number: number }[]): boolean {
  if (family.length < fewestFiles) return false;
  family.sort((a, b) => a.number - b.number);
  let single = 0;
  let first = NaN;
  let last = -Infinity;
  for (const { log } of family) {
    if (log.runs.length > 2 || log.runs.some((run) => run.onlyInCatalog)) return false;
    if (log.runs.length < 2) single++;
    const at = log.runs[0]?.startedAt ?? null;
    if (at === null) continue;
    if (at < last) return false;
    if (Number.isNaN(first)) first = at;
    last = at;
  }
  return single >= 0.8 * family.length && last - first >= shortestSpanMs;
}

function rename(log: ParsedLog, stem: string): ParsedLog {
  const { fileName } = log;
  const renamed = (job: string): string => {
    const begin = job.length - fileName.length - 1;
    if (!job.endsWith(fileName) || !/[ :]/.test(job[begin] ?? '')) return job;
    return stem === '' ? job.slice(0, begin) : job.slice(0, begin + 1) + stem;
  };
  return {
    ...log,
    fileName: stem,
    runs: log.runs.map((run) => (run.job === renamed(run.job) ? run : { ...run, job: renamed(run.job) })),
    looseNames: new Map(
      [...log.looseNames].map(([loose, names]) => [renamed(loose), new Set([...names].map(renamed))]),
    ),
  };
}
