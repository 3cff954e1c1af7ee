import { spawnSync, type SpawnSyncOptions } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Parts of VS Code that nothing here uses: the agents' runtimes, about 190 MB. */
const unused = [
  '@github/copilot-sdk',
  '@github/copilot-sdk-linux-x64',
  '@github/copilot-sdk-linux-arm64',
  '@microsoft/mxc-sdk',
];

/**
 * Completes the npm package code-server, once, and returns its entry file.
 *
 * The package holds all of VS Code's own code but not VS Code's dependencies: its install script fetches them and then
 * insists on compiling a Kerberos module. Here they are fetched without any script; nothing that the tests or
 * `npm start` touch needs a compiled module.
 */
export function completeCodeServer(): string {
  const manifest = createRequire(import.meta.url).resolve('code-server/package.json');
  const entry = path.join(path.dirname(manifest), 'out/node/entry.js');
  const vscode = path.join(path.dirname(manifest), 'lib/vscode');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const stamp = path.join(vscode, 'node_modules/.completed-for-backup-foresight');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === version) return entry;

  console.error(`Completing VS Code's server (code-server ${version}), once, from the package registry ...`);
  const startedMs = performance.now();
  const { status, signal } = runNpm(
    ['install', '--omit=dev', '--ignore-scripts', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'],
    vscode,
  );
  if (status !== 0)
    throw new Error(
      `VS Code's server could not be completed: npm install ended with ${signal ?? status ?? 'no status'} in ${vscode}. ` +
        `Is the package registry in reach? Try again when it is: nothing has to be cleaned up.`,
    );
  for (const name of unused) rmSync(path.join(vscode, 'node_modules', name), { recursive: true, force: true });
  writeFileSync(stamp, version);
  console.error(`... done in ${Math.round((performance.now() - startedMs) / 1000)} s.`);
  return entry;
}

/** Runs the npm that started this process, else the one on PATH, as if it were called by hand in `cwd`. */
function runNpm(args: string[], cwd: string) {
  // Settings of the npm script we may be in (its folder, its package, its flags) must not reach the inner npm; where packages come from must.
  const kept =
    /^npm_config_(cache|registry|userconfig|globalconfig|cafile|proxy|https_proxy|noproxy|offline|prefer_offline)$/i;
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^npm_/i.test(key) || kept.test(key)));
  const script = process.env['npm_execpath'];
  const options: SpawnSyncOptions = { cwd, env, stdio: ['ignore', 2, 2], timeout: 8 * 60_000 };
  return script?.endsWith('.js')
    ? spawnSync(process.execPath, [script, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
}
