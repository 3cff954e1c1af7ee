import { closeSync, openSync, readSync } from 'node:fs';
import { refuseNamedPipe } from './refuseNamedPipe.ts';

const pieceBytes = 65_536;

/** A file that is larger than anything of its kind. */
export class FileTooLargeError extends Error {
  constructor(maxBytes: number) {
    super(`is larger than ${sizeText(maxBytes)}, which no such file is`);
    this.name = 'FileTooLargeError';
  }
}

/**
 * The text of a file that a command needs whole. Never reads much more than the limit, whatever the file says of its size:
 * a device has none.
 *
 * @throws FileTooLargeError, NamedPipeError, and the file system's errors
 */
export function readSmallFile(file: string, maxBytes: number): string {
  refuseNamedPipe(file);
  const handle = openSync(file, 'r');
  try {
    const pieces: Buffer[] = [];
    let length = 0;
    for (;;) {
      const piece = Buffer.allocUnsafe(pieceBytes);
      const bytesRead = readSync(handle, piece);
      if (bytesRead === 0) return Buffer.concat(pieces, length).toString('utf8');
      length += bytesRead;
      if (length > maxBytes) throw new FileTooLargeError(maxBytes);
      pieces.push(piece.subarray(0, bytesRead));
    }
  } finally {
    closeSync(handle);
  }
}

function sizeText(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${bytes / (1024 * 1024)} MiB` : `${bytes / 1024} KiB`;
}
