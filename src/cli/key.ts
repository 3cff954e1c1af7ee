import { SnapshotStore } from '../configs/vault/snapshotStore.ts';
import { exitCodes, usageError } from './commandError.ts';
import { createKey, explainVaultErrors, readKey, storeFolder } from './configurationVault.ts';
import { parseCommandLine } from './options.ts';
import type { Terminal } from './terminal.ts';

/** `key init`, `key status`: makes the key, or says which key is there and which the store needs. Never shows a key. */
export async function key(args: string[], terminal: Terminal): Promise<number> {
  const [action, ...rest] = parseCommandLine(args, {}).positionals;
  if (rest.length > 0 || (action !== 'init' && action !== 'status')) throw usageError("'init' or 'status'");
  return explainVaultErrors(async () => {
    if (action === 'init') {
      const { file, id } = await createKey();
      terminal.print(`Key ${id} is in ${file}. Keep a copy elsewhere: without it no snapshot can be opened.`);
      return exitCodes.ok;
    }
    const { exists, keyId } = await SnapshotStore.peek(storeFolder());
    const { id } = await readKey();
    terminal.print(`key    ${id}`);
    terminal.print(`store  ${exists ? `${storeFolder()}, under key ${keyId ?? ''}` : 'none yet'}`);
    return !exists || keyId === id ? exitCodes.ok : exitCodes.error;
  });
}
