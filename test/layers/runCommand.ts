import { spawnSync } from 'node:child_process';
import { projectRoot } from '../workbench/projectRoot.ts';
import type { LayerResult } from './layerResult.ts';

/** Runs a JavaScript tool of this project; it counts as one check, passed when it ends with 0 in time. */
export function runCommand(script: string, args: string[], timeoutMs: number): LayerResult {
  const { status, error } = spawnSync(process.execPath, [script, ...args], {
    cwd: projectRoot,
    stdio: 'inherit',
    timeout: timeoutMs,
  });
  if (error) console.error(`${script} did not end in order: ${error.message}`);
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}
