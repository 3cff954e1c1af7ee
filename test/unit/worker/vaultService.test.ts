import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, symlink, writeFile, chmod, link, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { MasterKey } from '../../../src/configs/vault/keys.ts';
import {
  rowsAtOnce,
  type Page,
  type VaultMethods,
  type VaultRefusal,
  type VaultValue,
} from '../../../src/protocol/vault.ts';
import { createVaultService } from '../../../src/worker/vaultService.ts';

const root = await mkdtemp(path.join(tmpdir(), 'vault-service-'));
after(() => rm(root, { recursive: true, force: true }));
let count = 0;
const context = { signal: new AbortController().signal, progress: () => undefined };

/** A service on a new store, and a folder of its own for files. */
async function newService(key = MasterKey.create()) {
  const base = path.join(root, String(++count));
  await mkdir(base);
  const handlers = createVaultService(() => Date.UTC(2026, 10, 1) + count++ * 1000);
  const answer = <M extends keyof VaultMethods>(method: M, request: VaultMethods[M]['request']) =>
    handlers[method](request, context) as Promise<{ value: unknown } | { refusal: VaultRefusal }>;
  const value = async <M extends keyof VaultMethods>(method: M, request: VaultMethods[M]['request']) => {
    const reply = await answer(method, request);
    assert.ok('value' in reply, JSON.stringify(reply));
    const isPage = typeof reply.value === 'object' && reply.value !== null && 'rest' in reply.value;
    return (isPage ? (reply.value as Page<unknown>).rows : reply.value) as VaultValue<M>;
  };
  const refusal = async <M extends keyof VaultMethods>(method: M, request: VaultMethods[M]['request']) => {
    const reply = await answer(method, request);
    assert.ok('refusal' in reply, 'it was not refused');
    return reply.refusal;
  };
  const folder = path.join(base, 'store');
  const request = { folder, key: key.reveal(), lastCounter: 0, sensitiveKeys: [], safeKeys: [], zone: 'UTC' };
  await value('open', request);
  const write = async (name: string, content: string | Uint8Array): Promise<string> => {
    await writeFile(path.join(base, name), content);
    return path.join(base, name);
  };
  return { answer, base, request, value, refusal, write };
}

const changedMark = ' <- changed';
const secret = 'Tr0ub4dor&3-xyz';

test('before a store is opened, every call is refused', async () => {
  const handlers = createVaultService(() => 0);
  assert.deepEqual(await handlers.list(null, context as never), {
    refusal: { failure: 'keyMissing', about: null, code: null },
  });
});

test('a snapshot is listed and shown with its secrets masked', async () => {
  const { value, write } = await newService();
  const file = await write('app.yaml', `db:\n  host: db.example\n  password: "${secret}" # keep\n`);
  const { snapshotId, isNew } = await value('snapshotFile', { path: file });
  assert.equal(isNew, true);
  assert.equal((await value('snapshotFile', { path: file })).isNew, false);
  const [row, ...more] = await value('list', null);
  assert.deepEqual(more, []);
  assert.deepEqual([row!.id, row!.type, row!.name, row!.secrets], [snapshotId, 'file', file, 1]);
  const shown = await value('maskedText', { id: snapshotId });
  assert.equal(shown.text, 'db:\n  host: db.example\n  password: "••••••••" # keep\n');
});

test('a content that is sealed whole shows nothing', async () => {
  const { value, write } = await newService();
  const file = await write('key.bin', new Uint8Array([0, 255, 1]));
  const { snapshotId } = await value('snapshotFile', { path: file });
  assert.equal((await value('maskedText', { id: snapshotId })).text, null);
});

test('a restore is byte-exact, keeps the mode, and keeps what it replaces', async () => {
  const { value, write } = await newService();
  const first = `\ufeffA_PASSWORD=${secret}\r\nB=1\n`;
  const file = await write('.env', first);
  await chmod(file, 0o640);
  const { snapshotId } = await value('snapshotFile', { path: file });
  await writeFile(file, 'A_PASSWORD=other\n');
  const where = { id: snapshotId, target: file, root: null, key: null, changedMark };
  const plan = await value('planRestore', where);
  assert.deepEqual([plan.exists, plan.isSame], [true, false]);
  const kept = await value('restore', { ...where, stamp: plan.stamp });
  assert.equal(await readFile(file, 'utf8'), first);
  assert.equal((await stat(file)).mode & 0o777, 0o640);
  await value('restore', { ...where, id: kept!, stamp: (await value('planRestore', where)).stamp });
  assert.equal(await readFile(file, 'utf8'), 'A_PASSWORD=other\n');
});

test('a file changed since the look is not replaced', async () => {
  const { value, refusal, write } = await newService();
  const file = await write('a.env', 'A=1\n');
  const { snapshotId } = await value('snapshotFile', { path: file });
  await writeFile(file, 'A=2\n');
  const where = { id: snapshotId, target: file, root: null, key: null, changedMark };
  const { stamp } = await value('planRestore', where);
  await writeFile(file, 'A=3, which is longer\n');
  assert.equal((await refusal('restore', { ...where, stamp })).failure, 'changedSincePreview');
  assert.equal(await readFile(file, 'utf8'), 'A=3, which is longer\n');
  await rm(file);
  assert.equal((await refusal('restore', { ...where, stamp })).failure, 'changedSincePreview');
});

test('nothing is restored through a link, to a folder, to a file with other names, or to an odd path', async () => {
  const { base, value, refusal, write } = await newService();
  const file = await write('a.env', 'A=1\n');
  const { snapshotId: id } = await value('snapshotFile', { path: file });
  await mkdir(path.join(base, 'real'));
  await symlink(path.join(base, 'real'), path.join(base, 'linked'));
  await symlink(file, path.join(base, 'link.env'));
  await link(await write('two.env', 'x\n'), path.join(base, 'names.env'));
  const odd: [string, VaultRefusal['failure']][] = [
    [path.join(base, 'linked', 'new.env'), 'linkInPath'],
    [path.join(base, 'link.env'), 'notRegular'],
    [path.join(base, 'real'), 'notRegular'],
    [path.join(base, 'names.env'), 'hardLinked'],
    ['relative.env', 'notAbsolute'],
    [`${base}/real/../new.env`, 'notNormal'],
    [`${base}/nul\0.env`, 'nulByte'],
  ];
  for (const [target, failure] of odd)
    assert.equal((await refusal('planRestore', { id, target, root: base, key: null, changedMark })).failure, failure);
  const inside = {
    id,
    target: path.join(base, 'linked', 'new.env'),
    root: path.join(base, 'linked'),
    key: null,
    changedMark,
  };
  assert.equal((await value('planRestore', inside)).exists, false, 'the root itself is taken as it is');
});

test('refusals name codes and places', async () => {
  const { base, refusal, request } = await newService();
  const missing = path.join(base, 'no-such.yaml');
  assert.deepEqual(await refusal('snapshotFile', { path: missing }), {
    failure: 'fileSystem',
    about: missing,
    code: 'ENOENT',
  });
  assert.equal((await refusal('snapshotFile', { path: base })).failure, 'notAFile');
  assert.equal((await refusal('maskedText', { id: 'f'.repeat(32) })).failure, 'snapshotMissing');
  assert.equal((await refusal('open', { ...request, key: MasterKey.create().reveal() })).failure, 'keyWrong');
  assert.equal((await refusal('open', { ...request, lastCounter: 99 })).failure, 'storeRolledBack');
});

test('a configuration that JSON cannot hold is refused without a word of it', async () => {
  const { refusal } = await newService();
  const circular: Record<string, unknown> = { password: secret };
  circular['self'] = circular;
  for (const config of [circular, null as never, 'text' as never])
    assert.deepEqual(await refusal('snapshotApplication', { name: 'x', config, encryptSensitive: true }), {
      failure: 'notAnObject',
      about: null,
      code: null,
    });
});

test('a comparison is masked on both sides, and marks the line of a changed secret', async () => {
  const { value, write } = await newService();
  const file = await write('app.yaml', `db:\n  host: one\n  password: "${secret}"\n  token: abc123def456\n`);
  const { snapshotId: before } = await value('snapshotFile', { path: file });
  await writeFile(file, 'db:\n  host: two\n  password: "Other-4-secret"\n  token: abc123def456\n');
  const now = await value('compare', { before, after: { path: file }, changedMark });
  assert.equal(now.isSame, false);
  assert.equal(now.before, 'db:\n  host: one\n  password: "••••••••"\n  token: ••••••••');
  assert.equal(now.after, 'db:\n  host: two\n  password: "••••••••" <- changed\n  token: ••••••••');
  const { snapshotId: after } = await value('snapshotFile', { path: file });
  assert.deepEqual(await value('changedKeys', { before, after }), [
    { key: 'db.host', change: 'changed', isSecret: false },
    { key: 'db.password', change: 'changed', isSecret: true },
  ]);
  assert.deepEqual(await value('compare', { before, after: { id: after }, changedMark }), now);
  assert.deepEqual(await value('drift', { paths: [file] }), [{ type: 'file', name: file, state: 'same', keys: 0 }]);
  await rm(file);
  assert.equal((await value('drift', { paths: [file] }))[0]!.state, 'gone');
});

test('keys are listed masked, one is revealed, its changes are told, and it alone is restored', async () => {
  const { value, refusal, write } = await newService();
  const file = await write('app.env', `PORT=1\nPASSWORD=${secret}\n`);
  const { snapshotId: id } = await value('snapshotFile', { path: file });
  await writeFile(file, 'PORT=2\nPASSWORD=another-5-secret\n');
  await value('snapshotFile', { path: file });
  const keys = await value('keys', { id });
  assert.deepEqual(
    keys.map(({ key, shown, isSecret }) => [key, shown, isSecret]),
    [
      ['PORT', '1', false],
      ['PASSWORD', '••••••••', true],
    ],
  );
  const { path: keyPath, document } = keys[1]!;
  const place = { path: keyPath, document };
  assert.deepEqual(await value('reveal', { id, ...place }), { value: secret });
  assert.equal((await refusal('reveal', { id, path: ['PORT'], document: 0 })).failure, 'valueMissing');
  const events = await value('history', { type: 'file', name: file, ...place });
  assert.deepEqual(
    events.map(({ change, shown }) => [change, shown]),
    [
      ['added', '••••••••'],
      ['changed', '••••••••'],
    ],
  );
  const where = { id, target: file, root: null, key: place, changedMark };
  const { stamp, texts } = await value('planRestore', where);
  assert.ok(texts && !JSON.stringify(texts).includes(secret));
  await value('restore', { ...where, stamp });
  assert.equal(await readFile(file, 'utf8'), `PORT=2\nPASSWORD=${secret}\n`);
});

test('a pinned snapshot is not deleted, nor pruned', async () => {
  const { value, refusal, write } = await newService();
  const file = await write('a.env', 'A=1\n');
  const { snapshotId: id } = await value('snapshotFile', { path: file });
  await writeFile(file, 'A=2\n');
  await value('snapshotFile', { path: file });
  await value('setPinned', { id, pinned: true });
  assert.equal((await refusal('delete', { id })).failure, 'pinned');
  assert.deepEqual(
    await value('prune', { policy: { last: 1 }, dryRun: false }),
    await value('prune', { policy: { last: 1 }, dryRun: true }),
  );
  assert.equal((await value('list', null)).length, 2);
  await value('setPinned', { id, pinned: false });
  await value('delete', { id });
  assert.equal((await value('list', null)).length, 1);
});

test('an application is an object in JSON, JSON with comments, or YAML', async () => {
  const { value, refusal } = await newService();
  for (const text of ['{"a":1}', '// note\n{"a": 1,}', 'a: 1\n'])
    assert.ok(await value('snapshotApplicationText', { name: 'shop', text }), text);
  assert.equal((await value('list', null)).length, 1, 'the same object each time');
  for (const text of ['', '3', '[1]', `a: "${secret}`])
    assert.deepEqual(await refusal('snapshotApplicationText', { name: 'shop', text }), {
      failure: 'notAnObject',
      about: null,
      code: null,
    });
});

test('a store is recovered by its passphrase, and rotated to another key', async () => {
  const { value, refusal, request } = await newService();
  const { folder } = request;
  assert.equal((await refusal('recoverKey', { folder, passphrase: 'x' })).failure, 'recoveryMissing');
  await value('setRecovery', { passphrase: 'four words and a half' });
  assert.deepEqual(await value('recoverKey', { folder, passphrase: 'four words and a half' }), { key: request.key });
  assert.equal((await refusal('recoverKey', { folder, passphrase: 'no' })).failure, 'passphraseWrong');
  const key = MasterKey.create().reveal();
  assert.deepEqual(await value('rotate', { key }), []);
  assert.equal((await refusal('open', request)).failure, 'keyWrong');
  assert.equal((await value('open', { ...request, key })).hasRecovery, false);
});

test('a store is sealed anew, and what could not be read is named', async () => {
  const { value, write, request } = await newService();
  const file = await write('.env', `A_PASSWORD=${secret}\n`);
  const { snapshotId } = await value('snapshotFile', { path: file });
  const place = path.join(request.folder, 'snapshots', `${snapshotId}.json`);
  const before = await readFile(place, 'utf8');
  assert.deepEqual(await value('reseal', null), []);
  assert.notEqual(await readFile(place, 'utf8'), before);
  assert.deepEqual(await value('reveal', { id: snapshotId, path: ['A_PASSWORD'], document: 0 }), { value: secret });
  await writeFile(place, 'nonsense');
  assert.deepEqual(await value('reseal', null), [snapshotId]);
  assert.equal((await value('open', request)).isResealing, false);
  assert.deepEqual(await value('rotate', { key: MasterKey.create().reveal() }), [snapshotId]);
});

test('a long list comes in pieces, and stays as it was when it was asked for', async () => {
  const { answer, value, refusal, write } = await newService();
  const lines = Array.from({ length: 2 * rowsAtOnce + 5 }, (_, n) => `key${n}: ${n}\n`).join('');
  const { snapshotId: id } = await value('snapshotFile', { path: await write('long.yaml', lines) });
  const pageOf = async <M extends 'keys' | 'changedKeys' | 'more'>(
    method: M,
    request: VaultMethods[M]['request'],
  ): Promise<Page<{ key: string }>> => {
    const reply = await answer(method, request);
    assert.ok('value' in reply);
    return reply.value as Page<{ key: string }>;
  };
  const pages = [await pageOf('keys', { id })];
  await pageOf('keys', { id });
  for (let { rest } = pages[0]!; rest !== null; { rest } = pages.at(-1)!) pages.push(await pageOf('more', { rest }));
  assert.deepEqual(
    pages.map(({ rows }) => rows.length),
    [rowsAtOnce, rowsAtOnce, 5],
  );
  const keys = pages.flatMap(({ rows }) => rows.map(({ key }) => key));
  assert.equal(new Set(keys).size, 2 * rowsAtOnce + 5);
  assert.equal((await refusal('more', { rest: pages[0]!.rest! })).failure, 'busy', 'what was given is not given again');
  const { snapshotId: after } = await value('snapshotFile', {
    path: await write('long.yaml', lines.replaceAll(': ', ': x')),
  });
  const changes = await pageOf('changedKeys', { before: id, after });
  assert.ok(changes.rows.length === rowsAtOnce && changes.rest !== null);
});
