import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordShapes } from '../../../../src/backups/logs/recordShape.ts';
import { TextPool } from '../../../../src/backups/logs/textPool.ts';
import { parseText } from './parseText.ts';

const first =
  '{"backup_id": "web", "started_at": "2026-06-01T02:00:03Z", "status": "completed", "duration_seconds": 61, ' +
  '"size_bytes": 5000000000, "note": "x", "error_message": null}';

/** The columns of a record read as one of the shape of the first; null when it is not read so. */
function cellsOf(line: string): readonly unknown[] | null {
  const shapes = new RecordShapes();
  shapes.learn(first, JSON.parse(first) as Record<string, unknown>);
  const bytes = Buffer.from(`..${line}\n{`);
  const end = shapes.read(bytes, 2);
  assert.ok(end === -1 || end === bytes.length - 1, 'the index after the line');
  return end < 0 ? null : [...shapes.last!.cells];
}

const cells = [
  'web',
  Date.UTC(2026, 5, 1, 2, 0, 3),
  'completed',
  61,
  5_000_000_000,
  undefined, // a field that tells nothing is passed over
  null,
];

test('a record of a known shape', () => {
  assert.deepEqual(cellsOf(first), cells);
  assert.deepEqual(cellsOf(`${first}\r`), cells);
  assert.deepEqual(cellsOf(first.replace('"x"', 'false').replace('null', 'true'))?.at(-1), true);
  assert.deepEqual(cellsOf(first.replace('"web"', '"wéb €"'))?.[0], 'wéb €');
  assert.deepEqual(cellsOf(first.replace('2026-06-01T02:00:03Z', 'yesterday'))?.[1], 'yesterday');
});

test('numbers are those of JSON', () => {
  for (const number of ['0', '-0', '-1', '999999999999999', '9007199254740993', '1.5', '1e3', '-2.5E-3', '1e400'])
    assert.deepEqual(cellsOf(first.replace('61', number))?.[3], JSON.parse(number), number);
  for (const none of ['01', '-', '1.', '.5', '1e', '+1', '1.2.3', '--1', '0x10', 'NaN', 'nul', 'truer', ''])
    assert.equal(cellsOf(first.replace('61', none)), null, none);
});

test('what is not of the shape, or no plain value, is left to JSON.parse', () => {
  for (const line of [
    first.replace('"x"', '"a\\"b"'),
    first.replace('"x"', '"a\tb"'),
    first.replace('"x"', '["x"]'),
    first.replace('"x"', '{}'),
    first.replace('"note"', '"nose"'),
    first.replace(', "note": "x"', ''),
    first.replace('": ', '":'),
    `${first} `,
    `${first},`,
    first.slice(0, -1),
    first.slice(0, 40),
    first.replace('"completed"', '"comple'),
  ])
    assert.equal(cellsOf(line), null, line);
});

test('no shape is learned where fields may not stand for what they seem', () => {
  const learned = (line: string): boolean => {
    const shapes = new RecordShapes();
    shapes.learn(line, JSON.parse(line) as Record<string, unknown>);
    return shapes.read(Buffer.from(`${line}\n`), 0) > 0;
  };
  assert.equal(learned(first), true);
  assert.equal(learned(first.replace('"note"', '"status"')), false, 'a field twice');
  assert.equal(learned(first.replace('"note"', '"7"')), false, 'a field that an object would put first');
  assert.equal(learned(first.replace('"x"', '[1]')), false);
  assert.equal(learned('{"a": 1}'), false, 'no run');
});

/** Longer than the beginning that is read as text. */
const beginning = `${'-'.repeat(40_000)}\n`;

test('a log read by its shapes tells the same as one read as text', () => {
  const odd = [
    first,
    first.replace('"completed"', '"failed"').replace('null', '"disk \\"full\\""'),
    first.replace('"completed"', '"failed"').replace('null', '"disk full"'),
    first.replace('"completed"', '17'),
    first.replace('2026-06-01T02:00:03Z', '2026-06-02 02:00:03'),
    first.replace('"x"', '["x"]'),
    '{"ts": "2026-06-03T02:00:00Z", "level": "info", "msg": "backup started", "job": "db"}',
    first.replace('"note": "x"', '"message": "backup finished"'),
    first.replace('"note": "x"', '"log": "x"'),
    first.replace('61', '061'),
    '{"message_type":"status","percent_done":1}',
    '{"message_type":"status","percent_done":1}',
    '{"message_type":"status","seconds_elapsed":1,"percent_done":1}',
    '{"message_type":"summary","snapshot_id":"79c92c2c","total_bytes_processed":42}',
    first.replaceAll('": ', '":'),
    'exit code 1',
  ];
  const lines = [first, ...odd.flatMap((line) => [line, first]), ...odd];
  const text = lines.join('\n');
  const long = parseText(beginning + text);
  const short = parseText(`\n${text}`);
  assert.ok(short.runs.length > lines.length / 2);
  assert.deepEqual({ ...long, skippedLines: 0 }, { ...short, skippedLines: 0 });
});

test('a text that comes again is the same text', () => {
  const pool = new TextPool();
  const bytes = Buffer.from(`web-01 web-02 é Ã© ${'x'.repeat(100)}`);
  for (const text of bytes.toString().split(' ')) {
    const from = bytes.indexOf(text);
    for (let n = 0; n < 2; n++) assert.equal(pool.textOf(bytes, from, from + Buffer.byteLength(text)), text);
  }
});
