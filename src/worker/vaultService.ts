/** The vault as the extension uses it: one opened store, and every call on it. No thread in it. */
import { ConfigurationBackup } from '../configs/configurationBackup.ts';
import { readKeys, type ConfigDiff } from '../configs/diff.ts';
import { formatKeyPath } from '../configs/formats/keyPath.ts';
import { NotAnObjectError, readObject } from '../configs/readObject.ts';
import { readKeyExport } from '../configs/vault/keyExport.ts';
import { MasterKey } from '../configs/vault/keys.ts';
import { RestoreError } from '../configs/vault/restoreError.ts';
import { isInside, type RestoreTarget } from '../configs/vault/restoreTarget.ts';
import { SnapshotStore } from '../configs/vault/snapshotStore.ts';
import { VaultError } from '../configs/vault/vaultError.ts';
import type { KeyPlace } from '../configs/replaceValue.ts';
import type { RestorePart } from '../configs/restoreSnapshot.ts';
import { claimDay, finishDay } from '../files/claimDay.ts';
import { FolderBusyError } from '../files/withFolderLock.ts';
import type { Handlers } from '../protocol/rpc.ts';
import type {
  ComparedTexts,
  CompareRequest,
  DriftRow,
  OpenedStore,
  OpenRequest,
  VaultMethods,
  VaultRefusal,
  VaultReply,
} from '../protocol/vault.ts';
import { Pages } from './pages.ts';

interface Opened {
  store: SnapshotStore;
  backup: ConfigurationBackup;
}

/** The calls of the vault. The store that `open` names stays open until the next `open`. */
export function createVaultService(now: () => number): Handlers<VaultMethods> {
  let opened: Opened | null = null;
  const pages = new Pages();
  const current = (): Opened => {
    if (opened === null) throw new VaultError('keyMissing');
    return opened;
  };

  return answering({
    async peek({ folder }) {
      const { storeId, keyId, recovery } = await SnapshotStore.peek(folder);
      return { storeId, keyId, hasRecovery: recovery !== null };
    },
    async open(request) {
      opened = await openStore(request, now);
      return describe(opened.store);
    },
    recoverKey: async ({ folder, passphrase }) => ({
      key: (await SnapshotStore.recoverKey(folder, passphrase)).reveal(),
    }),
    openKeyExport: async ({ text, passphrase }) => ({ key: (await readKeyExport(text, passphrase)).reveal() }),
    async setRecovery({ passphrase }) {
      await current().store.setRecovery(passphrase);
      return null;
    },
    rotate: ({ key }) => current().store.rotate(MasterKey.parse(key)),
    reseal: () => current().store.reseal(),
    counter: async () => (await current().store.readHead()).counter,
    list: async () => pages.first(await current().backup.listConfigBackups()),
    snapshotFile: ({ path }) => current().backup.backupConfigFile(path),
    snapshotEnvironment: ({ prefix, environment }) => current().backup.backupEnvironmentVariables(prefix, environment),
    snapshotApplication: ({ name, config, encryptSensitive }) =>
      current().backup.backupApplicationConfig(name, plainObject(config), encryptSensitive),
    async maskedText({ id }) {
      const { type, name, format, createdAt, text } = await current().backup.show(id);
      return { type, name, format, createdAt, text };
    },
    compare: (request) => compare(current().backup, request),
    async changedKeys({ before, after }) {
      const { keys } = await current().backup.diff(before, after);
      return pages.first(
        keys.map(({ path, change, secret }) => ({ key: formatKeyPath(path), change, isSecret: secret !== null })),
      );
    },
    async keys({ id }) {
      const { manifest } = await current().store.read(id);
      const rows = readKeys(manifest).map(({ path, document, shown, fingerprints }) => ({
        path,
        document,
        key: formatKeyPath(path),
        shown,
        isSecret: fingerprints.length > 0,
      }));
      return pages.first(rows);
    },
    async history({ type, name, path, document }) {
      const events = await current().backup.history(type, name, path, document);
      return pages.first(
        events.map(({ snapshotId, createdAt, change, shown }) => ({ snapshotId, createdAt, change, shown })),
      );
    },
    async drift({ paths }) {
      const rows: DriftRow[] = [];
      for (const path of paths) rows.push(await driftOf(current().backup, path));
      return pages.first(rows);
    },
    prune: async ({ policy, dryRun }) => pages.first(await current().backup.prune(policy, { dryRun })),
    snapshotApplicationText: ({ name, text }) => current().backup.backupApplicationConfig(name, readObject(text)),
    claimDay: ({ day }) => waiting(claimDay(current().store.folder, day, now())),
    async finishDay({ day }) {
      await waiting(finishDay(current().store.folder, day, now()));
      return null;
    },
    async planRestore({ id, target, root, key, changedMark }) {
      const { stamp, isSame, diff } = await current().backup.planRestore(id, placeOf(target, root), partOf(key));
      return { exists: stamp !== null, isSame, stamp, texts: diff && textsOf(diff, changedMark) };
    },
    restore: async ({ id, target, root, key, stamp }) =>
      (await current().backup.restore(id, placeOf(target, root), stamp, partOf(key))).safetySnapshotId,
    reveal: async ({ id, path, document }) => ({ value: await current().backup.reveal(id, { path, document }) }),
    async setPinned({ id, pinned }) {
      await current().backup.setPinned(id, pinned);
      return null;
    },
    async delete({ id }) {
      await current().backup.delete(id);
      return null;
    },
    verify: async () => pages.first(await current().backup.verify()),
    more: ({ rest }) => pages.more(rest),
  });
}

/** A folder that stays locked is one that others are changing. */
async function waiting<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof FolderBusyError ? new VaultError('busy') : error;
  }
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
  if (error instanceof RestoreError) return { failure: error.refusal, about: error.about, code: null };
  if (error instanceof VaultError) return { failure: error.failure, about: error.about, code: null };
  if (error instanceof NotAnObjectError) return { failure: 'notAnObject', about: null, code: null };
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
  const { storeId, keyId, recovery, isResealing } = store;
  return { storeId, keyId, hasRecovery: recovery !== null, isResealing, counter };
}

/** Both texts, line by line as the comparison has them, so that a changed secret marks its line. */
async function compare(
  backup: ConfigurationBackup,
  { before, after, changedMark }: CompareRequest,
): Promise<ComparedTexts> {
  const diff =
    'id' in after
      ? await backup.diff(before, after.id)
      : await backup.diffWithLive(
          before,
          'path' in after ? { type: 'file', path: after.path } : { type: 'env', environment: after.environment },
        );
  return textsOf(diff, changedMark);
}

function textsOf({ isSame, lines }: ConfigDiff, changedMark: string): ComparedTexts {
  const side = (other: 'added' | 'removed', mark: string): string | null =>
    lines.length === 0
      ? null
      : lines
          .filter(({ kind }) => kind !== other)
          .map(({ text, secretChanged }) => (secretChanged ? text + mark : text))
          .join('\n');
  return {
    isSame,
    before: side('added', ''),
    after: side('removed', changedMark),
  };
}

async function driftOf(backup: ConfigurationBackup, path: string): Promise<DriftRow> {
  const config = { type: 'file', name: path } as const;
  try {
    const { state, diff } = await backup.drift(path, { type: 'file', path });
    return { ...config, state: state === 'neverKept' ? 'same' : state, keys: diff?.keys.length ?? 0 };
  } catch (error) {
    // One file that cannot be read must not hide how the others stand.
    refusalOf(error);
    return { ...config, state: 'unreadable', keys: 0 };
  }
}

/** The object itself, when JSON can hold it: it comes from another extension. */
function plainObject(config: unknown): object {
  if (typeof config !== 'object' || config === null) throw new NotAnObjectError(null);
  try {
    JSON.stringify(config);
  } catch {
    throw new NotAnObjectError(null);
  }
  return config;
}

const partOf = (key: KeyPlace | null): RestorePart => (key === null ? {} : { key });

/** A folder that the target is not in says nothing of it. */
function placeOf(target: string, root: string | null): RestoreTarget {
  return { path: target, root: root !== null && isInside(target, root) ? root : null };
}
