/** The thread of `bench/snapshots.ts` that seals a text as large as configurations get, as the extension's worker does. */
import { createSecretKey, randomBytes } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { cutContent } from '../src/configs/vault/cutContent.ts';
import { sealContent } from '../src/configs/vault/sealContent.ts';

parentPort?.on('message', (content: Uint8Array) => {
  const started = performance.now();
  const rules = { sensitiveKeys: [], safeKeys: [] };
  const fingerprintKey = createSecretKey(randomBytes(32)); // as an open store holds it
  const cut = cutContent({ name: 'large.yaml', content, format: null, rules }, fingerprintKey);
  const { values } = sealContent(cut, 'bench', randomBytes(32));
  parentPort?.postMessage({ ms: performance.now() - started, secrets: values.length });
});
