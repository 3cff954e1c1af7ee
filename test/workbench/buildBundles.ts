import { spawnSync } from 'node:child_process';
import { projectRoot } from './projectRoot.ts';

/** Builds every bundle into `dist/`, as `npm run build` does. */
export function buildBundles(): void {
  const { status } = spawnSync(process.execPath, ['esbuild.mjs', '--quiet'], {
    cwd: projectRoot,
    stdio: 'inherit',
    timeout: 120_000,
  });
  if (status !== 0) throw new Error('The bundles do not build.');
}
