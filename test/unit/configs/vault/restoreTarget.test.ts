import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmod,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import type { RestoreRefusal } from '../../../../src/configs/vault/restoreError.ts';
import { checkTargetName, lookAtTarget, writeTarget } from '../../../../src/configs/vault/restoreTarget.ts';
import { nodeFiles, type FileLayer } from '../../../../src/files/fileLayer.ts';

const base = await realpath(await mkdtemp(path.join(tmpdir(), 'restore-target-')));
after(() => rm(base, { recursive: true, force: true }));
let places = 0;

/** A workspace with a folder beside it that nothing may be written to. */
async function newPlace(): Promise<{ root: string; outside: string }> {
  const place = path.join(base, String(++places));
  const [root, outside] = [path.join(place, 'workspace'), path.join(place, 'outside')];
  await mkdir(path.join(root, 'conf'), { recursive: true });
  await mkdir(outside);
  await writeFile(path.join(outside, 'victim'), 'untouched');
  return { root, outside };
}

const rights = { mode: 0o640, uid: null, gid: null };
const posix = process.platform !== 'win32';

const badNames: [NodeJS.Platform, string, string | null, RestoreRefusal][] = [
  ['linux', 'app.yaml', null, 'notAbsolute'],
  ['linux', '', null, 'notAbsolute'],
  ['linux', './app.yaml', null, 'notAbsolute'],
  ['linux', '../app.yaml', null, 'notAbsolute'],
  ['linux', '~/app.yaml', null, 'notAbsolute'],
  ['linux', '/srv/../etc/passwd', null, 'notNormal'],
  ['linux', '/srv/./app.yaml', null, 'notNormal'],
  ['linux', '/srv//app.yaml', null, 'notNormal'],
  ['linux', '//etc/passwd', null, 'notNormal'],
  ['linux', '/srv/conf/', null, 'notNormal'],
  ['linux', '/srv/conf/..', null, 'notNormal'],
  ['linux', '/', null, 'notNormal'],
  ['linux', '/srv/app.yaml\0.txt', null, 'nulByte'],
  ['linux', '/etc/passwd', '/srv', 'outsideRoot'],
  ['linux', '/srv-two/app.yaml', '/srv', 'outsideRoot'],
  ['linux', '/srv', '/srv', 'outsideRoot'],
  ['win32', 'app.yaml', null, 'notAbsolute'],
  ['win32', 'C:app.yaml', null, 'notAbsolute'],
  ['win32', '\\work\\app.yaml', null, 'notAbsolute'],
  ['win32', 'C:\\work\\..\\app.yaml', null, 'notNormal'],
  ['win32', 'C:/srv/app.yaml', null, 'notNormal'],
  ['win32', 'C:\\work\\', null, 'notNormal'],
  ['win32', '\\\\?\\C:\\work\\app.yaml', null, 'rawPath'],
  ['win32', '\\\\.\\PhysicalDrive0', null, 'rawPath'],
  ['win32', '//?/C:/srv/app.yaml', null, 'rawPath'],
  ['win32', 'C:\\work\\CON', null, 'deviceName'],
  ['win32', 'C:\\work\\nul.yaml', null, 'deviceName'],
  ['win32', 'C:\\work\\Aux.tar.gz', null, 'deviceName'],
  ['win32', 'C:\\com1\\app.yaml', null, 'deviceName'],
  ['win32', 'C:\\work\\LPT9.txt', null, 'deviceName'],
  ['win32', 'C:\\work\\com¹', null, 'deviceName'],
  ['win32', 'C:\\work\\CONOUT$', null, 'deviceName'],
  ['win32', 'C:\\work\\prn .txt', null, 'deviceName'],
  ['win32', 'C:\\work\\app.yaml:stream', null, 'streamName'],
  ['win32', 'C:\\work\\app.yaml::$DATA', null, 'streamName'],
  ['win32', 'C:\\work\\app.yaml.', null, 'trailingDot'],
  ['win32', 'C:\\work\\app.yaml ', null, 'trailingDot'],
  ['win32', 'C:\\work.\\app.yaml', null, 'trailingDot'],
  ['win32', 'D:\\work\\app.yaml', 'C:\\work', 'outsideRoot'],
];

test('names that lead elsewhere than they read are refused', () => {
  for (const [platform, target, root, refusal] of badNames)
    assert.throws(() => checkTargetName({ path: target, root }, platform), { name: 'RestoreError', refusal }, target);
});

test('ordinary names are taken', () => {
  const good: [NodeJS.Platform, string, string | null][] = [
    ['linux', '/srv/app.yaml', '/srv'],
    ['linux', '/srv/..app.yaml', '/srv'],
    ['linux', '/srv/con', null],
    ['linux', '/srv/a:b \\ c.', null],
    ['win32', 'C:\\work\\app.yaml', 'C:\\work'],
    ['win32', 'c:\\Work\\console.yaml', 'C:\\work'],
    ['win32', '\\\\server\\share\\app.yaml', null],
    ['win32', 'C:\\work\\com10', null],
  ];
  for (const [platform, target, root] of good)
    assert.doesNotThrow(() => checkTargetName({ path: target, root }, platform), target);
});

type Setting = (place: { root: string; outside: string }) => Promise<string>;
const badPlaces: [string, RestoreRefusal, Setting][] = [
  [
    'a link to a file outside',
    'notRegular',
    async ({ root, outside }) => {
      await symlink(path.join(outside, 'victim'), path.join(root, 'app.yaml'));
      return 'app.yaml';
    },
  ],
  [
    'a link that leads nowhere',
    'notRegular',
    async ({ root, outside }) => {
      await symlink(path.join(outside, 'new'), path.join(root, 'app.yaml'));
      return 'app.yaml';
    },
  ],
  [
    'a link to a file inside',
    'notRegular',
    async ({ root }) => {
      await writeFile(path.join(root, 'real.yaml'), '');
      await symlink('real.yaml', path.join(root, 'app.yaml'));
      return 'app.yaml';
    },
  ],
  [
    'a linked folder',
    'linkInPath',
    async ({ root, outside }) => {
      await symlink(outside, path.join(root, 'linked'));
      return 'linked/victim';
    },
  ],
  [
    'a linked folder further up',
    'linkInPath',
    async ({ root, outside }) => {
      await mkdir(path.join(outside, 'deep'));
      await symlink(outside, path.join(root, 'linked'));
      return 'linked/deep/app.yaml';
    },
  ],
  [
    'a link to itself',
    'linkInPath',
    async ({ root }) => {
      await symlink('loop', path.join(root, 'loop'));
      return 'loop/app.yaml';
    },
  ],
  ['a folder', 'notRegular', () => Promise.resolve('conf')],
  [
    'a pipe',
    'notRegular',
    ({ root }) => {
      execFileSync('mkfifo', [path.join(root, 'pipe')]);
      return Promise.resolve('pipe');
    },
  ],
  [
    'a file with another name outside',
    'hardLinked',
    async ({ root, outside }) => {
      await link(path.join(outside, 'victim'), path.join(root, 'app.yaml'));
      return 'app.yaml';
    },
  ],
  [
    'a read-only file',
    'readOnly',
    async ({ root }) => {
      await writeFile(path.join(root, 'app.yaml'), 'x', { mode: 0o444 });
      return 'app.yaml';
    },
  ],
  ['a missing folder', 'folderMissing', () => Promise.resolve('missing/app.yaml')],
  [
    'a file in the place of a folder',
    'notAFolder',
    async ({ root }) => {
      await writeFile(path.join(root, 'file'), '');
      return 'file/app.yaml';
    },
  ],
  [
    'a name that differs in case',
    'caseClash',
    async ({ root }) => {
      await writeFile(path.join(root, 'App.yaml'), '');
      return 'app.yaml';
    },
  ],
  [
    'a name in another Unicode form',
    'caseClash',
    async ({ root }) => {
      await writeFile(path.join(root, 'caf\u00e9.yaml'), '');
      return 'cafe\u0301.yaml';
    },
  ],
];

for (const [what, refusal, setUp] of badPlaces) {
  test(`${what} is refused, and nothing is written`, { skip: !posix }, async () => {
    const place = await newPlace();
    const target = { path: path.join(place.root, await setUp(place)), root: place.root };
    const before = await everything(path.dirname(place.root));
    await assert.rejects(lookAtTarget(target), { name: 'RestoreError', refusal });
    await assert.rejects(writeTarget(target, Buffer.from('new'), rights, null), { refusal });
    assert.deepEqual(await everything(path.dirname(place.root)), before);
  });
}

async function everything(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries.map(async (entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return `${file} ${entry.isFile() ? await readFile(file, 'utf8') : (await lstat(file)).mode}`;
    }),
  ).then((lines) => lines.sort());
}

test('a file is replaced with its permissions, whatever the process’s mask, and special bits do not come back', async () => {
  const { root } = await newPlace();
  const target = { path: path.join(root, 'app.yaml'), root };
  await writeTarget(target, Buffer.from('one'), { ...rights, mode: 0o4755 }, null);
  if (posix) assert.equal((await lstat(target.path)).mode & 0o7777, 0o755);
  const { stamp } = (await lookAtTarget(target))!;
  await writeTarget(target, Buffer.from('two'), { ...rights, mode: 0o666 }, stamp);
  assert.equal(await readFile(target.path, 'utf8'), 'two');
  if (posix) assert.equal((await lstat(target.path)).mode & 0o7777, 0o666);
  assert.deepEqual(await readdir(root), ['app.yaml', 'conf']);
});

test('a file that was changed, replaced, removed or made since the look is left alone', async () => {
  const { root } = await newPlace();
  const target = { path: path.join(root, 'app.yaml'), root };
  await writeFile(target.path, 'one');
  const { stamp } = (await lookAtTarget(target))!;
  const refused = (): Promise<void> =>
    assert.rejects(writeTarget(target, Buffer.from('new'), rights, stamp), { refusal: 'changedSincePreview' });
  await assert.rejects(writeTarget(target, Buffer.from('new'), rights, null), { refusal: 'changedSincePreview' });
  await chmod(target.path, 0o600);
  await refused();
  await writeFile(target.path, 'two');
  await refused();
  await writeFile(path.join(root, 'other'), 'one');
  await rename(path.join(root, 'other'), target.path);
  await refused();
  assert.equal(await readFile(target.path, 'utf8'), 'one');
  await rm(target.path);
  await refused();
  assert.deepEqual(await readdir(root), ['conf']);
});

/** The real files, calling `before` with the name of each call and how many of its name there were. */
function watch(before: (name: string, count: number) => Promise<void>): FileLayer {
  const counts = new Map<string, number>();
  return new Proxy(nodeFiles, {
    get(object, name): unknown {
      const member = Reflect.get(object, name) as (...args: unknown[]) => Promise<unknown>;
      return async (...args: unknown[]) => {
        const count = (counts.get(String(name)) ?? 0) + 1;
        counts.set(String(name), count);
        await before(String(name), count);
        return member.apply(object, args);
      };
    },
  });
}

test(
  'a folder swapped for a link at any moment leads nothing outside',
  { skip: process.platform !== 'linux' },
  async () => {
    const calls: string[] = [];
    const count = async (): Promise<void> => {
      const { root } = await newPlace();
      const files = watch((name, n) => Promise.resolve(void calls.push(`${name} ${n}`)));
      await writeTarget({ path: path.join(root, 'conf', 'victim'), root }, Buffer.from('new'), rights, null, files);
    };
    await count();
    assert.ok(calls.length > 10, calls.join(', '));
    for (const moment of calls) {
      const { root, outside } = await newPlace();
      const folder = path.join(root, 'conf');
      const files = watch(async (name, n) => {
        if (`${name} ${n}` !== moment) return;
        await rename(folder, `${folder}-moved`);
        await symlink(outside, folder);
      });
      await writeTarget({ path: path.join(folder, 'victim'), root }, Buffer.from('new'), rights, null, files).catch(
        () => undefined,
      );
      assert.equal(await readFile(path.join(outside, 'victim'), 'utf8'), 'untouched', moment);
      assert.deepEqual(await readdir(outside), ['victim'], moment);
    }
  },
);

test(
  'a target swapped for a link before the rename is replaced as a name, never followed',
  { skip: !posix },
  async () => {
    const { root, outside } = await newPlace();
    const target = { path: path.join(root, 'app.yaml'), root };
    await writeFile(target.path, 'one');
    const { stamp } = (await lookAtTarget(target))!;
    const files = watch(async (name) => {
      if (name !== 'rename') return;
      await rm(target.path);
      await symlink(path.join(outside, 'victim'), target.path);
    });
    await writeTarget(target, Buffer.from('new'), rights, stamp, files);
    assert.equal(await readFile(path.join(outside, 'victim'), 'utf8'), 'untouched');
  },
);

test('a disk that fails leaves the old file and nothing beside it', async () => {
  const { root } = await newPlace();
  const target = { path: path.join(root, 'app.yaml'), root };
  await writeFile(target.path, 'old');
  const { stamp } = (await lookAtTarget(target))!;
  for (const code of ['ENOSPC', 'EIO', 'EACCES', 'EROFS']) {
    const files = watch((name) =>
      name === 'rename' ? Promise.reject(Object.assign(new Error(code), { code })) : Promise.resolve(),
    );
    await assert.rejects(writeTarget(target, Buffer.from('new'), rights, stamp, files), { code });
    assert.equal(await readFile(target.path, 'utf8'), 'old');
    assert.deepEqual(await readdir(root), ['app.yaml', 'conf']);
  }
});
