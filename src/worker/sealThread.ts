/** The second thread of a backup of many files: seals and writes the snapshots it is handed, and nothing else. */
import { parentPort } from 'node:worker_threads';
import { MasterKey } from '../configs/vault/keys.ts';
import { sealSnapshot } from '../configs/vault/plainSnapshot.ts';
import { SnapshotStore } from '../configs/vault/snapshotStore.ts';
import { eagerFiles } from '../files/eagerFiles.ts';
import { connect, type NoMethods } from '../protocol/rpc.ts';
import type { SealingMethods } from './sealElsewhere.ts';

const port = parentPort;
if (!port) throw new Error('The sealing thread was started as a program of its own.');

let opened: { folder: string; key: string; store: SnapshotStore } | null = null;

connect<NoMethods, SealingMethods>(
  {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', listener),
    onClose: (listener) => port.once('close', listener),
  },
  {
    async add({ folder, key, snapshots }) {
      if (opened?.folder !== folder || opened.key !== key) {
        const options = { now: Date.now, files: eagerFiles };
        opened = { folder, key, store: await SnapshotStore.open(folder, MasterKey.parse(key), options) };
      }
      await opened.store.add(...snapshots.map(sealSnapshot));
      return null;
    },
  },
);
