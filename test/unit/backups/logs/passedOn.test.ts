/** What programs that pass on a tool's lines put in front of them, beside the stamp. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutHeads } from '../../../../src/backups/logs/passedOn.ts';
import { inShort, parseText } from './parseText.ts';

const saved = 'snapshot 79c92c2c saved';

test('tags, levels and names come off in any order', () => {
  for (const head of [
    'INFO restic: ',
    '[db] ',
    '[INFO ] [backup] ',
    'backup - INFO - ',
    'INFO  [main] backup.Job: ',
    '[main] [INFO] restic: ',
    'INFO  [main] backup.Job:       \t',
  ])
    assert.equal(withoutHeads(head + saved).at(-1), saved, head);
  assert.deepEqual(withoutHeads(saved), []);
  assert.deepEqual(withoutHeads(String.raw`level=info msg="a \"quoted\" word" job=db`), ['a "quoted" word']);
});

const borg = ['{', '    "archive": {', '        "command_line": [],', '        "name": "db-2026"', '    },']
  .concat('    "repository": {"location": "/mnt/repo"}', '}')
  .map((text, n) => ({ at: `2026-06-01T02:00:0${n}Z`, text }));

test('an object that goes over several lines is put together behind any head, and inside of records', () => {
  const heads: Record<string, (at: string, text: string) => string> = {
    clock: (at, text) => (text === '{' ? at.replace('T', ' ') : at.slice(11, 19)) + ` ${text}`,
    brackets: (at, text) => `[${at}] [INFO] ${text}`,
    logfmt: (at, text) => `time="${at}" level=info msg=${JSON.stringify(text)}`,
    records: (at, text) => JSON.stringify({ ts: at, level: 'info', msg: text }),
    gelf: (at, text) => JSON.stringify({ version: '1.1', short_message: text, timestamp: at }),
    loki: (at, text) => JSON.stringify({ timestamp: at, line: text }),
    journal: (at, text) =>
      JSON.stringify({
        __REALTIME_TIMESTAMP: `${Date.parse(at)}000`,
        _SYSTEMD_UNIT: 'borg.service',
        SYSLOG_IDENTIFIER: 'borg',
        MESSAGE: text,
      }),
  };
  for (const [name, head] of Object.entries(heads)) {
    const { runs } = parseText(borg.map(({ at, text }) => `${head(at, text)}\n`).join(''));
    assert.deepEqual([runs.length, runs[0]?.tool, runs[0]?.outcome], [1, 'borg', 'success'], name);
    assert.match(runs[0]!.job, /db.*\/mnt\/repo/, name);
    assert.deepEqual([runs[0]!.source.line, runs[0]!.source.endLine], [1, 7], name);
  }
});

test('a record of words is read as a tool’s line before its words count as a script’s', () => {
  const said = (at: string, msg: string): string =>
    JSON.stringify({ ts: `2026-06-01T02:00:0${at}Z`, level: 'info', msg });
  const lines = ['Files: 1 new, 0 changed, 2 unmodified', saved, '3 snapshots have been removed, running prune'];
  assert.deepEqual(parseText(lines.map((line, n) => `${said(String(n), line)}\n`).join('')).runs.map(inShort), [
    'success 2026-06-01T02:00:00Z 1s lines 1-2',
  ]);
});

test('a stamp of the tool’s own behind the head comes off, too', () => {
  const lines = [
    'INFO: backup command begin 2.45: --stanza=main',
    'INFO: full backup size = 22.3MB, file total = 968',
    'INFO: backup command end: completed successfully (2822ms)',
  ].map((text, n) => `2026-06-01 02:00:0${n}.000 P00   ${text}`);
  const heads: ((line: string) => string)[] = [
    (line) => `2026-06-01T02:00:00Z [INFO] ${line}`,
    (line) => JSON.stringify({ ts: '2026-06-01T02:00:00Z', level: 'info', msg: line }),
  ];
  for (const head of heads) {
    const { runs } = parseText(lines.map((line) => `${head(line)}\n`).join(''));
    assert.deepEqual([runs.length, runs[0]?.outcome, runs[0]?.sizeBytes], [1, 'success', 23_383_245]);
  }
  // What another tool says of its own trouble is no warning of Borg's.
  assert.equal(parseText('[INFO] EXCEPTION: [Errno 28] No space left on device\n').runs.length, 0);
});

test('a time of day alone is of the day that was told before it, or of the next one', () => {
  const lines = ['==== 2026-06-01 23:59:58 backup ====', `23:59:59 Files: 1 new, 0 changed, 0 unmodified`];
  const [run] = parseText([...lines, `00:00:03 ${saved}`, '00:00:04 backup exit code 0', ''].join('\n')).runs;
  assert.equal(inShort(run!), 'success 2026-06-01T23:59:58Z 6s lines 1-4');
  // No day, no time.
  assert.equal(parseText(`00:00:03 ${saved}\n`).runs.length, 0);
});
