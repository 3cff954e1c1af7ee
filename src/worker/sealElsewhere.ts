/** Has the snapshots of many files sealed and written in a second thread, while this one reads and cuts the next. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { AddElsewhere, PlainSnapshot } from '../configs/vault/plainSnapshot.ts';
import type { SnapshotStore } from '../configs/vault/snapshotStore.ts';
import { connect } from '../protocol/rpc.ts';

/** What is asked of the thread. */
export interface SealingMethods {
  add: {
    /** The store's folder, and the key it is under in text form. */
    request: { folder: string; key: string; snapshots: readonly PlainSnapshot[] };
    response: null;
    progress: never;
  };
}

/** A thread that seals; whatever it fails at is left to whoever asked. */
export interface SealingThread {
  /** Adds to a store that is open here. */
  addTo: (store: SnapshotStore) => AddElsewhere;
  close: () => Promise<void>;
}

/** With fewer files, starting a thread takes as long as sealing them here. */
const worthAThread = 200;

/** Whether so many files are worth a thread of their own, on this machine. */
export function isWorthSealingElsewhere(files: number, cores = availableParallelism()): boolean {
  return files >= worthAThread && cores > 1;
}

/** @param script the built sealing thread, absolute */
export function startSealing(script: string): SealingThread {
  const worker = new Worker(script);
  const { call, close } = connect<SealingMethods>(
    {
      post: (message) => worker.postMessage(message),
      onMessage: (listener) => worker.on('message', listener),
      onClose: (listener) => worker.once('error', listener).once('exit', listener),
    },
    {},
  );
  return {
    addTo:
      ({ folder, key }) =>
      (snapshots) =>
        // What went wrong comes up again, with its reason, where they are added instead.
        call('add', { folder, key: key.reveal(), snapshots }).then(
          () => true,
          () => false,
        ),
    async close() {
      close();
      await worker.terminate();
    },
  };
}
