import * as assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, chownSync, globSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import type { BackupResult } from '../../src/configs/backupResult.ts';
import { commands } from '../../src/contributions.ts';
import type { TestedExtension } from '../../src/extension.ts';
import { VaultThread } from '../../src/vscode/snapshots/vaultThread.ts';
import { findExtension, inWorkspace, until } from './extensionUnderTest.ts';
import { withStore } from './withStore.ts';

/** Nobody in particular: a user who owns nothing else. */
const nobody = 65534;

suite('snapshots where the store is not this window’s alone, or not to be written to', function () {
  this.timeout(90_000); // a thread of its own for the other window, and a rotation, on a busy machine
  let extension: TestedExtension;
  suiteSetup(async () => {
    extension = await findExtension().activate();
  });
  setup(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  async function keep(name: string, content: string): Promise<string> {
    const file = inWorkspace(name);
    writeFileSync(file, content);
    const taken = await vscode.commands.executeCommand<BackupResult | undefined>(
      commands.snapshotFile,
      vscode.Uri.file(file),
    );
    assert.ok(taken?.isNew, `a snapshot of ${name} was taken`);
    return file;
  }

  /** The store as another window has it: with a thread of its own, and the same key. */
  async function withOtherWindow(folder: string, use: (window: VaultThread) => Promise<void>): Promise<void> {
    const script = path.join(findExtension().extensionPath, 'dist', 'vault.cjs');
    const crashes: Error[] = [];
    const window = new VaultThread(
      () => new Worker(script),
      (error) => crashes.push(error),
      60_000,
    );
    try {
      const key = await extension.internals.snapshots.vault.exportKey();
      await window.open({ folder, key, lastCounter: 0, sensitiveKeys: [], safeKeys: [], zone: 'UTC' });
      await use(window);
    } finally {
      window.close();
    }
    assert.deepEqual(crashes, []);
  }

  test('two windows write to one store at the same time, and nothing is lost', () =>
    withStore(extension, async ({ folder }) => {
      const { vault } = extension.internals.snapshots;
      await keep('shared.env', 'A=1\n');
      await withOtherWindow(folder, async (window) => {
        const taking = Array.from({ length: 8 }, async (_, at) => {
          const file = inWorkspace(`shared-${at}.env`);
          writeFileSync(file, `A_PASSWORD=x1y2z3-${at}\n`);
          if (at % 2 === 0) await vault.takeSnapshot('snapshotFile', { path: file });
          else await window.call('snapshotFile', { path: file });
        });
        await Promise.all(taking);
        await until('this window lists what the other one has taken', () => vault.rows.length === 9);
        assert.equal((await window.call('list', null)).length, 9);
        assert.deepEqual(await vault.read('verify', null), []);
      });
    }));

  test('what another window takes or deletes is followed', () =>
    withStore(extension, async ({ folder }) => {
      const { vault } = extension.internals.snapshots;
      const file = await keep('followed.env', 'A=1\n');
      await withOtherWindow(folder, async (window) => {
        writeFileSync(file, 'A=2\n');
        await window.call('snapshotFile', { path: file });
        await until('the other window’s snapshot is listed', () => vault.rows.length === 2);
        await window.call('delete', { id: vault.rows[0]!.id });
        await until('it is gone here too', () => vault.rows.length === 1);
      });
    }));

  test('a window whose key another one has rotated away refuses, and takes nothing under the old key', () =>
    withStore(extension, async ({ folder }) => {
      const { vault } = extension.internals.snapshots;
      const file = await keep('rotated-elsewhere.env', 'A=1\n');
      await withOtherWindow(folder, async (window) => {
        await vault.rotate();
        writeFileSync(file, 'A=2\n');
        await assert.rejects(window.call('snapshotFile', { path: file }), /under another key/);
        assert.equal(vault.rows.length, 1);
        assert.deepEqual(await vault.read('verify', null), []);
      });
    }));

  /** Takes the right to write to the store away: from its owner, and from the administrator by being somebody else meanwhile. */
  async function withReadOnly(folder: string, use: () => Promise<void>): Promise<void> {
    const isAdministrator = process.getuid!() === 0;
    const entries = [folder, ...globSync('**/*', { cwd: folder }).map((name) => path.join(folder, name))];
    const forbid = (): void => {
      for (const entry of entries) {
        chmodSync(entry, statSync(entry).isDirectory() ? 0o500 : 0o400);
        if (isAdministrator) chownSync(entry, nobody, nobody);
      }
    };
    if (isAdministrator) chmodSync(path.dirname(folder), 0o755);
    forbid();
    try {
      if (isAdministrator) process.seteuid!(nobody);
      await use();
    } finally {
      if (isAdministrator) process.seteuid!(0);
      for (const entry of entries) chmodSync(entry, statSync(entry).isDirectory() ? 0o700 : 0o600);
    }
  }

  test('a read-only store is shown and compared all the same, and says that nothing can be written', () =>
    withStore(extension, async ({ folder }) => {
      const { vault } = extension.internals.snapshots;
      const file = await keep('read-only.env', 'A_PASSWORD=x1y2z3\n');
      const { id } = vault.rows[0]!;
      writeFileSync(file, 'A_PASSWORD=changed\n');
      await withReadOnly(folder, async () => {
        assert.equal((await vault.load()).kind, 'ready');
        assert.equal(vault.rows.length, 1);
        assert.equal((await vault.read('maskedText', { id })).text, 'A_PASSWORD=••••••••\n');
        assert.deepEqual(await vault.read('verify', null), []);
        await assert.rejects(vault.takeSnapshot('snapshotFile', { path: file }), /permission|cannot be written/);
        await assert.rejects(vault.write('delete', { id }), /permission|cannot be written/);
      });
      assert.equal((await vault.load()).kind, 'ready');
      assert.deepEqual(
        vault.rows.map((row) => row.id),
        [id],
      );
      await vault.write('snapshotFile', { path: file });
      assert.deepEqual(await vault.read('verify', null), []);
    }));

  /**
   * Puts the store on a disk that `use` can fill. The administrator mounts a small one; whoever may not gets files that
   * cannot grow, which the system refuses in the same place. That neither can be had is a failure, not a reason to skip.
   */
  async function withSmallDisk(
    folder: string,
    use: (disk: { fill: () => void; free: () => void; says: RegExp }) => Promise<void>,
  ): Promise<void> {
    const disk = path.dirname(folder);
    const run = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;
    const limit = (bytes: string): boolean => run('prlimit', '--pid', String(process.pid), `--fsize=${bytes}:`);
    const filler = path.join(disk, 'filler');
    if (run('mount', '-t', 'tmpfs', '-o', 'size=256k', 'none', disk))
      try {
        const fill = (): void => {
          for (const size of [4096, 1])
            for (;;)
              try {
                appendFileSync(filler, Buffer.alloc(size));
              } catch {
                break;
              }
        };
        await use({ fill, free: () => rmSync(filler), says: /disk is full/ });
      } finally {
        run('umount', '-l', disk);
      }
    else {
      assert.ok(limit('unlimited'), 'neither a small disk nor a limit to the size of files is to be had');
      try {
        await use({ fill: () => limit('64'), free: () => limit('unlimited'), says: /EFBIG/ });
      } finally {
        limit('unlimited');
      }
    }
  }

  test('a full disk is said in words, leaves the store as it was, and all is well when there is room again', () =>
    withStore(extension, async ({ folder }) => {
      const { vault } = extension.internals.snapshots;
      await withSmallDisk(folder, async ({ fill, free, says }) => {
        const file = await keep('full.env', 'A_PASSWORD=x1y2z3\n');
        const { id } = vault.rows[0]!;
        writeFileSync(file, `A_PASSWORD=changed\n# ${'long '.repeat(4000)}\n`);
        fill();
        try {
          await assert.rejects(vault.takeSnapshot('snapshotFile', { path: file }), says);
          await assert.rejects(vault.rotate(), says);
        } finally {
          free();
        }
        assert.equal((await vault.load()).kind, 'ready');
        assert.deepEqual(
          vault.rows.map((row) => row.id),
          [id],
        );
        assert.deepEqual(await vault.read('verify', null), []);
        await vault.takeSnapshot('snapshotFile', { path: file });
        assert.equal(vault.rows.length, 2);
        assert.deepEqual(await vault.read('verify', null), []);
      });
    }));
});
