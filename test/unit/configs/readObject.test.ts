import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotAnObjectError, readObject } from '../../../src/configs/readObject.ts';

test('JSON, JSON with comments, and YAML', () => {
  const expected = { db: { host: 'db1', ports: [1, 2] } };
  for (const text of [
    '{"db":{"host":"db1","ports":[1,2]}}',
    '{ // the database\n "db": {"host": "db1", "ports": [1, 2,],}, }',
    'db:\n  host: db1\n  ports: [1, 2]\n',
  ])
    assert.deepEqual(readObject(text), expected, text);
});

test('what is no object is refused with its place and without its text', () => {
  for (const [text, line] of [
    ['[1, 2]', null],
    ['just words', null],
    ['', null],
    ['a: 1\nb: "hunter2', 2],
    ['a: 1\n\tb: hunter2\n', 2],
  ] as const)
    assert.throws(
      () => readObject(text),
      (error) => error instanceof NotAnObjectError && error.line === line && !error.message.includes('hunter2'),
      text,
    );
});
