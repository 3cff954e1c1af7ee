import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';

const folder = mkdtempSync(path.join(tmpdir(), 'cli-pipes-'));
after(() => rmSync(folder, { recursive: true }));
const cli = path.join(import.meta.dirname, '../../../src/cli/main.ts');
const options = { skip: process.platform === 'win32' && 'no such pipes there' };

/** A process of its own: what waits for a writer cannot be stopped from within. */
function run(...args: string[]): { code: number | null; out: string; err: string } {
  const env = { ...process.env, BACKUP_FORESIGHT_KEY_FILE: path.join(folder, 'key') };
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    env,
    encoding: 'utf8',
    timeout: 60_000,
    killSignal: 'SIGKILL',
  });
  return { code: status, out: stdout, err: stderr };
}

test('a pipe that nobody writes to is refused in one line', options, () => {
  const pipe = path.join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const isNoFile = /pipe: is a pipe, not a file\n/;
  for (const args of [
    ['score', pipe],
    ['forecast', pipe, '--horizon', '1'],
    ['analyze', folder, '--mapping', pipe],
    ['key', 'import', pipe],
    ['snapshot', 'app', 'shop', pipe],
  ]) {
    const { code, err } = run(...args);
    assert.notEqual(code, null, `${args.join(' ')} waits`);
    assert.notEqual(code, 0);
    assert.match(err, isNoFile);
  }
});

test('what a shell hands over is read', options, () => {
  const line = JSON.stringify({ id: 'a', times: [1, 2], values: [1, 1] });
  writeFileSync(path.join(folder, 'line'), line);
  const node = `"${process.execPath}" "${cli}"`;
  const piped = execFileSync('sh', ['-c', `cat "${folder}/line" | ${node} score /dev/stdin`], { encoding: 'utf8' });
  assert.match(piped, /^\{"id":"a","scores":\[/);
});
