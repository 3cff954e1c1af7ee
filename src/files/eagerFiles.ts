/**
 * Files that are written by this very thread, and not by those that Node has for file calls: for a thread of its own, in
 * which nothing else waits. To hand a call over takes longer than most calls do. Only flushes are handed over, so that
 * several wait for the disk at once.
 */
import * as fs from 'node:fs';
import { promisify } from 'node:util';
import { nodeFiles, type FileLayer, type OpenFile } from './fileLayer.ts';

const flush = promisify(fs.fsync);

export const eagerFiles: FileLayer = {
  ...nodeFiles,
  open: (file, flags, mode) => atOnce(() => openFile(fs.openSync(file, flags, mode))),
  rename: (from, to) => atOnce(() => fs.renameSync(from, to)),
};

function openFile(descriptor: number): OpenFile {
  return {
    fd: descriptor,
    chmod: (mode) => atOnce(() => fs.fchmodSync(descriptor, mode)),
    chown: (uid, gid) => atOnce(() => fs.fchownSync(descriptor, uid, gid)),
    close: () => atOnce(() => fs.closeSync(descriptor)),
    sync: () => flush(descriptor),
    writeFile: (content) => atOnce(() => fs.writeFileSync(descriptor, content as string | Uint8Array)),
  };
}

/** A call's result as a promise; what it throws, the promise rejects with. */
function atOnce<T>(call: () => T): Promise<T> {
  return new Promise((resolve) => resolve(call()));
}
