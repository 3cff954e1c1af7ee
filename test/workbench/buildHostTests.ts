import { globSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { projectRoot } from './projectRoot.ts';

/** Where VS Code finds the tests of `test/host` once they are built. */
export const hostTestsEntry = path.join(projectRoot, 'dist/test/host/entry.cjs');

/**
 * Bundles every `test/host/*.test.ts`, and the entry that runs them, for the extension host; returns how many files. With
 * HOST_TESTS only those whose names begin with it.
 */
export async function buildHostTests(): Promise<number> {
  const files = globSync(`test/host/**/${process.env['HOST_TESTS'] ?? ''}*.test.ts`, { cwd: projectRoot });
  rmSync(path.dirname(hostTestsEntry), { recursive: true, force: true }); // a test that was removed must not run again
  await build({
    absWorkingDir: projectRoot,
    entryPoints: ['test/host/entry.ts', ...files],
    outdir: path.dirname(hostTestsEntry),
    outbase: 'test/host',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return files.length;
}

if (import.meta.main) await buildHostTests();
