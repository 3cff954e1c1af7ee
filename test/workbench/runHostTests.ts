import { cpSync, createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { buildHostTests, hostTestsEntry } from './buildHostTests.ts';
import { completeCodeServer } from './completeCodeServer.ts';
import { resultsVariable, testLineMark, type HostTestResults } from './hostProtocol.ts';
import { projectRoot } from './projectRoot.ts';
import { makeTemporaryFolder } from './temporaryFolder.ts';

/**
 * Runs the tests of `test/host` in a real extension host, on a copy of the sample workspace. A run counts only when VS Code
 * ended in order and the tests wrote down themselves how they ended.
 */
export async function runHostTests(): Promise<HostTestResults> {
  await buildHostTests();
  const workspace = path.join(makeTemporaryFolder('tested'), 'workspace');
  cpSync(path.join(projectRoot, 'sample-workspace'), workspace, { recursive: true });
  const { results, failure, lastLines } = await runInHost<HostTestResults>(hostTestsEntry, workspace);
  if (results !== null && (results.failed > 0 || failure === null)) return results;
  const why = failure?.message ?? 'it left before they were done';
  console.error(`The extension host did not get through the tests: ${why}. The end of artifacts/host.log:`);
  console.error(lastLines.join('\n'));
  return { passed: 0, skipped: 0, ...results, failed: 1 };
}

/** How a run in the extension host ended. */
export interface HostRun<Results> {
  /** What it has written into the file that `resultsVariable` names; null when it has not. */
  results: Results | null;
  /** Null when VS Code ended in order. */
  failure: Error | null;
  /** The end of what VS Code said. */
  lastLines: readonly string[];
}

/**
 * Has the extension host of a new VS Code load a script and call its `run`, with a folder open: in the desktop
 * VS Code that VSCODE_EXECUTABLE names or that can be downloaded, else in the VS Code server that comes with npm.
 */
export async function runInHost<Results>(script: string, workspace: string): Promise<HostRun<Results>> {
  const folder = makeTemporaryFolder('host-tests');
  // A workspace of folders, so that a test can add one: VS Code starts its extensions anew when a single folder becomes two.
  const workspaceFile = path.join(folder, 'tests.code-workspace');
  const results = path.join(folder, 'results.json');
  const logFile = path.join(projectRoot, 'artifacts/host.log');
  writeFileSync(workspaceFile, JSON.stringify({ folders: [{ path: workspace }] }));
  mkdirSync(path.dirname(logFile), { recursive: true });

  const output = new TestOutput(logFile);
  const failure: Error | null = await runTests({
    vscodeExecutablePath: await findVscode(folder),
    extensionDevelopmentPath: projectRoot,
    extensionTestsPath: script,
    launchArgs: [
      workspaceFile,
      '--disable-extensions',
      `--user-data-dir=${path.join(folder, 'user-data')}`,
      `--extensions-dir=${path.join(folder, 'extensions')}`,
    ],
    extensionTestsEnv: { [resultsVariable]: results },
    stdout: output,
    stderr: output,
  }).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
  output.end();
  return {
    results: existsSync(results) ? (JSON.parse(readFileSync(results, 'utf8')) as Results) : null,
    failure,
    lastLines: output.lastLines,
  };
}

/** A desktop VS Code where there is one to be had and a screen to show it, else the shim. */
async function findVscode(folder: string): Promise<string> {
  const given = process.env['VSCODE_EXECUTABLE'];
  if (given) return given;
  const hasScreen = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  if (hasScreen)
    try {
      return await downloadAndUnzipVSCode({ cachePath: path.join(projectRoot, '.vscode-test'), timeout: 20_000 });
    } catch (error) {
      console.log(`No desktop VS Code can be downloaded (${String(error)}); the VS Code server takes its place.`);
    }
  return writeShim(folder);
}

/** Writes the one executable file that starts the shim under the Node of this process. */
function writeShim(folder: string): string {
  completeCodeServer(); // here and not in the shim, whose output is not shown: it takes a while the first time
  const command = `"${process.execPath}" "${path.join(import.meta.dirname, 'vscodeShim.ts')}"`;
  const [name, text] =
    process.platform === 'win32' ? ['code.cmd', `@${command} %*\r\n`] : ['code', `#!/bin/sh\nexec ${command} "$@"\n`];
  const file = path.join(folder, name);
  writeFileSync(file, text, { mode: 0o755 });
  return file;
}

/** Shows the lines of the tests, and keeps everything that VS Code says in a file. */
class TestOutput extends Writable {
  /** The end of what was not shown. */
  readonly lastLines: string[] = [];
  private rest = '';
  private readonly decoder = new StringDecoder('utf8');
  private readonly file;

  constructor(logFile: string) {
    super();
    this.file = createWriteStream(logFile);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    const lines = (this.rest + this.decoder.write(chunk)).split('\n');
    this.rest = lines.pop() ?? '';
    lines.forEach((line) => this.take(line));
    done();
  }

  override _final(done: () => void): void {
    if (this.rest) this.take(this.rest);
    this.file.end(done);
  }

  private take(line: string): void {
    this.file.write(`${line}\n`);
    const at = line.indexOf(testLineMark);
    if (at >= 0) console.log(line.slice(at + testLineMark.length));
    else if (this.lastLines.push(line) > 60) this.lastLines.shift();
  }
}
