/** The vault's thread: answers the host's calls with the vault service, and nothing else. */
import { parentPort } from 'node:worker_threads';
import { connect, type NoMethods } from '../protocol/rpc.ts';
import type { VaultMethods } from '../protocol/vault.ts';
import { createVaultService } from './vaultService.ts';

const port = parentPort;
if (!port) throw new Error('The vault thread was started as a program of its own.');

connect<NoMethods, VaultMethods>(
  {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', listener),
    onClose: (listener) => port.once('close', listener),
  },
  createVaultService(() => Date.now()),
);
