import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BackupRun } from '../../../../src/backups/run.ts';
import { inShort, parseText } from './parseText.ts';

const original = {
  backup_id: 'db-prod',
  status: 'completed',
  duration_seconds: 123.5,
  size_bytes: 1_000_000,
  hour_of_day: 2,
  day_of_week: 0,
  previous_success_rate: 0.95,
  started_at: '2026-06-01T02:00:00Z',
};

function read(record: object): BackupRun | undefined {
  return parseText(`${JSON.stringify(record)}\n`, 'records.jsonl').runs[0];
}

test("the original system's record", () => {
  const run = read(original)!;
  assert.deepEqual(
    [run.job, run.tool, run.outcome, run.startedAt, run.durationMs, run.sizeBytes],
    ['db-prod', 'generic', 'success', Date.UTC(2026, 5, 1, 2), 123_500, 1_000_000],
  );
  assert.deepEqual(run.given, { hourOfDay: 2, dayOfWeek: 0, previousSuccessRate: 0.95 });
});

test('a name that shows nothing or turns the text around it names no job so', () => {
  const jobOf = (name: string): string => read({ ...original, backup_id: name })!.job;
  assert.equal(jobOf('  '), 'generic records');
  assert.equal(jobOf('\u202e'), 'generic records');
  assert.equal(jobOf('\u200b'), 'generic records');
  assert.equal(jobOf('web\u202e10 \t1'), 'web10  1');
  assert.equal(jobOf('to sftp://me:hunter2@nas/db'), 'to sftp://me:***@nas/db');
  assert.equal(jobOf(' עברית '), 'עברית');
  assert.equal(jobOf('mail\n2026-06-01'), 'mail');
});

test('the same records as lines, list, pretty list, member of an object, CSV, TSV and semicolons', () => {
  const records = [original, { ...original, status: 'failed', started_at: '2026-06-02T02:00:00Z' }];
  const keys = Object.keys(original) as (keyof typeof original)[];
  const table = (separator: string): string =>
    [keys.join(separator), ...records.map((record) => keys.map((key) => String(record[key])).join(separator))].join(
      '\n',
    );
  const texts = [
    records.map((record) => JSON.stringify(record)).join('\n'),
    records.map((record) => JSON.stringify(record)).join('\r\n') + '\r\n',
    JSON.stringify(records),
    JSON.stringify(records, null, 2),
    JSON.stringify({ count: 2, runs: records }),
    table(','),
    table('\t'),
    table(';'),
  ];
  for (const text of texts) {
    const { runs, format, skippedLines } = parseText(text, 'records');
    assert.deepEqual([format, skippedLines], ['generic', 0], text);
    assert.deepEqual(
      runs.map(({ job, outcome, startedAt, durationMs, sizeBytes, given }) => ({
        job,
        outcome,
        startedAt,
        durationMs,
        sizeBytes,
        given,
      })),
      [
        { outcome: 'success', startedAt: Date.UTC(2026, 5, 1, 2) },
        { outcome: 'failure', startedAt: Date.UTC(2026, 5, 2, 2) },
      ].map((run) => ({
        job: 'db-prod',
        durationMs: 123_500,
        sizeBytes: 1_000_000,
        given: { hourOfDay: 2, dayOfWeek: 0, previousSuccessRate: 0.95 },
        ...run,
      })),
      text,
    );
  }
});

test('outcomes by many words', () => {
  const words: Record<string, string[]> = {
    success: ['completed', 'SUCCESS', 'ok', 'Succeeded', 'done'],
    partial: ['warning', 'completed_with_errors', 'Partially-Failed', 'completed with warnings'],
    failure: ['failed', 'ERROR', 'aborted', 'timeout'],
    cancelled: ['cancelled', 'canceled'],
    running: ['running', 'in_progress', 'IN PROGRESS', 'queued'],
    skipped: ['skipped'],
    unknown: ['banana'],
  };
  for (const [outcome, list] of Object.entries(words)) {
    for (const status of list) assert.equal(read({ ...original, status })?.outcome, outcome, status);
  }
  assert.equal(read({ backup: 'x', success: false, duration: 1, size: 2 })?.outcome, 'failure');
  assert.equal(read({ backup: 'x', exit_code: 0, duration: 1, size: 2 })?.outcome, 'success');
  assert.equal(read({ backup: 'x', exitCode: '4', duration: 1, size: 2 })?.outcome, 'failure');
});

test('other names and units for the same things', () => {
  const run = read({
    jobName: 'mail',
    result: 'OK',
    startTime: 1_780_279_200,
    endTime: 1_780_279_260,
    'size (MB)': 1.5,
    dataAdded: '1 KiB',
    hostName: 'web',
    'Backup Type': 'Full',
  })!;
  assert.deepEqual(
    [run.job, run.startedAt, run.durationMs, run.sizeBytes, run.addedBytes, run.kind],
    ['web:mail', 1_780_279_200_000, 60_000, 1_500_000, 1024, 'full'],
  );
  assert.equal(read({ ...original, duration_seconds: undefined, duration_ms: 1500 })?.durationMs, 1500);
  assert.equal(read({ ...original, duration_seconds: undefined, duration: '1h 2m' })?.durationMs, 3_720_000);
  assert.equal(
    read({ ...original, started_at: undefined, finished_at: '2026-06-01T03:00:00Z' })?.startedAt,
    Date.UTC(2026, 5, 1, 3) - 123_500,
  );
});

test('numbers that cannot be are unknown', () => {
  const run = read({
    ...original,
    duration_seconds: -1,
    size_bytes: 'lots',
    previous_success_rate: 'NaN',
    hour_of_day: 99,
    started_at: 'yesterday',
  })!;
  assert.deepEqual([run.durationMs, run.sizeBytes, run.startedAt, run.given], [null, null, null, { dayOfWeek: 0 }]);
  assert.equal(parseText('{"backup_id":"x","status":"ok","duration":1e999,"size":1e300}\n').runs[0]?.sizeBytes, null);
});

test('objects that tell of no run are left alone', () => {
  for (const record of [
    { status: 'ok' },
    { level: 'info', msg: 'x', time: 1 },
    { status: 200, duration: 5, size: 3 },
    { backup_id: 'x', size: 1 },
  ]) {
    assert.equal(read(record), undefined, JSON.stringify(record));
  }
});

test('damaged lines are counted, and the rest is read', () => {
  const good = JSON.stringify(original);
  const parsed = parseText(`${good}\n${good.slice(0, 40)}\n${good}\n{"oops": }\n${good}\n`);
  assert.deepEqual([parsed.runs.length, parsed.skippedLines, parsed.firstSkippedLine], [3, 2, 2]);
});

test('a table: quoted cells, line breaks in them, short rows, rows without an outcome', () => {
  const parsed = parseText(
    [
      'started_at,backup_id,status,size_bytes,error',
      '2026-06-01 02:00:00,a,ok,1,',
      '2026-06-02 02:00:00,a,failed,2,"no space, ""really""',
      'none left"',
      '2026-06-03 02:00:00,a',
      '2026-06-04 02:00:00,a,,4,',
      '2026-06-05 02:00:00,a,ok,5,',
      '',
    ].join('\n'),
    'runs.csv',
  );
  assert.deepEqual(parsed.runs.map(inShort), [
    'success 2026-06-01T02:00:00Z lines 2-2',
    'failure 2026-06-02T02:00:00Z lines 3-4',
    'success 2026-06-05T02:00:00Z lines 7-7',
  ]);
  assert.equal(parsed.runs[1]!.error, 'no space, "really" none left');
  assert.deepEqual([parsed.skippedLines, parsed.firstSkippedLine], [2, 5]);
});

test('a quote that is never closed costs its own row only', () => {
  const parsed = parseText('backup_id,status,size_bytes\na,ok,1\na,"ok,2\na,ok,3\na,ok,4\n', 'runs.csv');
  assert.deepEqual([parsed.runs.map((run) => run.sizeBytes), parsed.skippedLines], [[1, 3, 4], 1]);
});

test('while the file grows: an unfinished line is neither lost nor damage, and comes out once', async () => {
  const { createLogParser } = await import('../../../../src/backups/logs/parseLog.ts');
  const parser = createLogParser({ path: 'x.jsonl', zone: 'UTC', fileTimeMs: null });
  const line = JSON.stringify(original);
  parser.push(Buffer.from(`${line}\n${line.slice(0, 30)}`));
  assert.deepEqual([parser.snapshot().runs.length, parser.snapshot().skippedLines], [1, 0]);
  parser.push(Buffer.from(line.slice(30)));
  assert.equal(parser.snapshot().runs.length, 2, 'a whole record counts before its line has ended');
  parser.push(Buffer.from('\n'));
  assert.deepEqual([parser.snapshot().runs.length, parser.snapshot().skippedLines], [2, 0]);
});

test('a start and an end are enough of a run, whatever its name', () => {
  const { runs } = parseText(
    '{"id":"1620394592482","jobName":"NOD-5","start":1620394592482,"status":"failure","end":1620394699999}\n',
    'orchestra.jsonl',
  );
  assert.deepEqual(
    runs.map((run) => [run.job, run.durationMs, run.outcome]),
    [['NOD-5', 107_517, 'failure']],
  );
});

test('a number with a decimal comma is in the unit of its column', () => {
  const { runs } = parseText(
    'Job Name;Status;Start Time;Size (GB);Duration (min)\ndb;Success;01.06.2026 02:00:00;12,5;1,5\n',
    'export.csv',
  );
  assert.deepEqual([runs[0]!.sizeBytes, runs[0]!.durationMs], [12.5e9, 90_000]);
});

test('a number too long to be exact names nothing', () => {
  const { runs } = parseText(
    '{"backup_id":"db","id":12345678901234567890,"status":"ok","duration_seconds":3}\n',
    'runs.jsonl',
  );
  assert.equal(runs[0]!.runId, null);
});
