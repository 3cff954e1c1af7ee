/** A store for tests: on a fixed day, and without waiting for the disk. */
import { ConfigurationBackup } from '../../../../src/configs/configurationBackup.ts';
import type { MasterKey } from '../../../../src/configs/vault/keys.ts';
import { SnapshotStore } from '../../../../src/configs/vault/snapshotStore.ts';
import type { FileLayer } from '../../../../src/files/fileLayer.ts';
import { quickFiles } from '../../files/failingFiles.ts';

export const now = (): number => Date.UTC(2026, 10, 24);

export function openQuickly(folder: string, key: MasterKey, files: FileLayer = quickFiles): Promise<SnapshotStore> {
  return SnapshotStore.open(folder, key, { now, files });
}

/** Without rules of the user's own. */
export function backupOn(store: SnapshotStore): ConfigurationBackup {
  return new ConfigurationBackup(store, { rules: { sensitiveKeys: [], safeKeys: [] }, now, zone: 'UTC' });
}
