import assert from 'node:assert/strict';
import { appendFile, copyFile, mkdtemp, open, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { LogFollower } from '../../../src/files/followLog.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'follow-log-'));
after(() => rm(folder, { recursive: true, force: true }));

const record = (day: number): string =>
  `${JSON.stringify({ backup_id: 'job', started_at: `2026-11-${String(day).padStart(2, '0')}T02:00:00Z`, status: 'completed' })}\n`;
const records = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, i) => record(from + i)).join('');
const daysOf = ({ runs }: { runs: { startedAt: number | null }[] }): number[] =>
  runs.map((run) => new Date(run.startedAt!).getUTCDate());

function follow(name: string): {
  file: string;
  read: () => Promise<{ days: number[]; lines: number[]; pieces: number }>;
} {
  const file = path.join(folder, name);
  const follower = new LogFollower(file, 'UTC');
  return {
    file,
    read: async () => {
      let pieces = 0;
      const log = await follower.read({ onProgress: () => pieces++ });
      return { days: daysOf(log), lines: log.runs.map((run) => run.source.line), pieces };
    },
  };
}

test('an unchanged log is not read again, and of a grown one only what is new', async () => {
  const { file, read } = follow('grown.jsonl');
  await writeFile(file, records(1, 5));
  assert.deepEqual((await read()).days, [1, 2, 3, 4, 5]);
  assert.equal((await read()).pieces, 0);
  await appendFile(file, record(6).slice(0, 30));
  assert.deepEqual((await read()).days, [1, 2, 3, 4, 5], 'the last line is still being written');
  await appendFile(file, record(6).slice(30) + record(7));
  // Whoever read the old part again would stumble over this.
  const handle = await open(file, 'r+');
  await handle.write('x'.repeat(20), 0);
  await handle.close();
  const grown = await read();
  assert.deepEqual(grown.days, [1, 2, 3, 4, 5, 6, 7]);
  assert.deepEqual(grown.lines, [1, 2, 3, 4, 5, 6, 7]);
});

test('a rotated, a shortened and a rewritten log are read from their start', async () => {
  const { file, read } = follow('rotated.jsonl');
  await writeFile(file, records(1, 5));
  await read();
  await rename(file, `${file}.1`);
  await writeFile(file, records(6, 12));
  assert.deepEqual((await read()).days, [6, 7, 8, 9, 10, 11, 12], 'another file under the name');
  await truncate(file, 0);
  await appendFile(file, record(13));
  assert.deepEqual((await read()).days, [13], 'emptied and written anew');
  await truncate(file, 0);
  await appendFile(file, records(14, 20));
  assert.deepEqual(
    (await read()).days,
    [14, 15, 16, 17, 18, 19, 20],
    'grown past its old length before anybody looked',
  );
});

test('a packed log that was replaced in place is read whole, once', async () => {
  const { file, read } = follow('packed.jsonl.gz');
  await writeFile(file, gzipSync(records(1, 3)));
  assert.deepEqual((await read()).days, [1, 2, 3]);
  await appendFile(file, gzipSync(records(4, 5)));
  assert.deepEqual((await read()).days, [1, 2, 3, 4, 5]);
});

test('a log that is gone is told, and read anew when it is back', async () => {
  const { file, read } = follow('gone.jsonl');
  await writeFile(file, records(1, 2));
  await read();
  await copyFile(file, `${file}.kept`);
  await rm(file);
  await assert.rejects(read(), { name: 'LogFileError' });
  await copyFile(`${file}.kept`, file);
  assert.deepEqual((await read()).days, [1, 2]);
});
