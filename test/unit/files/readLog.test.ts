import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import zlib from 'node:zlib';
import { LogFileError } from '../../../src/files/logFileError.ts';
import { readLog, type LogPiece } from '../../../src/files/readLog.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'readLog-'));
after(() => fs.rmSync(folder, { recursive: true }));

function write(name: string, content: string | Buffer): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, content);
  return file;
}

async function readAll(
  file: string,
  options?: Parameters<typeof readLog>[1],
): Promise<{ text: string; endByte: number; pieces: LogPiece[] }> {
  const pieces: LogPiece[] = [];
  let text = '';
  for await (const piece of readLog(file, options)) {
    // Each piece for itself: a character cut in two would show.
    text += piece.bytes.toString();
    pieces.push(piece);
  }
  return { text, endByte: pieces.at(-1)?.endByte ?? 0, pieces };
}

async function refusal(file: string): Promise<string> {
  try {
    await readAll(file);
  } catch (error) {
    if (error instanceof LogFileError) return error.about.code;
    throw error;
  }
  return 'read';
}

const mixed = 'aé€𝄞 backup\n'.repeat(200_000);

test('UTF-8 in pieces of a megabyte, no character cut in two', async () => {
  const { text, endByte, pieces } = await readAll(write('utf8.log', mixed));
  assert.equal(text, mixed);
  assert.equal(endByte, Buffer.byteLength(mixed));
  assert.ok(pieces.length > 2);
});

test('UTF-16 of both orders by mark, and without one by its NULs', async () => {
  const little = Buffer.from(mixed, 'utf16le');
  const big = Buffer.from(little).swap16();
  assert.equal((await readAll(write('le.log', Buffer.concat([Buffer.from([0xff, 0xfe]), little])))).text, mixed);
  assert.equal((await readAll(write('be.log', Buffer.concat([Buffer.from([0xfe, 0xff]), big])))).text, mixed);
  const plain = 'plain backup log\n'.repeat(50);
  assert.equal((await readAll(write('le-unmarked.log', Buffer.from(plain, 'utf16le')))).text, plain);
  assert.equal((await readAll(write('utf8-mark.log', `\ufeff${plain}`))).text, plain);
});

test('gzip by its content, whatever the name', async () => {
  assert.equal((await readAll(write('packed.log.2', zlib.gzipSync(mixed)))).text, mixed);
});

test('a packed file that is cut off gives what stands before the damage, and says so', async () => {
  const packed = zlib.gzipSync(mixed);
  const file = write('cut.log.gz', packed.subarray(0, packed.length / 2));
  let text = '';
  await assert.rejects(
    async () => {
      for await (const piece of readLog(file)) text += piece.bytes.toString();
    },
    (error) => error instanceof LogFileError && error.about.code === 'source.damagedArchive',
  );
  assert.ok(text.length > 1000 && mixed.startsWith(text));
});

test('reading goes on where it stopped', async () => {
  const file = write('growing.log', 'one\ntw');
  const first = await readAll(file);
  fs.appendFileSync(file, Buffer.concat([Buffer.from('o\n€').subarray(0, 3)])); // half a character
  const second = await readAll(file, { fromByte: first.endByte });
  assert.equal(second.text, 'o\n');
  fs.appendFileSync(file, Buffer.from('€').subarray(1));
  assert.equal((await readAll(file, { fromByte: second.endByte })).text, '€');
});

test('empty files, and bytes that are no text', async () => {
  assert.equal((await readAll(write('empty.log', ''))).text, '');
  const noise = (await readAll(write('noise.log', Buffer.from([0xc3, 0x28, 0xff, 0x80, 0x0a, 0xe2])))).text;
  assert.ok(noise.includes('\n'));
});

test('progress tells bytes read of all', async () => {
  const seen: [number, number][] = [];
  const file = write('progress.log', 'x'.repeat(3_000_000));
  await readAll(file, { onProgress: (read, total) => seen.push([read, total]) });
  assert.deepEqual(seen.at(-1), [3_000_000, 3_000_000]);
  assert.ok(seen.length >= 3);
});

test('an abort ends the reading with its reason', async () => {
  const file = write('abort.log', 'x'.repeat(5_000_000));
  const abort = new AbortController();
  await assert.rejects(async () => {
    for await (const piece of readLog(file, { signal: abort.signal })) {
      assert.ok(piece.bytes.length > 0);
      abort.abort(new Error('enough'));
    }
  }, /enough/);
});

test('what is no log is refused at once', { skip: process.platform === 'win32' && 'no such files there' }, async () => {
  const pipe = path.join(folder, 'pipe.log');
  execFileSync('mkfifo', [pipe]);
  const loop = path.join(folder, 'loop.log');
  fs.symlinkSync(loop, loop);
  assert.equal(await refusal(pipe), 'source.notAFile');
  assert.equal(await refusal('/dev/zero'), 'source.notAFile');
  assert.equal(await refusal(folder), 'source.isFolder');
  assert.equal(await refusal(path.join(folder, 'none.log')), 'source.notFound');
  assert.equal(await refusal(loop), 'source.linkLoop');
});

test('a program, or an archive that is not gzip, is no log', async () => {
  assert.equal(await refusal(process.execPath), 'source.noText');
  for (const [name, head] of [
    ['log.zst', '28b52ffd04'],
    ['log.zip', '504b030414'],
    ['log.lz4', '04224d18'],
    ['logs.tar', `${'61'.repeat(257)}${Buffer.from('ustar').toString('hex')}`],
    ['cache.db', Buffer.from('SQLite format 3\0').toString('hex')],
  ] as const) {
    const file = path.join(folder, name);
    fs.writeFileSync(file, Buffer.concat([Buffer.from(head, 'hex'), Buffer.from('\nsnapshot 79c92c2c saved\n')]));
    assert.equal(await refusal(file), 'source.noText', name);
  }
  // A hole that a power cut left is no reason.
  const torn = path.join(folder, 'torn.log');
  fs.writeFileSync(torn, `${'\0'.repeat(64)}snapshot 79c92c2c saved\n`);
  for await (const { bytes } of readLog(torn)) assert.match(bytes.toString(), /saved/);
});
