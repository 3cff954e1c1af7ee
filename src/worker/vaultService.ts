/** The vault as the extension uses it: one opened store, and every call on it. No thread in it. */
import { readFile } from 'node:fs/promises';
import { ConfigurationBackup } from '../configs/configurationBackup.ts';
import { fillIn } from '../configs/secrets/cutSecrets.ts';
import { MasterKey } from '../configs/vault/keys.ts';
import type { Manifest } from '../configs/vault/snapshotFile.ts';
import { SnapshotStore } from '../configs/vault/snapshotStore.ts';
import { VaultError } from '../configs/vault/vaultError.ts';
import type { Handlers } from '../protocol/rpc.ts';
import type {
  MaskedText,
  OpenedStore,
  OpenRequest,
  VaultMethods,
  VaultRefusal,
  VaultReply,
} from '../protocol/vault.ts';
import { lookAtTarget, TargetError, writeRestored } from './restoreFile.ts';

/** What stands for a secret; always as long, whatever it hides. */
const mask = '••••••••';

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
      const { manifest } = await current().store.read(id);
      return masked(manifest);
    },
    async planRestore({ id, target, root }) {
      const found = await lookAtTarget(target, root);
      const isSame = found !== null && (await current().backup.contentOf(id)).equals(await readFile(target));
      return { exists: found !== null, isSame, stamp: found?.stamp ?? null };
    },
    async restore({ id, target, root, stamp }) {
      const { backup, store } = current();
      const content = await backup.contentOf(id);
      const { manifest } = await store.read(id);
      const before = await lookAtTarget(target, root);
      if ((before?.stamp ?? null) !== stamp) throw new TargetError('targetChanged', target);
      const kept = before === null ? null : await backup.backupConfigFile(target);
      // What was kept must be what is replaced.
      if (((await lookAtTarget(target, root))?.stamp ?? null) !== stamp) throw new TargetError('targetChanged', target);
      await writeRestored(target, content, before ?? originalMode(manifest));
      return kept?.snapshotId ?? null;
    },
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
  if (error instanceof VaultError || error instanceof TargetError)
    return { failure: error.failure, about: error.about, code: null };
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

function masked({ type, name, format, createdAt, text, values }: Manifest): MaskedText {
  const offsets = values.map(({ at }) => at);
  const shown =
    text === null
      ? null
      : fillIn(
          text,
          offsets,
          values.map(() => mask),
        );
  return { type, name, format, createdAt, text: shown };
}

function originalMode({ origin }: Manifest): { mode: number; uid: number; gid: number } | null {
  if (origin === null || origin.mode === null || origin.uid === null || origin.gid === null) return null;
  return { mode: origin.mode, uid: origin.uid, gid: origin.gid };
}
