/** Logs that grow piece by piece give the jobs that joining and naming all runs anew gives. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { buildJob } from '../../../../src/backups/history/buildJob.ts';
import { GrowingHistory } from '../../../../src/backups/history/growingHistory.ts';
import type { JobHistory } from '../../../../src/backups/history/job.ts';
import { joinListed } from '../../../../src/backups/history/joinListed.ts';
import { joinById } from '../../../../src/backups/history/joinRuns.ts';
import { nameJobs } from '../../../../src/backups/history/nameJobs.ts';
import { createLogParser, type LogParser, type ParsedLog } from '../../../../src/backups/logs/parseLog.ts';
import type { BackupRun } from '../../../../src/backups/run.ts';
import { dayMs, seededNumbers, start } from '../prediction/invented.ts';

const root = path.resolve(import.meta.dirname, '../../../fixtures/logs');

interface Source {
  path: string;
  text: string;
}

interface Growing extends Source {
  parser: LogParser;
  /** Characters that the parser has taken. */
  taken: number;
}

/** A parser reads the beginning of a log again each time; only behind it do runs keep their objects. */
const beginning = `${'-'.repeat(40_000)}\n`;

function begin({ path, text }: Source): Growing {
  const parser = createLogParser({ path, zone: 'UTC', fileTimeMs: start + 400 * dayMs });
  parser.push(Buffer.from(beginning));
  return { path, text, parser, taken: 0 };
}

function grow(log: Growing, length: number): void {
  log.parser.push(Buffer.from(log.text.slice(log.taken, (log.taken += length))));
}

const snapshots = (logs: readonly Growing[]): ParsedLog[] => logs.map(({ parser }) => parser.snapshot());

/** The jobs by the rules for any logs, with nothing remembered and no short cut. */
function nameAll(logs: readonly ParsedLog[], now: number): JobHistory[] {
  const placed = joinListed(joinById(logs));
  nameJobs(placed);
  const byJob = new Map<string, BackupRun[]>();
  for (const { run } of placed) {
    const told = byJob.get(run.job);
    if (told) told.push(run);
    else byJob.set(run.job, [run]);
  }
  return [...byJob.keys()].sort().map((id) => buildJob(id, byJob.get(id)!, now).history);
}

/** Lets the logs grow in any order until they are told, and compares the jobs at each step. */
function assertSameAsAnew(sources: readonly Source[], next: () => number, what: string): void {
  const history = new GrowingHistory();
  let logs = sources.map(begin);
  let now = start;
  for (let step = 0; logs.some(({ taken, text }) => taken < text.length); step++) {
    const log = logs[Math.floor(next() * logs.length)]!;
    // Whole lines mostly, as tools write them; a few at a time, or most of what is there.
    const reach = log.taken + Math.ceil((next() < 0.3 ? next() : next() ** 4) * log.text.length);
    const end = next() < 0.8 ? log.text.indexOf('\n', reach) + 1 : reach;
    grow(log, (end > log.taken ? end : log.text.length) - log.taken);
    if (next() < 0.03) logs = logs.map((old) => (old === log ? begin(old) : old));
    else if (next() < 0.03) logs = logs.toReversed();
    now += next() * 20 * dayMs;
    const told = snapshots(logs);
    assert.deepEqual(history.tell(told, now), nameAll(told, now), `${what}, step ${step}`);
  }
}

/** Records of a few jobs with what makes their names uncertain; times go back now and then, or are missing. */
function inventRecords(next: () => number): string {
  const pick = <T>(...values: T[]): T => values[Math.floor(next() * values.length)]!;
  const jobs = pick(1, 3, 12);
  const named = pick(true, true, true, false);
  const serial = next() < 0.2;
  const known = next() < 0.4;
  const from = start + Math.floor(next() * 40) * dayMs;
  return Array.from({ length: 5 + Math.floor(next() * 60) }, (_, n) => {
    const at = from + Math.floor(n / jobs) * dayMs + (next() < 0.05 ? -3 * dayMs : 0);
    const name = serial ? `run-${n}` : `job-${n % jobs}`;
    const record = {
      ...(named && { backup_id: name }),
      ...(next() > 0.05 && { started_at: new Date(at).toISOString() }),
      ...(known && { run_id: `id-${Math.floor(next() * 40)}` }),
      status: pick('completed', 'completed', 'completed', 'failed', 'running'),
      duration_seconds: 60,
      size_bytes: 1e9 + n,
    };
    return `${JSON.stringify(record)}\n`;
  }).join('');
}

/** What a script around restic writes, with and without words that name the job. */
function inventScript(next: () => number): string {
  return Array.from({ length: 3 + Math.floor(next() * 12) }, (_, n) => {
    const stamp = new Date(start + n * dayMs).toISOString().slice(0, 19).replace('T', ' ');
    const id = Math.floor(next() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
    const end = [
      `snapshot ${id} saved\n${stamp} backup finished (exit code 0)`,
      `{"message_type":"summary","total_files_processed":3,"total_bytes_processed":100,"data_added":5,"total_duration":60,"snapshot_id":"${id.repeat(8)}"}`,
      'Fatal: wrong password or no key found',
      `${stamp} backup finished (exit code 1)`,
    ][Math.floor(next() * 4)]!;
    const repository = next() < 0.3 ? 'repository 1a2b3c4d opened\nopen repository rest:http://nas/mail\n' : '';
    return `${stamp} backup ${next() < 0.5 ? 'mail' : ''} started\n${repository}${end}\n`;
  }).join('');
}

test('records that grow in any order of pieces give the jobs that they give at once', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const next = seededNumbers(seed);
    const invented = Array.from({ length: 1 + Math.floor(next() * 3) }, (_, n) => ({
      path: ['a/backup.jsonl', 'b/backup.jsonl', 'a/other.log'][n]!,
      text: next() < 0.75 ? inventRecords(next) : inventScript(next),
    }));
    assertSameAsAnew(invented, next, `seed ${seed}`);
  }
});

for (const folder of fs.globSync('*/*/', { cwd: root }).sort()) {
  test(`what tools wrote gives the same piece by piece: ${folder}`, () => {
    const sources = fs
      .readdirSync(path.join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile() && !/expected\.json$|\.gz$/.test(entry.name))
      .map(({ name }) => ({ path: name, text: fs.readFileSync(path.join(root, folder, name), 'utf8') }));
    for (let seed = 1; seed <= 2; seed++) assertSameAsAnew(sources, seededNumbers(seed), `seed ${seed}`);
  });
}

const record = (job: string, more: object): string => `${JSON.stringify({ backup_id: job, status: 'ok', ...more })}\n`;
const onDay = (day: number): object => ({ started_at: new Date(start + day * dayMs).toISOString() });

test('one more run of a plain log leaves every run its object, and every other job its runs', () => {
  const log = begin({ path: 'r.jsonl', text: '' });
  for (let day = 0; day < 10; day++) log.parser.push(Buffer.from(record('a', onDay(day)) + record('b', onDay(day))));
  const history = new GrowingHistory();
  const before = history.tell(snapshots([log]), start);
  log.parser.push(Buffer.from(record('a', onDay(10))));
  const after = history.tell(snapshots([log]), start);
  assert.ok(before[0]!.runs.every((run, n) => run === after[0]!.runs[n]));
  assert.equal(after[0]!.runs.length, 11);
  assert.equal(after[1]!.runs, before[1]!.runs);
});

test('a run that comes in one log and is known from another joins it there', () => {
  const logs = ['a.jsonl', 'b.jsonl'].map((name) => begin({ path: name, text: '' }));
  const history = new GrowingHistory();
  logs[0]!.parser.push(Buffer.from(record('a', { run_id: 'x', ...onDay(0), size: 7 })));
  assert.equal(history.tell(snapshots(logs), start)[0]!.runs.length, 1);
  logs[1]!.parser.push(Buffer.from(record('a', { run_id: 'x', ...onDay(5), duration: 3 })));
  const [job] = history.tell(snapshots(logs), start);
  assert.deepEqual(
    job!.runs.map(({ sizeBytes, durationMs }) => [sizeBytes, durationMs]),
    [[7, 3000]],
  );
});

test('runs without a time stay in the order of the logs, whichever log grows', () => {
  const logs = ['a.jsonl', 'b.jsonl'].map((name) => begin({ path: name, text: '' }));
  const history = new GrowingHistory();
  logs[1]!.parser.push(Buffer.from(record('a', { size: 2 })));
  history.tell(snapshots(logs), start);
  logs[0]!.parser.push(Buffer.from(record('a', { size: 1 })));
  assert.deepEqual(
    history.tell(snapshots(logs), start)[0]!.runs.map(({ sizeBytes }) => sizeBytes),
    [1, 2],
  );
});
