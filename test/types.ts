/** Type-checks every target against its own tsconfig, so that a wing sees neither DOM nor Node types. */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const targets = globSync(
  ['src/**/tsconfig.json', 'webview-ui/tsconfig.json', 'test/tsconfig.json', 'bench/tsconfig.json'],
  { cwd: root },
).sort();
let failed = 0;
for (const target of targets) {
  const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', target], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) failed++;
}
console.log(`types: ${targets.length - failed} of ${targets.length} targets are clean`);
process.exitCode = failed === 0 && targets.length > 0 ? 0 : 1;
