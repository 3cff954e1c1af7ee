/** What VS Code's extension host loads and calls to run the tests beside this file. */
import { globSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import { resultsVariable, testLineMark } from '../workbench/hostProtocol.ts';

export async function run(): Promise<void> {
  // The host's console cannot be replaced, so Mocha's own printing function gets the mark by which the runner tells
  // the lines of the tests from those of VS Code.
  const print = console.log.bind(console);
  Object.assign(Mocha.reporters.Base, {
    consoleLog: (...values: unknown[]) => print(format(...values).replace(/^/gm, testLineMark)),
  });

  const mocha = new Mocha({ ui: 'tdd', reporter: 'spec', color: false, timeout: 90_000, forbidOnly: true });
  for (const file of globSync('**/*.test.cjs', { cwd: __dirname }).sort()) mocha.addFile(path.join(__dirname, file));

  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run((count) => {
      const { passes = 0, failures: failed = 0, pending: skipped = 0 } = runner.stats ?? {};
      const file = process.env[resultsVariable];
      if (file) writeFileSync(file, JSON.stringify({ passed: passes, failed, skipped }));
      resolve(count);
    });
  });
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
