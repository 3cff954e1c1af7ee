import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogParser, type ParsedLog } from '../../../../src/backups/logs/parseLog.ts';
import type { LogMapping } from '../../../../src/backups/logs/mapping.ts';
import { inShort } from './parseText.ts';

function parse(text: string, mapping: Partial<LogMapping>): ParsedLog {
  const parser = createLogParser({
    path: 'export.log',
    zone: 'UTC',
    fileTimeMs: null,
    mapping: { name: 'dump', glob: '*', pattern: null, fields: {}, ...mapping },
  });
  parser.push(Buffer.from(text));
  return parser.snapshot();
}

test('each line that the pattern matches is a run; others are read as ever', () => {
  const { runs } = parse(
    [
      '2026-06-01 02:00:00 db=shop rc=0 took 61 s, 2000 bytes',
      'processed 4 files, 1.000 MiB in 0:07',
      'snapshot 79c92c2c saved',
      '2026-06-02 02:00:00 rc=2 took 1 s, 0 bytes',
    ].join('\n'),
    {
      pattern:
        '^(?<start>\\S+ \\S+)(?: db=(?<job>\\S+))? rc=(?<exitCode>\\d+) took (?<duration>\\d+) s, (?<bytes>\\d+) bytes$',
    },
  );
  assert.deepEqual(
    runs.map((run) => `${run.job}: ${inShort(run)} ${run.sizeBytes}`),
    [
      'shop: success 2026-06-01T02:00:00Z 61s lines 1-1 2000',
      'dump: failure 2026-06-02T02:00:00Z 1s lines 4-4 0',
      'restic export: success no time 7s lines 2-3 1048576',
    ],
  );
});

const fields = { start: 'begun', status: 'verdict', bytes: 'volume' };

test('fields of records by the names that were given', () => {
  const { runs } = parse('{"begun":"2026-06-01T02:00:00Z","verdict":"failed","volume":"2 MB"}\n{"verdict":{}}\n', {
    fields,
  });
  assert.deepEqual(
    runs.map((run) => `${run.job}: ${inShort(run)} ${run.sizeBytes}`),
    ['dump: failure 2026-06-01T02:00:00Z lines 1-1 2000000'],
  );
});

test('columns of a table by the names that were given', () => {
  const { runs } = parse('begun,verdict,volume\n2026-06-01T02:00:00Z,ok,5\n2026-06-02T02:00:00Z,failed,\n', { fields });
  assert.deepEqual(
    runs.map((run) => `${inShort(run)} ${run.sizeBytes}`),
    ['success 2026-06-01T02:00:00Z lines 2-2 5', 'failure 2026-06-02T02:00:00Z lines 3-3 null'],
  );
});
