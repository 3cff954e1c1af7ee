/** Runs of a list stand on the lines of their own elements. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linesOfElements } from '../../../../src/backups/logs/elementLines.ts';
import { parseText } from './parseText.ts';

const backup = (id: string): string[] => [
  '    {',
  `      "backup_id": "${id}",`,
  '      "size_bytes": 42,',
  '      "status": "DONE"',
  '    }',
];

test('values in the list that are no records have no lines, and take none from the others', () => {
  const lines = ['{', '  "shop": [', ...backup('20260602T020000'), ', 7, "x", [1]', ',', ...backup('20260601T020000')];
  const { runs } = parseText([...lines, '  ]', '}', ''].join('\n'));
  assert.deepEqual(
    runs.map(({ runId, source }) => [runId, source.line, source.endLine]),
    [
      ['20260602T020000', 3, 7],
      ['20260601T020000', 10, 14],
    ],
  );
});

test('the last element of a list that is still being written goes on to its end', () => {
  assert.deepEqual(linesOfElements('{\n"shop": [\n{},\n{\n"a": 1,\n"b', 'shop'), [
    { first: 2, last: 2 },
    { first: 3, last: 5 },
  ]);
});
