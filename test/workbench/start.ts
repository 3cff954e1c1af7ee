/**
 * `npm start`: builds, opens the sample workspace in a real VS Code with the extension loaded, and stays until Ctrl-C.
 * The desktop VS Code is used where its command `code` can open a window, else the VS Code server that comes with npm.
 */
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { findOnPath, isExecutable } from './findExecutable.ts';
import { packageExtension } from './packageExtension.ts';
import { projectRoot } from './projectRoot.ts';
import { makeTemporaryFolder } from './temporaryFolder.ts';
import { installVsix, startVscodeServer, workbenchUrl } from './vscodeServer.ts';

const sample = path.join(projectRoot, 'sample-workspace');

try {
  const code = findDesktopCode();
  if (code === undefined) await openInServer();
  else openOnDesktop(code);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

/** The command `code` where it can open a window of its own: not without a screen, nor inside a remote terminal. */
function findDesktopCode(): string | undefined {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return undefined;
  if (process.env['VSCODE_IPC_HOOK_CLI'] !== undefined) return undefined;
  const onMac = '/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code';
  return [...findOnPath('code', 'code-insiders', 'codium'), onMac].find(isExecutable);
}

function openOnDesktop(code: string): void {
  const { status } = spawnSync(process.execPath, ['esbuild.mjs', '--quiet'], { cwd: projectRoot, stdio: 'inherit' });
  if (status !== 0) throw new Error('The extension does not build.');
  console.log(`Opening ${sample} with ${code}. Close the window or press Ctrl-C to end.`);
  const window = spawn(code, [`--extensionDevelopmentPath=${projectRoot}`, '--new-window', '--wait', sample], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  window.once('error', (error) => {
    console.error(`${code} does not start: ${error.message}`);
    process.exit(1);
  });
  window.once('exit', (status) => process.exit(status ?? 0));
}

/** The package is installed, not loaded from here: only so does a server show everything, notifications included. */
async function openInServer(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(0));
  const vsix = packageExtension();
  const folder = makeTemporaryFolder('start');
  installVsix(folder, vsix);
  const server = await startVscodeServer({ folder, port: Number(process.env['PORT'] ?? 0) });
  console.log(`\nVS Code with Backup Foresight is ready. Open in a browser:\n`);
  console.log(`  ${workbenchUrl(server, { workspace: sample })}\n\nCtrl-C ends it.`);
  await server.end;
  throw new Error(`VS Code's server has ended by itself. What it said last:\n${server.log().slice(-3000)}`);
}
