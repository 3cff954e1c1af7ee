/** Gives every run its job: the same backup has one name, however many logs tell of it. */
import { jobOfFile } from '../logs/jobName.ts';
import type { ParsedLog } from '../logs/parseLog.ts';
import type { BackupRun } from '../run.ts';
import type { PlacedRun } from './joinRuns.ts';

/**
 * Settles the jobs of runs, in place.
 *
 * 1. A run that also stands in a catalog takes the catalog's name, which tells host and paths.
 * 2. A run whose lines say little (failures mostly: the tool died before it named anything) has a loose name, of the
 *    script's words or the file. Where runs with the same loose name turned out to belong to one job, so does this one;
 *    where they belong to several, it is the one whose turn it was.
 * 3. Files of the same name in different folders are different jobs where nothing but the file's name tells them apart.
 * 4. Generic records whose ids are all different carry ids of runs; the job is what their ids have in common.
 */
export function nameJobs(placed: PlacedRun[]): void {
  retoolScripts(placed);
  takeFullNames(placed);
  splitByFolder(placed);
  joinSerialIds(placed);
}

/** A run that its script alone tells of, in a log of one tool, was that tool's. */
function retoolScripts(placed: PlacedRun[]): void {
  const scripts = placed.filter(({ run }) => run.tool === 'script');
  if (scripts.length === 0) return;
  const toolsOf = new Map<string, Set<string>>();
  for (const { run, log } of placed) {
    if (run.tool === 'script' || run.onlyInCatalog) continue;
    const tools = toolsOf.get(familyOf(log));
    if (tools) tools.add(run.tool);
    else toolsOf.set(familyOf(log), new Set([run.tool]));
  }
  for (const entry of scripts) {
    const tools = [...(toolsOf.get(familyOf(entry.log)) ?? [])];
    if (tools.length !== 1) continue;
    const tool = tools[0]!;
    entry.run = { ...entry.run, tool, job: entry.run.job.replace(/^script(?= |$)/, tool) };
  }
}

function takeFullNames(placed: PlacedRun[]): void {
  const fullNames = collectFullNames(placed);
  if (fullNames.size === 0) return;
  const turns = new Map<string, Turns>();
  for (const entry of placed) {
    const family = familyOf(entry.log);
    let turn = turns.get(family);
    if (!turn) turns.set(family, (turn = new Turns()));
    const { run, catalogJob } = entry;
    const candidates = fullNames.get(nameKey(entry));
    if (catalogJob !== null) rename(entry, catalogJob);
    else if (candidates?.size === 1) rename(entry, [...candidates][0]!);
    else if (candidates) turn.wait(entry, candidates);
    if (
      !run.onlyInCatalog &&
      (catalogJob !== null || candidates?.size !== undefined ? entry.run.job !== run.job : true)
    )
      turn.take(entry.run.job);
  }
  for (const turn of turns.values()) turn.settle();
}

/** For each name that is not the last word, the names it stands for. */
function collectFullNames(placed: readonly PlacedRun[]): Map<string, Set<string>> {
  const fullNames = new Map<string, Set<string>>();
  const note = (key: string, full: string): void => {
    const known = fullNames.get(key);
    if (known) known.add(full);
    else fullNames.set(key, new Set([full]));
  };
  for (const log of new Set(placed.map((entry) => entry.log))) {
    for (const [loose, names] of log.looseNames)
      for (const full of names) if (full !== loose) note(keyIn(log, loose), full);
  }
  for (const entry of placed) {
    const { run, catalogJob } = entry;
    if (catalogJob !== null && !run.onlyInCatalog && run.job !== catalogJob) note(nameKey(entry), catalogJob);
  }
  // What a catalog calls a full name takes its place.
  for (const names of fullNames.values()) {
    for (const name of [...names]) {
      const better = fullNames.get(name);
      if (!better || better === names) continue;
      names.delete(name);
      for (const full of better) names.add(full);
    }
  }
  return fullNames;
}

function nameKey({ run, log }: PlacedRun): string {
  return keyIn(log, run.job);
}

/** A name that is the file's own holds for that file and its rotated siblings only. */
function keyIn(log: ParsedLog, job: string): string {
  const isFileName = log.fileName === '' ? !job.includes(' ') : job.endsWith(` ${log.fileName}`);
  return isFileName ? `${job}\n${familyOf(log)}` : job;
}

/** Which job comes after which in one family of files, and the runs that wait to be told apart by it. */
class Turns {
  readonly #counts = new Map<string, Map<string, number>>();
  readonly #waiting: { entry: PlacedRun; after: string | null; candidates: ReadonlySet<string> }[] = [];
  #before: string | null = null;

  take(job: string): void {
    if (this.#before !== null) {
      const next = this.#counts.get(this.#before) ?? new Map<string, number>();
      next.set(job, (next.get(job) ?? 0) + 1);
      this.#counts.set(this.#before, next);
    }
    this.#before = job;
  }

  wait(entry: PlacedRun, candidates: ReadonlySet<string>): void {
    this.#waiting.push({ entry, after: this.#before, candidates });
    this.#before = null;
  }

  settle(): void {
    let lastSettled: PlacedRun | null = null;
    for (const { entry, after, candidates } of this.#waiting) {
      const counts = this.#counts.get(after ?? lastSettled?.run.job ?? '');
      let best: string | null = null;
      for (const name of candidates)
        if (best === null || (counts?.get(name) ?? 0) > (counts?.get(best) ?? 0)) best = name;
      if (best !== null) rename(entry, best);
      lastSettled = entry;
    }
  }
}

function splitByFolder(placed: PlacedRun[]): void {
  if (new Set(placed.map(({ log }) => log)).size < 2) return;
  const folders = new Map<string, Set<string>>();
  for (const entry of placed) {
    if (!isNamedByFile(entry.run, entry.log)) continue;
    const known = folders.get(entry.run.job);
    if (known) known.add(folderOf(entry.log.path));
    else folders.set(entry.run.job, new Set([folderOf(entry.log.path)]));
  }
  for (const entry of placed) {
    if (!isNamedByFile(entry.run, entry.log) || folders.get(entry.run.job)!.size < 2) continue;
    const folder = folderOf(entry.log.path);
    const names = [folder.slice(folder.lastIndexOf('/') + 1), entry.log.fileName];
    rename(entry, jobOfFile(entry.run.tool, names.filter((name) => name !== '').join('/')));
  }
}

/** Whether nothing but the file tells the run's job. */
export function isNamedByFile({ job, tool }: BackupRun, { fileName }: ParsedLog): boolean {
  // The lengths first: this is asked of every run, and spares making its name.
  const length = fileName === '' ? tool.length : tool.length + 1 + fileName.length;
  return job.length === length && job === jobOfFile(tool, fileName);
}

function familyOf(log: ParsedLog): string {
  return `${folderOf(log.path)}\n${log.fileName}`;
}

const year = String.raw`(?:19|20)\d{2}`;
const day = '(?:0[1-9]|[12]\\d|3[01])';
/** `/2026`, `/2026/01`, `/2026-01`, `/2026/01/05`, `/2026-01-05`, `/20260105`. */
const dateFolder = new RegExp(`(?:^|/)${year}(?:[-_/]?(?:0[1-9]|1[0-2])(?:[-_/]?${day})?)?$`);

/** The folder of a log; logs in folders of their own for rotated ones, years, months or days count as staying. */
export function folderOf(path: string): string {
  const folder = path.replaceAll('\\', '/').replace(/\/?[^/]*$/, '');
  return folder.replace(/(?:^|\/)(?:old|archive|archived|rotated)$/, '').replace(dateFolder, '');
}

function joinSerialIds(placed: PlacedRun[]): void {
  const files: { path: string; runs: number; jobs: Set<string> }[] = [];
  for (const { run } of placed) {
    if (run.tool !== 'generic') continue;
    const { path } = run.source;
    let file = files.at(-1);
    if (file?.path !== path) file = files.find((known) => known.path === path);
    if (!file) files.push((file = { path, runs: 0, jobs: new Set() }));
    file.runs++;
    file.jobs.add(run.job);
  }
  const serial = new Set(files.filter(({ runs, jobs }) => areSerial(runs, jobs.size)).map(({ path }) => path));
  if (serial.size === 0) return;
  for (const entry of placed) {
    const { run, log } = entry;
    if (run.tool !== 'generic' || !serial.has(run.source.path)) continue;
    const stem = run.job.replace(/[-_.:# ]?(?:[0-9a-f-]{16,64}|\d+)$/i, '');
    entry.run = { ...run, runId: run.runId ?? run.job, job: stem === '' ? jobOfFile('generic', log.fileName) : stem };
  }
}

/** Whether what should be jobs' names in a file of generic records are ids of runs: nearly every run has one of its own. */
export function areSerial(runs: number, names: number): boolean {
  return runs >= 8 && names >= 0.9 * runs;
}

function rename(entry: PlacedRun, job: string): void {
  if (entry.run.job !== job) entry.run = { ...entry.run, job };
}
