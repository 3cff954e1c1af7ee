import { globSync } from 'node:fs';
import path from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { projectRoot } from '../workbench/projectRoot.ts';
import type { LayerResult } from './layerResult.ts';

export interface NodeTestOptions {
  /** Files at the same time. */
  concurrency: number;
  /** What a single test may take, where it does not say so itself. */
  testTimeoutMs: number;
  /** What all files together may take. */
  layerTimeoutMs: number;
}

/**
 * Runs every `*.test.ts` of a folder of `test/` with node:test, each file in a process of its own.
 *
 * A file must tell its own summary and have at least one test in it. Node counts a file that leaves early by
 * `process.exit(0)`, and one without any test, as a passed test; here both are failures.
 */
export async function runNodeTests(folder: string, options: NodeTestOptions): Promise<LayerResult> {
  const files = globSync(`test/${folder}/**/*.test.ts`, { cwd: projectRoot }).sort();
  const events = run({
    files: files.map((file) => path.join(projectRoot, file)),
    concurrency: options.concurrency,
    timeout: options.testTimeoutMs,
    signal: AbortSignal.timeout(options.layerTimeoutMs),
  });

  const result: LayerResult = { passed: 0, failed: 0 };
  const unheard = new Set(files);
  const outcomes: boolean[] = [];
  events.on('test:summary', ({ file, counts, success }) => {
    outcomes.push(success);
    if (file === undefined || counts.tests === 0) return;
    unheard.delete(path.relative(projectRoot, file));
    result.passed += counts.passed;
    result.failed += counts.tests - counts.passed - counts.skipped - counts.todo;
  });
  await new Promise<void>((resolve, reject) => {
    const report = events.compose(spec);
    report.once('end', resolve).once('error', reject).pipe(process.stdout, { end: false });
  });

  for (const file of unheard) {
    console.error(`${file} has no tests, or ended before all of them were done.`);
    result.failed++;
  }
  if (outcomes.includes(false) && result.failed === 0) result.failed++; // an error outside of every test: the report above has it
  return result;
}
