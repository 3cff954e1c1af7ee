/** Every fixture case against the truth that was written down when its tool ran, not read off its log. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { buildJobs } from '../../../../src/backups/history/buildJobs.ts';
import { createLogParser } from '../../../../src/backups/logs/parseLog.ts';
import type { BackupRun, FailureClass, Outcome } from '../../../../src/backups/run.ts';
import { readLog } from '../../../../src/files/readLog.ts';

const root = path.resolve(import.meta.dirname, '../../../fixtures/logs');

interface TrueRun {
  job: string;
  path: string;
  line: number;
  endLine: number;
  outcome: Outcome;
  outcomeAlso?: Outcome[];
  startedAt: string | null;
  durationSeconds: number | null;
  sizeBytes: number | null;
  addedBytes: number | null;
  fileCount: number | null;
  repositoryBytes?: number | null;
  runId: string | null;
  failureClass?: FailureClass;
  error?: string;
}

interface TrueCase {
  about: string;
  outcomes: string;
  zone: string;
  runs: TrueRun[];
}

const hourMs = 3_600_000;

const cases = fs
  .globSync('*/*/expected.json', { cwd: root })
  .map((found) => path.dirname(found))
  .sort();

test('there are fixtures', () => {
  assert.ok(cases.length > 0);
});

for (const name of cases) {
  const folder = path.join(root, name);
  const truth = JSON.parse(fs.readFileSync(path.join(folder, 'expected.json'), 'utf8')) as TrueCase;
  // An hour after the last run, so that what is told as running can be.
  const starts = truth.runs.flatMap(({ startedAt }) => (startedAt === null ? [] : [Date.parse(startedAt)]));
  const now = Math.max(Date.UTC(2026, 5, 1), ...starts) + hourMs;
  test(`${name}: ${truth.about}`, async () => {
    const files = fs.readdirSync(folder).filter((file) => file !== 'expected.json');
    const logs = [];
    for (const file of files) {
      const parser = createLogParser({ path: file, zone: truth.zone, fileTimeMs: now });
      for await (const { bytes } of readLog(path.join(folder, file))) parser.push(bytes);
      logs.push(parser.snapshot());
    }
    const jobs = buildJobs(logs, { now });
    const runs = jobs.flatMap((job) => job.runs);
    const asSeen = runs.map((run) => `${run.source.path}:${run.source.line} ${run.outcome} ${run.job}`).join('\n');
    assert.equal(runs.length, truth.runs.length, `every run once:\n${asSeen}`);
    if (runs.length > 0) {
      const completeness = jobs.some((job) => job.completeness === 'complete') ? 'complete' : 'successes-only';
      assert.equal(completeness, truth.outcomes);
    }
    const jobOf = new Map<string, BackupRun>();
    const unclaimed = new Set(runs);
    for (const expected of truth.runs) {
      const where = `${expected.path}:${expected.line}`;
      const run = [...unclaimed].find((candidate) => standsAt(candidate, expected));
      assert.ok(run, `${where} is found:\n${asSeen}`);
      unclaimed.delete(run);
      compare(run, expected, where);
      const job = jobOf.get(expected.job) ?? run;
      jobOf.set(expected.job, job);
      // Where the lines tell that this night went to another repository, it is another job.
      if (run.repository === job.repository) assert.equal(run.job, job.job, `${where}: one job, one name`);
    }
    assert.equal(
      new Set([...jobOf.values()].map((run) => run.job)).size,
      jobOf.size,
      'different jobs have different names',
    );
  });
}

function standsAt(run: BackupRun, expected: TrueRun): boolean {
  const places = [run.source, ...run.alsoIn];
  const sameId = expected.runId === null || run.runId === null || run.runId.startsWith(expected.runId);
  return (
    sameId &&
    places.some(({ path: file, line }) => file === expected.path && line >= expected.line && line <= expected.endLine)
  );
}

function compare(run: BackupRun, expected: TrueRun, where: string): void {
  assert.ok(
    [expected.outcome, ...(expected.outcomeAlso ?? [])].includes(run.outcome),
    `${where}: ${run.outcome} is ${expected.outcome}`,
  );
  assert.ok(
    run.source.endLine <= expected.endLine,
    `${where}: ends by line ${expected.endLine}, not ${run.source.endLine}`,
  );
  // The time of the file is a stand-in where the log tells none.
  if (run.startedAtFrom !== 'fileTime') {
    const startedAt = expected.startedAt === null ? null : Date.parse(expected.startedAt);
    assert.equal(run.startedAt === null, startedAt === null, `${where}: start ${run.startedAt}`);
    near(run.startedAt, startedAt, 1999, `${where}: start`);
  }
  // Printed sizes are rounded to a thousandth of their unit, durations to a second.
  near(run.durationMs === null ? null : run.durationMs / 1000, expected.durationSeconds, 1, `${where}: seconds`);
  near(run.sizeBytes, expected.sizeBytes, (expected.sizeBytes ?? 0) * 0.01 + 6, `${where}: size`);
  near(run.addedBytes, expected.addedBytes, (expected.addedBytes ?? 0) * 0.005 + 6, `${where}: added`);
  if (expected.fileCount !== null) assert.equal(run.fileCount, expected.fileCount, `${where}: files`);
  if (typeof expected.repositoryBytes === 'number')
    near(run.repositoryBytes, expected.repositoryBytes, expected.repositoryBytes * 0.005 + 6, `${where}: repository`);
  if (expected.runId !== null)
    assert.ok(run.runId?.startsWith(expected.runId), `${where}: id ${run.runId} is ${expected.runId}`);
  if (expected.failureClass !== undefined)
    assert.equal(run.failureClass, expected.failureClass, `${where}: ${run.error}`);
  if (expected.error !== undefined)
    assert.ok(tells(run.error ?? '', expected.error), `${where}: "${run.error}" tells "${expected.error}"`);
}

/** Unknown in the truth means that the log does not tell: then anything it was reckoned from will do. */
function near(value: number | null, expected: number | null, tolerance: number, what: string): void {
  if (expected === null) return;
  assert.ok(value !== null && Math.abs(value - expected) <= tolerance, `${what}: ${value} is about ${expected}`);
}

/** Whether all words of the reason occur in the error, in order: tools put more between them from version to version. */
function tells(error: string, reason: string): boolean {
  const words = error.split(/\s+/);
  let at = 0;
  return reason.split(/\s+/).every((word) => {
    while (at < words.length && !words[at]!.includes(word)) at++;
    return at++ < words.length;
  });
}
