import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { projectRoot } from './projectRoot.ts';

/** Builds for production and packages the extension, both without the network; returns the .vsix file. */
export function packageExtension(): string {
  const vsix = path.join(projectRoot, 'backup-foresight.vsix');
  for (const command of [
    ['esbuild.mjs', '--production', '--quiet'],
    ['node_modules/@vscode/vsce/vsce', 'package', '--no-dependencies', '--out', vsix],
  ]) {
    const { status } = spawnSync(process.execPath, command, { cwd: projectRoot, stdio: 'inherit', timeout: 180_000 });
    if (status !== 0) throw new Error(`Packaging stops: ${command.join(' ')} failed.`);
  }
  return vsix;
}

if (import.meta.main) packageExtension();
