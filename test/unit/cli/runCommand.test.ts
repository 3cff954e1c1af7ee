import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { captureCommand, type Captured } from './captureCommand.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'cli-'));
after(() => rm(folder, { recursive: true, force: true }));

const run = (...args: string[]): Promise<Captured> => captureCommand(args);

/** A nightly job's records, oldest first; `failed` tells which days failed. */
async function writeJob(name: string, days: number, failed: (day: number) => boolean): Promise<string> {
  const file = path.join(folder, `${name}.jsonl`);
  const lines = Array.from({ length: days }, (_, day) =>
    JSON.stringify({
      backup_id: name,
      started_at: new Date(Date.UTC(2026, 10, 24, 2) - (days - 1 - day) * 86_400_000).toISOString(),
      status: failed(day) ? 'failed' : 'completed',
      duration_seconds: 600 + (day % 7),
      size_bytes: 5e9 + day * 1e7,
    }),
  );
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

const steady = await writeJob('steady', 120, (day) => day === 40);
const failing = await writeJob('failing', 120, (day) => day > 100);

test('analyze --json keeps to the documented shape', async () => {
  const { code, out, err } = await run('analyze', steady, failing, '--json', '--zone', 'UTC', '--capacity', '10TB');
  assert.deepEqual([code, err], [0, []]);
  const report = JSON.parse(out.join('\n')) as Report;
  assert.equal(report.schema, 1);
  assert.equal(report.generatedAt, '2026-11-24T12:00:00.000Z');
  assert.deepEqual(report.sources[0], {
    path: steady,
    format: 'generic',
    runs: 120,
    skippedLines: 0,
    leftOutRuns: 0,
    firstSkippedLine: null,
    outcomes: 'complete',
    error: null,
  });
  assert.deepEqual(
    report.jobs.map((job) => job.id),
    ['failing', 'steady'],
    'highest risk first',
  );
  const [risky, calm] = report.jobs as [Job, Job];
  assert.equal(calm.outcomes['success'], 119);
  assert.equal(calm.outcomes['failure'], 1);
  assert.equal(calm.lastRun.startedAt, '2026-11-24T02:00:00.000Z');
  assert.deepEqual(calm.lastRun.source, { path: steady, line: 120, endLine: 120 });
  assert.equal(calm.cadence.intervalSeconds, 86_400);
  assert.equal(calm.cadence.nextExpectedAt, '2026-11-25T02:00:00.000Z');
  assert.equal(risky.prediction.decision.action, 'delay_or_manual');
  assert.equal(calm.prediction.decision.action, 'proceed');
  for (const { prediction } of report.jobs) {
    const { failureProbability: p, interval, baseProbability, riskFactors } = prediction;
    assert.ok(interval[0] <= p && p <= interval[1] && interval[0] > 0 && interval[1] < 1);
    const sum = riskFactors.reduce((total, factor) => total + factor.contribution, baseProbability);
    assert.ok(Math.abs(sum - p) < 1e-9, 'contributions add up');
    for (const factor of riskFactors) assert.doesNotMatch(factor.text, /[{}]/);
  }
  assert.equal(calm.forecast.capacityBytes, 10e12);
  assert.equal(calm.evaluation.model.runs > 0, true);
});

test('analyze prints a table and the reasons', async () => {
  const { code, out } = await run('analyze', failing, '--zone', 'UTC');
  assert.equal(code, 0);
  assert.match(out[0]!, /^RISK +JOB +RUNS +LAST RUN +NEXT EXPECTED +FULL IN$/);
  assert.match(out[1]!, /^\d+ % \(\d+–\d+\) +failing +120 +2026-11-24 02:00 failed +2026-11-25 02:00/);
  assert.ok(out.some((line) => line.includes('Wait:')));
});

test('runs prints every run with its place', async () => {
  const { out } = await run('runs', steady);
  assert.equal(out.length, 120);
  assert.deepEqual(JSON.parse(out[40]!), {
    job: 'steady',
    tool: 'generic',
    startedAt: '2026-09-06T02:00:00.000Z',
    durationSeconds: 605,
    outcome: 'failure',
    sizeBytes: 5.4e9,
    addedBytes: null,
    kind: null,
    error: null,
    source: { path: steady, line: 41, endLine: 41 },
  });
});

test('the gate lets a calm job pass and holds a failing one', async () => {
  const pass = await run('gate', 'steady', steady, failing);
  assert.equal(pass.code, 0);
  assert.equal((JSON.parse(pass.out[0]!) as Gate).decision.action, 'proceed');
  const hold = await run('gate', 'fail', steady, failing);
  assert.equal(hold.code, 10, 'a part of the name is enough');
  assert.equal((JSON.parse(hold.out[0]!) as Gate).job, 'failing');
  assert.equal((await run('gate', 'failing', failing, '--max-risk', '1')).code, 0);
  const unset = await run('gate', '', failing);
  assert.deepEqual([unset.code, unset.out], [2, []], 'an unset variable names no job');
  const unknown = await run('gate', 'nobody', steady, failing);
  assert.deepEqual([unknown.code, unknown.out], [1, []]);
  assert.match(unknown.err.join('\n'), /no job 'nobody'; the logs hold .*'failing'.*'steady'/);
});

test('evaluate scores each job, and writes a prediction for every run', async () => {
  const file = path.join(folder, 'predictions.jsonl');
  const { code, out } = await run('evaluate', failing, '--predictions', file);
  assert.equal(code, 0);
  assert.match(out.join('\n'), /model +0\.\d{4}/);
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  assert.equal(lines.length, 120);
  const first = JSON.parse(lines[0]!) as object;
  assert.deepEqual(first, { job: 'failing', startedAt: '2026-07-28T02:00:00.000Z', probability: null, failed: false });
  const last = JSON.parse(lines[119]!) as { probability: number; failed: boolean };
  assert.ok(last.failed && last.probability > 0.5);
  const undated = path.join(folder, 'undated.jsonl');
  await writeFile(undated, '{"backup_id": "undated", "status": "completed"}\n'.repeat(3));
  await run('evaluate', steady, undated, failing, '--predictions', file);
  const unscored = (await run('evaluate', undated, '--json')).out[0]!;
  const nothing = { since: null, model: null, baseRate: null, lastOutcome: null, reliability: null };
  assert.deepEqual(JSON.parse(unscored), { job: 'undated', runs: 3, ...nothing, betterThanBaseRate: null });
  const told = (await readFile(file, 'utf8')).trimEnd().split('\n');
  const both = told.map((line) => JSON.parse(line) as { job: string; startedAt: string | null });
  assert.deepEqual(
    both.slice(0, 3).map(({ job }) => job),
    ['undated', 'undated', 'undated'],
  );
  const times = both.slice(3).map(({ startedAt }) => startedAt);
  assert.equal(times.length, 240);
  assert.deepEqual(times, times.toSorted(), 'the jobs are told together, in time order');
});

test('score and forecast answer line by line', async () => {
  const file = path.join(folder, 'series.jsonl');
  const values = Array.from({ length: 200 }, (_, i) => 100 + 5 * Math.sin(i * i) + (i === 180 ? 500 : 0));
  await writeFile(
    file,
    `${JSON.stringify({ id: 's', period: 1, times: values.map((_, i) => i * 60_000), values })}\n\n`,
  );
  const scored = JSON.parse((await run('score', file)).out[0]!) as { id: string; scores: number[] };
  assert.equal(scored.scores.length, 200);
  assert.equal(scored.scores.indexOf(Math.max(...scored.scores)), 180);
  const [line, ...more] = (await run('forecast', file, '--horizon', '3')).out;
  const made = JSON.parse(line!) as { id: string; point: number[]; lower: number[]; upper: number[]; model: string };
  assert.deepEqual([made.id, made.point.length, more.length], ['s', 3, 0]);
  made.point.forEach((point, i) => assert.ok(made.lower[i]! <= point && point <= made.upper[i]!));
});

test('--version tells the version', async () => {
  const { version } = JSON.parse(await readFile(path.join(import.meta.dirname, '../../../package.json'), 'utf8')) as {
    version: string;
  };
  assert.deepEqual(await run('--version'), { code: 0, out: [version], err: [] });
});

test('what is wrong gets one line and the right exit code', async () => {
  const damaged = path.join(folder, 'damaged.jsonl');
  await writeFile(damaged, `${(await readFile(steady, 'utf8')).slice(0, -40)}\n{"backup_id": "steady", "status\n`);
  const empty = path.join(folder, 'empty.log');
  await writeFile(empty, 'nothing to see here\n');
  const badSeries = path.join(folder, 'bad.jsonl');
  await writeFile(
    badSeries,
    '{"id":"a","values":[1,2]}\n{"id":"b","values":[1,"2"]}\n{"id":"c",\n{"id":"d","times":[1],"values":[2]}\n',
  );
  const missing = path.join(folder, 'missing.log');
  const cases: [string[], number, RegExp][] = [
    [[], 2, /^usage: backup-foresight/m],
    [['annalyze'], 2, /no command 'annalyze'/],
    [['constructor'], 2, /no command 'constructor'/],
    [['analyze'], 2, /name at least one log/],
    [['analyze', steady, '--color'], 2, /Unknown option '--color'/],
    [['analyze', steady, '--now', 'yesterday'], 2, /--now: 'yesterday'/],
    [['analyze', steady, '--zone', 'Mars/Olympus'], 2, /--zone: 'Mars\/Olympus'/],
    [['analyze', steady, '--capacity', 'lots'], 2, /--capacity: 'lots'/],
    [['gate', 'steady', steady, '--max-risk', '50%'], 2, /--max-risk: '50%'/],
    [['gate'], 2, /name the job/],
    [['forecast', badSeries], 2, /--horizon is needed/],
    [['forecast', badSeries, '--horizon', '0'], 2, /--horizon: '0'/],
    [
      ['forecast', badSeries, '--horizon', '2'],
      1,
      /^backup-foresight forecast: .*bad\.jsonl:2: 'values' is no list of numbers; 2 lines were skipped$/,
    ],
    [['score', badSeries], 1, /bad\.jsonl:1: 'times' is no list of numbers; 3 lines were skipped$/],
    [['forecast', badSeries, '--horizon', '100001'], 2, /--horizon: '100001' is no whole number from 1 to 100000/],
    [['analyze', steady, '--mapping', steady], 2, /--mapping: .*steady\.jsonl: it is no JSON/],
    [['analyze', steady, '--mapping', missing], 2, /--mapping: .*missing\.log: no such file/],
    [['evaluate', steady, '--predictions', folder], 1, /could not be written: is a folder/],
    [['report', steady, '--format', 'md', '--output', path.join(missing, 'x')], 1, /x could not be written: no such/],
    [['score', missing], 1, /missing\.log: no such file/],
    [['analyze', missing], 1, /missing\.log: No such file/],
    [['analyze', empty], 1, /no backup run was found in .*empty\.log/],
  ];
  for (const [args, expected, text] of cases) {
    const { code, err } = await run(...args);
    assert.equal(code, expected, args.join(' '));
    assert.match(err.join('\n'), text);
    assert.doesNotMatch(err.join('\n'), /^ +at /m);
  }
  const forecasts = await run('forecast', badSeries, '--horizon', '1');
  assert.deepEqual(
    forecasts.out.map((line) => (JSON.parse(line) as { id: string }).id),
    ['a', 'd'],
    'the series around the damaged ones are forecast',
  );
  const rest = await run('analyze', missing, damaged, '--json');
  assert.equal(rest.code, 1, 'a missing path is an error');
  assert.match(rest.err.join('\n'), /missing\.log: No such file/);
  assert.match(rest.err.join('\n'), /damaged\.jsonl:120: /);
  assert.equal((JSON.parse(rest.out.join('\n')) as Report).jobs[0]!.runs, 119, 'the rest is analyzed');
});

interface Report {
  schema: number;
  generatedAt: string;
  sources: object[];
  jobs: Job[];
}

interface Job {
  id: string;
  runs: number;
  outcomes: Record<string, number>;
  lastRun: { startedAt: string; source: object };
  cadence: { intervalSeconds: number; nextExpectedAt: string };
  prediction: {
    failureProbability: number;
    interval: [number, number];
    baseProbability: number;
    riskFactors: { text: string; contribution: number }[];
    decision: { action: string };
  };
  forecast: { capacityBytes: number };
  evaluation: { model: { runs: number } };
}

interface Gate {
  job: string;
  decision: { action: string };
}
