/** The journal in the forms that go over several lines. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JournalText } from '../../../../src/backups/logs/journalText.ts';
import { createLogParser } from '../../../../src/backups/logs/parseLog.ts';
import { inShort, parseText } from './parseText.ts';

type Entry = Record<string, string>;

const start = Date.UTC(2026, 5, 1, 2) * 1000;
const unit = 'backup.service';
const saved = ['processed 4 files, 1.000 MiB in 0:07', 'snapshot 79c92c2c saved'];

/** One night that went well and one that did not, as entries. */
const nights: [second: number, entry: Entry][] = [
  [0, { UNIT: unit, SYSLOG_IDENTIFIER: 'systemd', MESSAGE: 'Starting Nightly...' }],
  ...saved.map((MESSAGE): [number, Entry] => [5, { _SYSTEMD_UNIT: unit, SYSLOG_IDENTIFIER: 'run.sh', MESSAGE }]),
  [8, { UNIT: unit, SYSLOG_IDENTIFIER: 'systemd', MESSAGE: 'Finished Nightly.' }],
  [86_400, { UNIT: unit, SYSLOG_IDENTIFIER: 'systemd', MESSAGE: 'Starting Nightly...' }],
  [
    86_403,
    {
      _SYSTEMD_UNIT: unit,
      SYSLOG_IDENTIFIER: 'run.sh',
      MESSAGE: `Fatal: wrong password\n${'or no key found '.repeat(20)}`,
    },
  ],
  [
    86_404,
    {
      UNIT: unit,
      SYSLOG_IDENTIFIER: 'systemd',
      EXIT_CODE: 'exited',
      EXIT_STATUS: '1',
      MESSAGE: 'backup.service: Main process exited, code=exited, status=1/FAILURE',
    },
  ],
];

const expected = ['success 2026-06-01T02:00:00Z 7s', 'failure 2026-06-02T02:00:00Z 4s'];

/** A value over several lines stands behind its name and its length. */
function exported(second: number, entry: Entry): string {
  const fields = Object.entries({ __REALTIME_TIMESTAMP: String(start + second * 1e6), _HOSTNAME: 'nas', ...entry });
  const lines = fields.map(([name, value]) => {
    if (!value.includes('\n')) return `${name}=${value}`;
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(Buffer.byteLength(value)));
    return `${name}\n${length.toString('latin1')}${value}`;
  });
  return `__CURSOR=s=1;i=${second}\n${lines.join('\n')}\n\n`;
}

function verbose(second: number, entry: Entry): string {
  const micros = start + second * 1e6;
  const at = new Date(micros / 1000).toISOString().replace('T', ' ').replace('Z', '');
  const head = `Mon ${at}000 UTC [s=1a2b;i=${second.toString(16)};b=3c;m=4d;t=${micros.toString(16)};x=5e]`;
  const fields = Object.entries({ _HOSTNAME: 'nas', PRIORITY: '6', ...entry });
  return `${head}\n${fields.map(([name, value]) => `    ${name}=${value.replaceAll('\n', `\n${' '.repeat(12)}`)}\n`).join('')}`;
}

for (const [form, write] of Object.entries({ exported, verbose }))
  test(`entries that are ${form} tell of each run once, wherever the reading is cut`, () => {
    const text = nights.map(([second, entry]) => write(second, entry)).join('');
    const { runs } = parseText(text, 'journal.txt');
    assert.deepEqual(
      runs.map((run) => inShort(run).replace(/ lines .*/, '')),
      expected,
    );
    assert.deepEqual([runs[0]!.sizeBytes, runs[1]!.failureClass], [2 ** 20, 'auth']);
    assert.deepEqual(new Set(runs.map((run) => run.job)), new Set(['restic nas:backup']));
    // The lines are those of the entries that tell it.
    const { line, endLine } = runs[0]!.source;
    assert.match(
      text
        .split('\n')
        .slice(line - 1, endLine)
        .join('\n'),
      /Starting[^]*saved/,
    );
    const parser = createLogParser({ path: 'journal.txt', zone: 'UTC', fileTimeMs: Date.UTC(2026, 10, 24) });
    for (let at = 0; at < text.length; at += 37) {
      parser.push(Buffer.from(text.slice(at, at + 37)));
      parser.snapshot();
    }
    assert.deepEqual(parser.snapshot().runs, runs);
  });

test('a value over several lines is read from its first letter on, however long it is', () => {
  // Lengths that hold a line's end, a brace or a bracket, and those with a byte more, or with one that is 0 or no text.
  for (const length of [10, 34, 91, 123, 200, 255, 256, 257, 300, 511, 512, 522, 1000, 40_000, 70_000]) {
    const said = 'Fatal: é\n'.slice(length === 10 ? 1 : 0);
    const message = said + 'x'.repeat(length - Buffer.byteLength(said));
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(BigInt(length));
    const bytes = Buffer.concat([
      Buffer.from('__CURSOR=s=1\nMESSAGE\n'),
      size,
      Buffer.from(`${message}\nUNIT=${unit}\n\n`),
    ]);
    const journal = new JournalText();
    const lines = bytes.toString('utf8').replaceAll('\0', '').split('\n');
    const done = lines.map((line, n) => journal.take(line, n + 1).done).find((entry) => entry !== null);
    assert.deepEqual(done?.fields, { MESSAGE: message, UNIT: unit }, `${length} bytes`);
  }
});

test('an entry that is never complete takes nothing from the lines behind it', () => {
  const { runs } = parseText(`__CURSOR=s=1\nMESSAGE=x\n${saved.join('\n')}\n`);
  assert.deepEqual(
    runs.map((run) => run.outcome),
    ['success'],
  );
});
