import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordSplitter, type PieceHandler } from '../../../../src/backups/logs/recordSplitter.ts';

function split(...pieces: string[]): string[] {
  const told: string[] = [];
  const handler: PieceHandler = {
    line: (text, line) => told.push(`${line} text ${text}`),
    json: (value, line, endLine) => told.push(`${line}-${endLine} json ${JSON.stringify(value)}`),
    noise: (prefix, line) => told.push(`${line} noise ${prefix}`),
    damaged: (line, endLine) => told.push(`${line}-${endLine} damaged`),
  };
  const splitter = new RecordSplitter(handler, ['{"noise"']);
  for (const piece of pieces) splitter.push(piece);
  return told;
}

test('text, JSON lines and noise', () => {
  assert.deepEqual(split('hello\n{"a":1}\n{"noise":1, broken\n[2026-01-05] text\n{name} is no JSON\n'), [
    '1 text hello',
    '2-2 json {"a":1}',
    '3 noise 0',
    '4 text [2026-01-05] text',
    '5 text {name} is no JSON',
  ]);
});

test('pieces may be cut anywhere', () => {
  const text = 'one\n{"a":\n  "b}{\\"",\n"c":[1,{}]}\ntwo\n[{"x":1},\n{"x":2}]\n';
  const whole = split(text);
  assert.deepEqual(whole, [
    '1 text one',
    '2-4 json {"a":"b}{\\"","c":[1,{}]}',
    '5 text two',
    '6-6 json {"x":1}',
    '7-7 json {"x":2}',
  ]);
  for (let at = 1; at < text.length; at++)
    assert.deepEqual(split(text.slice(0, at), text.slice(at)), whole, `cut at ${at}`);
  assert.deepEqual(split(...Array.from(text)), whole);
});

test('pretty-printed objects one after another, and a list of them', () => {
  assert.deepEqual(split('{\n  "a": 1\n}\n{\n  "a": 2\n}\n'), ['1-3 json {"a":1}', '4-6 json {"a":2}']);
  assert.deepEqual(split('[\n  {\n    "a": 1\n  },\n  {\n    "a": 2\n  }\n]\nend\n'), [
    '2-4 json {"a":1}',
    '5-7 json {"a":2}',
    '9 text end',
  ]);
  assert.deepEqual(split('{"a":1}{"a":2} rest\n'), ['1-1 json {"a":1}', '1-1 json {"a":2}', '1 text rest']);
});

test('an object that was cut off is damage, and what follows is read', () => {
  // Empty lines count too.
  assert.deepEqual(split('{\n\n  "a": {\n\nexit code 1\n\n{"a":2}\n'), [
    '1-1 damaged',
    '5 text exit code 1',
    '7-7 json {"a":2}',
  ]);
  assert.deepEqual(split('{"a":1,"b":"x\n{"a":2}\n'), ['1-1 damaged', '2-2 json {"a":2}']);
  assert.deepEqual(split('{"a":1,\n{"a":2}\n'), ['1-1 damaged', '2-2 json {"a":2}']);
  assert.deepEqual(split('{"list":["x",\n{"a":2}\n{"a":3}\n'), ['1-1 damaged', '2-2 json {"a":2}', '3-3 json {"a":3}']);
  assert.deepEqual(split('{\n  "a": {\n    "b": 1,\nexit code 1\n{"a":2}\n'), [
    '1-1 damaged',
    '4 text exit code 1',
    '5-5 json {"a":2}',
  ]);
  assert.deepEqual(split('[{"a":1},\n{"a":2,"b\n{"a":3}]\n'), ['1-1 json {"a":1}', '2-2 damaged', '3-3 json {"a":3}']);
});

test('a list that breaks off gives way to text', () => {
  assert.deepEqual(split('[{"a":1},\nstarting backup\n'), ['1-1 json {"a":1}', '2 text starting backup']);
});

test('a huge list on one line is read as it comes, a huge line of text is dropped', () => {
  const element = `{"a":"${'x'.repeat(1000)}"}`;
  const told = split('[', ...Array.from({ length: 10_000 }, () => `${element},`), `${element}]\nend\n`);
  assert.equal(told.length, 10_002);
  assert.equal(told.at(-1), '2 text end');
  assert.deepEqual(split('y'.repeat(5_000_000), 'y\nend\n'), ['1-1 damaged', '2 text end']);
});

test('nesting deeper than any tool writes is refused', () => {
  assert.deepEqual(split(`{"a":${'['.repeat(50_000)}\nend\n`), ['1-1 damaged', '2 text end']);
});
