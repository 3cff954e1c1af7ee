/** Builds every bundle: extension, worker, cli (Node) and the report page (browser). Flags: --watch, --production, --quiet. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import * as esbuild from 'esbuild';

const flags = new Set(process.argv.slice(2));
const production = flags.has('--production');

/** @type {esbuild.BuildOptions} */
const shared = {
  bundle: true,
  sourcemap: production ? false : 'linked',
  minify: production,
  metafile: true,
  logLevel: flags.has('--quiet') ? 'warning' : 'info',
  mainFields: ['module', 'main'],
};
/** @type {esbuild.BuildOptions} */
const nodeShared = { ...shared, platform: 'node', target: 'node20' };

/** @type {Record<string, esbuild.BuildOptions>} */
export const bundles = {
  extension: {
    ...nodeShared,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.cjs',
    format: 'cjs',
    external: ['vscode'],
  },
  worker: { ...nodeShared, entryPoints: ['src/worker/thread.ts'], outfile: 'dist/worker.cjs', format: 'cjs' },
  study: { ...nodeShared, entryPoints: ['src/worker/studyThread.ts'], outfile: 'dist/study.cjs', format: 'cjs' },
  seal: { ...nodeShared, entryPoints: ['src/worker/sealThread.ts'], outfile: 'dist/seal.cjs', format: 'cjs' },
  vault: { ...nodeShared, entryPoints: ['src/worker/vaultThread.ts'], outfile: 'dist/vault.cjs', format: 'cjs' },
  cli: {
    ...nodeShared,
    entryPoints: ['src/cli/main.ts'],
    outfile: 'dist/cli.js',
    format: 'esm',
    // Bundled CommonJS packages call require for Node's own modules, which an ES module does not have.
    banner: {
      js: "#!/usr/bin/env node\nimport { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
    },
  },
  report: {
    ...shared,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    entryPoints: ['webview-ui/main.ts'],
    outfile: 'dist/report.js',
  },
};

mkdirSync('dist', { recursive: true });
if (production) for (const name of Object.keys(bundles)) rmSync(`${bundles[name].outfile}.map`, { force: true });
const wanted = Object.entries(bundles).filter(([, options]) => existsSync(options.entryPoints[0]));
if (flags.has('--watch')) {
  for (const [, options] of wanted) await (await esbuild.context(options)).watch();
} else {
  const results = await Promise.all(wanted.map(([, options]) => esbuild.build(options)));
  writeFileSync(
    'dist/meta.json',
    JSON.stringify(Object.fromEntries(wanted.map(([name], i) => [name, results[i].metafile]))),
  );
}
