/** The vault as the extension uses it: one opened store, and every call on it. No thread in it. */
import { ConfigurationBackup } from '../configs/configurationBackup.ts';
import { MasterKey } from '../configs/vault/keys.ts';
import { RestoreError } from '../configs/vault/restoreError.ts';
import { isInside, type RestoreTarget } from '../configs/vault/restoreTarget.ts';
import { SnapshotStore } from '../configs/vault/snapshotStore.ts';
import { VaultError } from '../configs/vault/vaultError.ts';
import type { Handlers } from '../protocol/rpc.ts';
import type { OpenedStore, OpenRequest, VaultMethods, VaultRefusal, VaultReply } from '../protocol/vault.ts';

interface Opened {
  store: SnapshotStore;
  backup: ConfigurationBackup;
}

/** The calls of the vault. The store that `open` names stays open until the next `open`. */
export function createVaultService(now: () => number): Handlers<VaultMethods> {
  let opened: Opened | null = null;
  const current = (): Opened => {
    if (opened === null) throw new VaultError('keyMissing');
    return opened;
  };

  return answering({
    async peek({ folder }) {
      const { exists, keyId, recovery } = await SnapshotStore.peek(folder);
      return { exists, keyId, hasRecovery: recovery !== null };
    },
    async open(request) {
      opened = await openStore(request, now);
      return describe(opened.store);
    },
    recoverKey: async ({ folder, passphrase }) => ({
      key: (await SnapshotStore.recoverKey(folder, passphrase)).reveal(),
    }),
    async setRecovery({ passphrase }) {
      await current().store.setRecovery(passphrase);
      return null;
    },
    async rotate({ key }) {
      await current().store.rotate(MasterKey.parse(key));
      return null;
    },
    counter: async () => (await current().store.readHead()).counter,
    list: () => current().backup.listConfigBackups(),
    snapshotFile: ({ path }) => current().backup.backupConfigFile(path),
    snapshotEnvironment: ({ prefix, environment }) => current().backup.backupEnvironmentVariables(prefix, environment),
    snapshotApplication: ({ name, config, encryptSensitive }) =>
      current().backup.backupApplicationConfig(name, config, encryptSensitive),
    async maskedText({ id }) {
      const { type, name, format, createdAt, text } = await current().backup.show(id);
      return { type, name, format, createdAt, text };
    },
    async planRestore({ id, target, root }) {
      const { stamp, isSame } = await current().backup.planRestore(id, placeOf(target, root));
      return { exists: stamp !== null, isSame, stamp };
    },
    restore: async ({ id, target, root, stamp }) =>
      (await current().backup.restore(id, placeOf(target, root), stamp)).safetySnapshotId,
    verify: () => current().backup.verify(),
  });
}

type Calls = { [M in keyof VaultMethods]: (request: VaultMethods[M]['request']) => Value<M> | Promise<Value<M>> };
type Value<M extends keyof VaultMethods> = Extract<VaultMethods[M]['response'], { value: unknown }>['value'];

/** Refusals cross to the host as codes; anything else as an error without its text, which might hold some of a secret. */
function answering(calls: Calls): Handlers<VaultMethods> {
  const answer =
    (call: (request: never) => unknown) =>
    async (request: never): Promise<VaultReply<unknown>> => {
      try {
        return { value: await call(request) };
      } catch (error) {
        return { refusal: refusalOf(error) };
      }
    };
  return Object.fromEntries(
    Object.entries(calls).map(([name, call]) => [name, answer(call as (request: never) => unknown)]),
  ) as unknown as Handlers<VaultMethods>;
}

function refusalOf(error: unknown): VaultRefusal {
  if (error instanceof RestoreError) {
    const failure = error.refusal === 'changedSincePreview' ? 'targetChanged' : 'targetRefused';
    return { failure, about: error.about, code: null };
  }
  if (error instanceof VaultError) return { failure: error.failure, about: error.about, code: null };
  const { code, path } = error as NodeJS.ErrnoException;
  if (typeof code === 'string' && /^E[A-Z0-9]+$/.test(code))
    return { failure: 'fileSystem', about: path ?? null, code };
  const bare = new Error('The vault failed unexpectedly.');
  // The frames say where; the text before them might repeat what was being read.
  bare.stack = (error as Error | null)?.stack?.replace(/^[\s\S]*?(?=^ {4}at )/m, '') ?? '';
  throw bare;
}

async function openStore(request: OpenRequest, now: () => number): Promise<Opened> {
  const { folder, key, lastCounter, sensitiveKeys, safeKeys, zone } = request;
  const store = await SnapshotStore.open(folder, MasterKey.parse(key), { now, lastCounter });
  await store.resumeRotation();
  return { store, backup: new ConfigurationBackup(store, { rules: { sensitiveKeys, safeKeys }, now, zone }) };
}

async function describe(store: SnapshotStore): Promise<OpenedStore> {
  const { counter } = await store.readHead();
  return { storeId: store.storeId, keyId: store.keyId, hasRecovery: store.recovery !== null, counter };
}

/** A folder that the target is not in says nothing of it. */
function placeOf(target: string, root: string | null): RestoreTarget {
  return { path: target, root: root !== null && isInside(target, root) ? root : null };
}
