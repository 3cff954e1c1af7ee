import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { MasterKey } from '../../src/configs/vault/keys.ts';
import { projectRoot } from './projectRoot.ts';

/**
 * Makes a store with one snapshot, of `shop.env`, on the command line. The environment names it and its key from then on,
 * and so VS Code that is started from here finds both. Gives the folder of the store.
 */
export function makeGivenStore(folder: string): string {
  const store = path.join(folder, 'store');
  const config = path.join(folder, 'shop.env');
  process.env['CONFIG_BACKUP_DIR'] = store;
  process.env['BACKUP_FORESIGHT_KEY'] = MasterKey.create().reveal();
  writeFileSync(config, 'SHOP_NAME=corner\nSHOP_PASSWORD=plum-Harbour-88\n');
  const { status, stderr } = spawnSync(
    process.execPath,
    [path.join(projectRoot, 'dist/cli.js'), 'snapshot', 'file', config],
    { encoding: 'utf8', env: { ...process.env, XDG_STATE_HOME: folder } },
  );
  if (status !== 0) throw new Error(`No snapshot on the command line: ${stderr}`);
  return store;
}

/** Takes the store and its key out of the environment again. */
export function forgetGivenStore(): void {
  for (const name of ['CONFIG_BACKUP_DIR', 'BACKUP_FORESIGHT_KEY']) Reflect.deleteProperty(process.env, name);
}
