/** Reads a log piece by piece, in constant memory. */
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { pipeline, type Readable } from 'node:stream';
import { message } from '../wording/message.ts';
import { LogFileError } from './logFileError.ts';
import { sniffEncoding, TextCutter } from './textCutter.ts';

/** A piece of a log. */
export interface LogPiece {
  /** UTF-8, whole characters; only until the next piece is asked for. */
  bytes: Buffer;
  /** Bytes of the file that the pieces so far stand for: reading can go on from here. For a packed file, its whole size. */
  endByte: number;
}

export interface ReadLogOptions {
  /** Where to go on reading, an `endByte` of an earlier reading; packed files are always read from their start. */
  fromByte?: number;
  signal?: AbortSignal;
  onProgress?: (bytesRead: number, bytesTotal: number) => void;
}

const pieceBytes = 1 << 20;

/**
 * The text of a log: UTF-8, or UTF-16 by its byte order mark; gzip by its first bytes, whatever the name. The file is read
 * up to where it ended when the reading began. Rejects with LogFileError when there is nothing to read (no such file, no
 * permission, a folder, a pipe, a device, a program, a damaged archive), and with the signal's reason when it is aborted.
 *
 * @example for await (const { bytes } of readLog('backup.log')) parser.push(bytes);
 */
export async function* readLog(path: string, options: ReadLogOptions = {}): AsyncGenerator<LogPiece, void, undefined> {
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  const file = await openLog(path);
  try {
    const { size } = await file.stat();
    const head = Buffer.alloc(Math.min(size, 4096));
    await file.read(head, 0, head.length, 0);
    if (head[0] === 0x1f && head[1] === 0x8b) {
      yield* readPacked(path, file, size, options);
      return;
    }
    if (holdsNoText(head)) throw new LogFileError(path, message('source.noText'));
    const { encoding, markBytes } = sniffEncoding(head);
    const cutter = new TextCutter(encoding);
    let at = Math.max(options.fromByte ?? 0, markBytes);
    for await (const piece of readAhead(file, at, size)) {
      at += piece.length;
      const bytes = cutter.push(piece);
      signal?.throwIfAborted();
      onProgress?.(at, size);
      if (bytes.length > 0) yield { bytes, endByte: at - cutter.pendingBytes };
    }
  } catch (error) {
    throw asLogFileError(path, error);
  } finally {
    await file.close();
  }
}

/** How programs, archives, databases and pictures begin. Bytes that are no text say nothing: power cuts leave some in logs. */
const signatures = [
  ...[
    '7f454c46',
    'cffaedfe',
    'cafebabe',
    '4d5a9000',
    '504b0304',
    '28b52ffd',
    'fd377a585a',
    '425a68',
    '377abcaf',
    '04224d18',
  ],
  ...['89504e470d0a1a0a', 'ffd8ff', '25504446', '53514c69746520666f726d61742033', '1f9d'],
];

function holdsNoText(head: Buffer): boolean {
  const start = head.toString('hex', 0, 16);
  return signatures.some((signature) => start.startsWith(signature)) || head.toString('latin1', 257, 262) === 'ustar';
}

/** The bytes of a stretch of a file; the next piece is read while the last is looked at. */
async function* readAhead(file: FileHandle, from: number, to: number): AsyncGenerator<Buffer, void, undefined> {
  const length = Math.min(pieceBytes, Math.max(to - from, 1));
  const buffers = [Buffer.allocUnsafe(length), Buffer.allocUnsafe(to - from > length ? length : 0)] as const;
  const readInto = (buffer: Buffer, at: number): Promise<{ bytesRead: number; buffer: Buffer }> => {
    const reading = file.read(buffer, 0, Math.min(length, to - at), at);
    reading.catch(() => undefined); // told where it is awaited
    return reading;
  };
  let at = from;
  let coming = readInto(buffers[0], at);
  try {
    while (at < to) {
      const { bytesRead, buffer } = await coming;
      if (bytesRead === 0) return; // cut short while it was read
      at += bytesRead;
      if (at < to) coming = readInto(buffer === buffers[0] ? buffers[1] : buffers[0], at);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    // Nobody may close the file beneath a reading.
    await coming.catch(() => undefined);
  }
}

async function* readPacked(
  path: string,
  file: FileHandle,
  size: number,
  { signal, onProgress }: ReadLogOptions,
): AsyncGenerator<LogPiece, void, undefined> {
  const packed: Readable = file.createReadStream({
    start: 0,
    end: Math.max(size - 1, 0),
    autoClose: false,
    highWaterMark: pieceBytes,
  });
  let bytesRead = 0;
  packed.on('data', (chunk: Buffer) => (bytesRead += chunk.length));
  const unpacked = pipeline(packed, createGunzip(), () => undefined) as unknown as Readable;
  let cutter: TextCutter | null = null;
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      let bytes = chunk;
      if (!cutter) {
        const { encoding, markBytes } = sniffEncoding(chunk);
        cutter = new TextCutter(encoding);
        bytes = chunk.subarray(markBytes);
      }
      bytes = cutter.push(bytes);
      signal?.throwIfAborted();
      onProgress?.(Math.min(bytesRead, size), size);
      if (bytes.length > 0) yield { bytes, endByte: size };
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw isZlibError(error) ? new LogFileError(path, message('source.damagedArchive')) : error;
  } finally {
    packed.destroy();
  }
}

/** Opens a regular file; whatever else bears the name is refused before it could block or never end. */
async function openLog(path: string): Promise<FileHandle> {
  let file: FileHandle;
  try {
    // Without O_NONBLOCK (Windows has none, nor such pipes) opening a pipe that nobody writes to would wait for ever.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw asLogFileError(path, error);
  }
  const kind = kindOf(await file.stat());
  if (kind === null) return file;
  await file.close();
  throw new LogFileError(path, message(kind));
}

function kindOf(stats: { isFile(): boolean; isDirectory(): boolean }): 'source.isFolder' | 'source.notAFile' | null {
  if (stats.isFile()) return null;
  return stats.isDirectory() ? 'source.isFolder' : 'source.notAFile';
}

/** The error of a file operation as one that says what it means for the log; other errors pass. */
export function asLogFileError(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof LogFileError || !('code' in error) || !('syscall' in error))
    return error;
  const code = String(error.code);
  if (code === 'ENOENT' || code === 'ENOTDIR') return new LogFileError(path, message('source.notFound'));
  if (code === 'EISDIR') return new LogFileError(path, message('source.isFolder'));
  if (code === 'ENXIO' || code === 'ENODEV') return new LogFileError(path, message('source.notAFile'));
  if (code === 'ELOOP') return new LogFileError(path, message('source.linkLoop'));
  if (code === 'EACCES' || code === 'EPERM') return new LogFileError(path, message('source.noPermission'));
  return new LogFileError(path, message('source.notReadable', { reason: code }));
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^Z_|^ERR_/.test(String(error.code));
}
