/** The result of Duplicati as text. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inShort, parseText } from './parseText.ts';

const result = (messages: string[]): string[] => [
  'DeletedFiles: 0',
  'ExaminedFiles: 42',
  'SizeOfExaminedFiles: 1000',
  'MainOperation: Backup',
  'ParsedResult: Success',
  'EndTime: 6/1/2026 2:03:03 AM (1780279383)',
  'BeginTime: 6/1/2026 2:00:03 AM (1780279203)',
  'Duration: 00:03:00.0000000',
  'LimitedMessages: [',
  ...messages.map((message) => `    ${message},`),
];
const begins = (time: string): string =>
  `${time} +00 - [Information-Duplicati.Library.Main.Controller-StartingOperation]: The operation Backup has started`;

test('duplicati: the messages that a mail shortens are no runs of their own', () => {
  const { runs } = parseText([...result([begins('2026-06-01 02:00:03')]), ']', ''].join('\n'));
  assert.deepEqual(runs.map(inShort), ['success 2026-06-01T02:00:03Z 180s lines 1-11']);
});

test('duplicati: messages that were cut off hide nothing of what follows', () => {
  const { runs } = parseText(
    [
      ...result([begins('2026-06-01 02:00:03')]),
      begins('2026-06-02 02:00:03'),
      '2026-06-02 02:00:09 +00 - [Error-Duplicati.Library.Main.Operation.BackupHandler-FatalError]: no space left',
      '',
    ].join('\n'),
  );
  assert.deepEqual(
    runs.map(({ outcome }) => outcome),
    ['success', 'failure'],
  );
});
