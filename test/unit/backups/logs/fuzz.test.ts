/**
 * Broken, spliced and hostile logs: nothing throws, nothing hangs, and no run is invented. FUZZ_ROUNDS sets how many.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import zlib from 'node:zlib';
import { buildJobs } from '../../../../src/backups/history/buildJobs.ts';
import { createLogParser, type ParsedLog } from '../../../../src/backups/logs/parseLog.ts';
import { cpuMs } from '../../cpuMs.ts';

const rounds = Number(process.env.FUZZ_ROUNDS ?? 10_000);
const root = path.resolve(import.meta.dirname, '../../../fixtures/logs');
const fileTimeMs = Date.UTC(2026, 10, 24);

/** mulberry32: the same numbers on every machine. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const corpus = fs
  .globSync('*/*/*', { cwd: root })
  .filter((file) => !file.endsWith('expected.json'))
  .sort()
  .map((file) => {
    const bytes = fs.readFileSync(path.join(root, file));
    const plain = file.endsWith('.gz') ? zlib.gunzipSync(bytes) : bytes;
    return plain.toString(plain[0] === 0xff ? 'utf16le' : 'utf8');
  });

const hostile = [
  '{"__proto__":{"status":"failed"},"backup_id":"x","status":"success","duration":1,"size":2}',
  `{"a":${'['.repeat(3000)}`,
  '{"message_type":"summary","total_duration":1e308,"total_bytes_processed":1e400,"snapshot_id":"' +
    'f'.repeat(64) +
    '"}',
  '2026-02-30 25:61:61 backup started',
  '2026-03-29 02:30:00 backup started',
  '2024-02-29 23:59:60 exit code 4294967296',
  '1970-01-01 00:00:00 backup finished (exit code 0)',
  '"'.repeat(5000),
  'status,duration,size,backup\n"unended,1,2,3',
  '[',
  ']',
  '}',
  '{',
  '\u0000\u0000\ufeff{"type": "log_message", "levelname": "ERROR", "message": "x"}',
  `exit code ${'1'.repeat(400)}`,
  'Files: ' + ' '.repeat(3000) + 'new',
  'é𝄞\ud800 backup failed',
  '{"__REALTIME_TIMESTAMP":"1e400","MESSAGE":[[[]]],"UNIT":"backup.service","MESSAGE_ID":"7d4958e842da4a758f6c1cdc7b36dcc5"}',
  '{"dag_runs":[{"dag_id":"__proto__","state":"constructor","run_id":"x"},null,7]}',
  '{"constructor":[{"backup_id":"20260230T256161","status":"DONE"}]}',
  '{"profiles":{"__proto__":{"backup":{"success":true,"time":"9999-12-31T23:59:59Z","duration":1e300}}}}',
  'UPID:pve:00000000:00000000:FFFFFFFF:vzdump::root@pam: FFFFFFFF OK',
  `INFO: ${'9'.repeat(400)} backup size = ${'9'.repeat(300)}MB, file total = ${'9'.repeat(12)}`,
];

/** More than the parser waits for before it looks at bytes and not at text. */
const beginning = `${'-'.repeat(40_000)}\n`;

/** What a value of a log may be changed to. */
const oddValues = ['-1', '1e309', '99999999999999999999', 'null', '""', '{}', '[]', '"__proto__"', '0.1', 'true'];
const oddTimes = [
  '2026-03-29 02:30:00',
  '2026-10-25 02:30:00',
  '2024-02-29 23:59:60',
  '1969-12-31 23:59:59',
  '2199-01-01 00:00:00',
];

function mutate(text: string, random: () => number): string {
  const at = (length: number): number => Math.floor(random() * (length + 1));
  switch (Math.floor(random() * 11)) {
    case 0:
      return text.slice(0, at(text.length));
    case 1:
      return text.slice(at(text.length));
    case 2: {
      const other = corpus[at(corpus.length - 1)]!;
      return text.slice(0, at(text.length)) + other.slice(at(other.length));
    }
    case 3: {
      const chars = Array.from(text);
      for (let n = 0; n < 20; n++) chars[at(chars.length - 1)] = String.fromCharCode(Math.floor(random() * 256));
      return chars.join('');
    }
    case 4: {
      const cut = at(text.length);
      return text.slice(0, cut) + hostile[at(hostile.length - 1)]! + (random() < 0.5 ? '\n' : '') + text.slice(cut);
    }
    case 5: {
      const cut = at(text.length);
      return text.slice(0, cut) + '\0'.repeat(at(300)) + text.slice(cut);
    }
    case 6:
      return text
        .split('\n')
        .filter(() => random() > 0.1)
        .join('\n');
    case 7: {
      // The clock goes back, stands still, or shows a time that there is not.
      const times = /20\d\d-\d\d-\d\d[ T]\d\d:\d\d:\d\d/g;
      return text.replace(times, (time) => (random() < 0.2 ? oddTimes[at(oddTimes.length - 1)]! : time));
    }
    case 8:
      return text.replace(/(?<=": ?)(?:\d[\d.]{0,30}|"[^"]{0,80}")/g, (value) =>
        random() < 0.1 ? oddValues[at(oddValues.length - 1)]! : value,
      );
    case 9:
      return text.replace(/"[a-z_]{2,30}"(?=:)/gi, (key) => (random() < 0.1 ? '"__proto__"' : key));
    default:
      return text
        .split('\n')
        .sort(() => random() - 0.5)
        .join(random() < 0.5 ? '\n' : '\r\n');
  }
}

function parse(text: string, zone: string, random: (() => number) | null): ParsedLog {
  const parser = createLogParser({ path: 'fuzz.log', zone, fileTimeMs });
  if (!random) parser.push(Buffer.from(text));
  for (let at = 0; random && at < text.length;) {
    let next = at + 1 + Math.floor(random() ** 4 * text.length);
    // Not within a character.
    if (/[\ud800-\udbff]/.test(text.charAt(next - 1))) next++;
    parser.push(Buffer.from(text.slice(at, next)));
    if (random() < 0.3) parser.snapshot();
    at = next;
  }
  return parser.snapshot();
}

/** Names that are not the log's: its own name, and what the readers put in place of numbers. */
const ownNames = /^(?:fuzz|all|guests|repo\d+)$/;
/** A field of a record in JSON. By itself it tells of no run, whatever it is called. */
const jsonField = /^(?:[^"]{0,40}\s)?\s*"[\w.-]{1,60}"\s?:/;
/** A record that was cut off, or an element of a list of records, with a time or a state in it. */
const element = /(?:^[\s,[]*|\ufeff)\{[^]*"\w*(?:status|state|time|start|date|archive|command_line|levelname)\w*"\s?:/i;
/** Words that tell of a run where the lines above them say what it is of: a script's, a table's, a tool's last ones. */
const words =
  /\b(?:exit|rc|code|status|backup|finished|completed|successfully|fail(?:ed|ure)?|attempt|end|start(?:s|ed|ing)?|begins?|errors?|notice)\b|errno|transferred:|elapsed time:|dependencies all met/i;

/**
 * A run stands on its lines: they tell a run by themselves, or hold its id, or words that tell of one. Its id stands on
 * them, and its name in the log.
 */
function assertTold(log: ParsedLog, text: string, zone: string, round: number): void {
  const all = text.replaceAll('\0', '');
  const lines = all.replace(/^\ufeff/, '').split('\n');
  for (const { source, runId, outcome, tool, job } of log.runs) {
    const own = lines.slice(source.line - 1, source.endLine);
    const told = own.join('\n');
    const where = `round ${round}: ${tool} ${outcome} on lines ${source.line}-${source.endLine}`;
    assert.match(told, /[a-z0-9]/i, `${where}: they hold words`);
    // The first word of it: what the mutations put in between may be taken out again.
    const id = /\w{3,}/.exec(runId ?? '')?.[0];
    if (id !== undefined) assert.ok(mayBeCut(told, id), `${where}: ${runId} stands there`);
    for (const name of job.match(/[a-z]\w{2,}/gi) ?? [])
      assert.ok(tool.includes(name) || ownNames.test(name) || mayBeCut(all, name), `${where}: ${name} stands there`);
    if (id !== undefined || element.test(told) || words.test(own.filter((line) => !jsonField.test(line)).join('\n')))
      continue;
    assert.ok(parse(`${told}\n`, zone, null).runs.length > 0, `${where}: they tell of it`);
  }
}

/** Whether a word stands in a text, perhaps with characters in it that are not shown. */
function mayBeCut(text: string, word: string): boolean {
  if (text.includes(word)) return true;
  const hidden = '[\\u0000-\\u001f\\u007f-\\u00a0\\u00ad\\u200b-\\u200f\\u2028-\\u202f\\u2060-\\u206f\\ufeff]*';
  return new RegExp(Array.from(word, (char) => (/\w/.test(char) ? char : `\\${char}`)).join(hidden)).test(text);
}

test(`${rounds} mutated logs`, () => {
  for (let round = 0; round < rounds; round++) {
    // Each round of its own, so that one that fails can be looked at alone.
    const random = seededRandom(20260601 + round);
    let text = corpus[Math.floor(random() * corpus.length)]!;
    for (let n = 0; n <= random() * 3; n++) text = mutate(text, random);
    if (random() < 0.3) text = `${beginning}${text}`;
    text = Buffer.from(text).toString();
    const zone = random() < 0.5 ? 'UTC' : 'Europe/Berlin';
    let whole!: ParsedLog;
    const took = cpuMs(() => {
      whole = parse(text, zone, null);
    });
    assert.ok(took < 2000, `round ${round} took ${took} ms`);
    const lines = text.split('\n').length;
    for (const run of whole.runs) {
      assert.ok(run.source.line >= 1 && run.source.line <= run.source.endLine, `round ${round}: lines in order`);
      assert.ok(run.source.endLine <= lines, `round ${round}: a run stands on lines that are there`);
      for (const value of [run.startedAt, run.durationMs, run.sizeBytes, run.addedBytes, run.fileCount]) {
        assert.ok(value === null || Number.isFinite(value), `round ${round}: numbers are finite`);
      }
      assert.ok((run.error?.length ?? 0) <= 500);
    }
    assertTold(whole, text, zone, round);
    assert.ok(whole.skippedLines <= lines, `round ${round}: a line is skipped once`);
    assert.ok(
      whole.runs.length <= lines + text.split('{').length,
      `round ${round}: no more runs than lines and objects`,
    );
    assert.deepEqual(parse(text, zone, random), whole, `round ${round}: the same in pieces, with looks in between`);
    buildJobs([whole], { now: fileTimeMs });
  }
});

test('lines made to be slow are read in linear time', () => {
  const repeated = [
    'a ',
    '1',
    '- ',
    '(',
    '"',
    ',',
    '2026-01-01 ',
    'exit ',
    'backup of ',
    '[Errno ',
    'Jan 1 ',
    '{',
    '[{',
    '\\',
    'a:',
    '::',
  ];
  for (const piece of repeated) {
    for (const frame of [
      ['', ''],
      ['2026-06-01 02:00:00 ', ''],
      ['{"a": "', '"}'],
      ['status,result,backup,size\n', ''],
    ] as const) {
      const line = frame[0] + piece.repeat(Math.ceil(400_000 / piece.length)) + frame[1];
      const took = cpuMs(() => parse(`${line}\n${line}`, 'UTC', null));
      assert.ok(took < 1500, `${JSON.stringify(piece)} took ${took} ms`);
    }
  }
});

test('lines of ten million characters', () => {
  const long = 10_000_000;
  const summary = '{"message_type":"summary","snapshot_id":"79c92c2c","total_bytes_processed":42}';
  const cases: [text: string, runs: number][] = [
    [`${'a '.repeat(long / 2)}\n${summary}\n`, 1],
    [`{"x":"${'a'.repeat(long)}"}\n${summary}\n`, 1],
    [`{"x":"${'a'.repeat(long)}\n${summary}\n`, 1],
    [`[${summary},{"x":[${'1,'.repeat(long / 2)}1]},${summary}]\n`, 2],
    [`${'{"a":'.repeat(long / 5)}\n${summary}\n`, 1],
    [`2026-06-01 02:00:00 ${'9'.repeat(long)}\nstatus,backup,size\n${'","'.repeat(long / 3)}\n${summary}\n`, 1],
  ];
  for (const [text, runs] of cases) {
    const took = cpuMs(() => assert.equal(parse(text, 'UTC', null).runs.length, runs, text.slice(0, 40)));
    assert.ok(took < 2000, `${text.slice(0, 40)} took ${took} ms`);
  }
});
