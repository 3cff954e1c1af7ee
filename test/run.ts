/**
 * `npm test`: every layer in order, or only those that are named (`npm test -- unit host`).
 * A layer runs even when an earlier one has failed, except that nothing can be tested of what does not build.
 */
import { availableParallelism } from 'node:os';
import type { LayerResult } from './layers/layerResult.ts';
import { runCommand } from './layers/runCommand.ts';
import { runNodeTests } from './layers/runNodeTests.ts';
import { runHostTests } from './workbench/runHostTests.ts';

const minuteMs = 60_000;

// The limits end what hangs; a slow or busy machine stays far below them.
const layers: Record<string, () => LayerResult | Promise<LayerResult>> = {
  format: () =>
    runCommand('node_modules/prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.'], 3 * minuteMs),
  lint: () => runCommand('node_modules/eslint/bin/eslint.js', ['.', '--max-warnings=0'], 6 * minuteMs),
  types: () => runCommand('test/types.ts', [], 6 * minuteMs),
  build: () => {
    const packaged = runCommand('test/workbench/packageExtension.ts', [], 4 * minuteMs);
    const built = runCommand('esbuild.mjs', ['--quiet'], 2 * minuteMs); // with the source maps that a package leaves out
    return { passed: packaged.passed + built.passed, failed: packaged.failed + built.failed };
  },
  unit: () =>
    runNodeTests('unit', {
      concurrency: availableParallelism(),
      testTimeoutMs: 5 * minuteMs,
      layerTimeoutMs: 15 * minuteMs,
    }),
  manifest: () =>
    runNodeTests('manifest', { concurrency: 1, testTimeoutMs: 5 * minuteMs, layerTimeoutMs: 10 * minuteMs }),
  host: runHostTests,
  ui: () => runNodeTests('ui', { concurrency: 1, testTimeoutMs: 5 * minuteMs, layerTimeoutMs: 25 * minuteMs }),
};
/** The layers that look at what the build has made, and bring it along. */
const needBuild = new Set(['manifest', 'host', 'ui']);

const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in layers));
if (unknown.length > 0) {
  console.error(`There is no test layer "${unknown.join('", "')}". There are: ${Object.keys(layers).join(', ')}.`);
  process.exit(2);
}
const chosen = Object.keys(layers).filter(
  (name) =>
    named.length === 0 || named.includes(name) || (name === 'build' && named.some((other) => needBuild.has(other))),
);

const total: LayerResult = { passed: 0, failed: 0 };
const summary: string[] = [];
let isBuilt = true;
for (const name of chosen) {
  console.log(`\n== ${name} ==`);
  const startedMs = performance.now();
  const result: LayerResult = isBuilt || !needBuild.has(name) ? await runLayer(name) : skip();
  if (name === 'build') isBuilt = result.failed === 0;
  total.passed += result.passed;
  total.failed += result.failed;
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  summary.push(`${name.padEnd(9)} ${result.passed} passed, ${result.failed} failed (${seconds} s)`);
}
console.log(`\n${summary.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

async function runLayer(name: string): Promise<LayerResult> {
  try {
    const result = await layers[name]!();
    if (result.passed + result.failed > 0) return result;
    console.error(`The layer "${name}" has no tests.`);
  } catch (error) {
    console.error(error);
  }
  return { passed: 0, failed: 1 };
}

function skip(): LayerResult {
  console.error('Not run: the build has failed.');
  return { passed: 0, failed: 1 };
}
