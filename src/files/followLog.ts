/** Reads a log again and again, each time only what is new. */
import { open, stat } from 'node:fs/promises';
import { createLogParser, type LogParser, type ParsedLog } from '../backups/logs/parseLog.ts';
import type { LogMapping } from '../backups/logs/mapping.ts';
import { asLogFileError, readLog, type ReadLogOptions } from './readLog.ts';

/** Enough bytes before the reading position to tell that a log was emptied and has grown past it again. */
const tailBytes = 256;

/** What a log was when it was last read. */
interface Reading {
  parser: LogParser;
  log: ParsedLog;
  /** Where reading goes on. */
  endByte: number;
  /** The bytes before `endByte`. */
  tail: Buffer;
  size: number;
  modifiedMs: number;
  inode: number;
}

/** One log, followed through growth, rotation and truncation. */
export class LogFollower {
  readonly path: string;
  readonly #zone: string;
  readonly #mapping: LogMapping | null;
  #last: Reading | null = null;

  /**
   * @param zone IANA zone of local times in the log
   * @param mapping how the user says that it is to be read
   */
  constructor(path: string, zone: string, mapping: LogMapping | null = null) {
    this.path = path;
    this.#zone = zone;
    this.#mapping = mapping;
  }

  /**
   * What the log tells now. Unchanged since the last reading: nothing is read. Grown: the new bytes. Anything else (another
   * file under the name, a shorter one, other bytes where the last reading ended): everything.
   * Rejects as `readLog` does; the next call then starts anew.
   */
  async read(options: Pick<ReadLogOptions, 'signal' | 'onProgress'> = {}): Promise<ParsedLog> {
    const last = this.#last;
    this.#last = null;
    const {
      size,
      mtimeMs: modifiedMs,
      ino: inode,
    } = await stat(this.path).catch((error: unknown) => {
      throw asLogFileError(this.path, error);
    });
    if (last?.inode === inode && last.size === size && last.modifiedMs === modifiedMs) {
      this.#last = last;
      return last.log;
    }
    const goesOn = last?.inode === inode && size >= last.endByte && (await endsWith(this.path, last));
    const parser = goesOn
      ? last.parser
      : createLogParser({ path: this.path, zone: this.#zone, fileTimeMs: modifiedMs, mapping: this.#mapping });
    let endByte = goesOn ? last.endByte : 0;
    for await (const piece of readLog(this.path, { ...options, fromByte: endByte })) {
      parser.push(piece.bytes);
      endByte = piece.endByte;
    }
    const log = parser.snapshot();
    this.#last = {
      parser,
      log,
      endByte,
      tail: await readBytes(this.path, endByte - tailBytes, endByte),
      size,
      modifiedMs,
      inode,
    };
    return log;
  }
}

/** True when the bytes before the reading position still stand there, and the file can be read from there on. */
async function endsWith(path: string, { endByte, tail }: Reading): Promise<boolean> {
  const head = await readBytes(path, 0, 2);
  // A gzip archive makes sense from its start only.
  if (head[0] === 0x1f && head[1] === 0x8b) return false;
  return (await readBytes(path, endByte - tailBytes, endByte)).equals(tail);
}

async function readBytes(path: string, from: number, to: number): Promise<Buffer> {
  const start = Math.max(0, from);
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(to - start), 0, to - start, start);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
