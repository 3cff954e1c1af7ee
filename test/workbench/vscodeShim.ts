/**
 * Looks like a desktop VS Code to @vscode/test-electron, and runs the extension tests in VS Code's server, with a
 * headless browser as its window.
 */
import { parseArgs, format } from 'node:util';
import { openBrowser } from './browser.ts';
import { resultsVariable } from './hostProtocol.ts';
import { makeTemporaryFolder } from './temporaryFolder.ts';
import { startVscodeServer, workbenchUrl } from './vscodeServer.ts';

const timeoutMs = 20 * 60_000;

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string' },
    extensionTestsPath: { type: 'string' },
  },
});
const { extensionDevelopmentPath, extensionTestsPath } = values;
const workspace = positionals[0];
if (typeof extensionDevelopmentPath !== 'string' || typeof extensionTestsPath !== 'string' || workspace === undefined)
  throw new Error('The shim runs extension tests in a folder and nothing else.');

const folder = makeTemporaryFolder('host');
const [server, browser] = await Promise.all([
  startVscodeServer({ folder, testDriver: true, settings: { 'git.enabled': false } }),
  openBrowser(),
]);
try {
  const page = await browser.context.newPage();
  const exitCode = new Promise<number>((resolve, reject) => {
    const fail = (why: string) => () => reject(new Error(why));
    setTimeout(fail(`The tests did not end within ${timeoutMs / 60_000} minutes.`), timeoutMs).unref();
    page.on('crash', fail('The browser page crashed.'));
    page.on('close', fail('The browser page was closed.'));
    void page.exposeFunction('codeAutomationExit', resolve);
  });
  await page.exposeFunction('codeAutomationLog', (_type: string, output: unknown[]) => console.log(format(...output)));
  await page.goto(
    workbenchUrl(server, {
      workspace,
      payload: [
        ['extensionDevelopmentPath', server.uri(extensionDevelopmentPath)],
        ['extensionTestsPath', server.uri(extensionTestsPath)],
        ['extensionEnvironment', JSON.stringify({ [resultsVariable]: process.env[resultsVariable] })],
      ],
    }),
    { waitUntil: 'commit' },
  );
  const code = await exitCode;
  // VS Code reports success for a host that was killed or that left by process.exit; only its server tells the truth.
  await server.waitForLog(/Extension Host Process exited with code/, 20_000);
  const exits = [...server.log().matchAll(/Extension Host Process exited with (code: \w+, signal: \w+)/g)].map(
    (match) => match[1],
  );
  const clean = exits.length > 0 && exits.every((exit) => exit === 'code: 0, signal: null');
  if (!clean) console.error(`The extension host did not end in order (${exits.join('; ') || 'no exit was seen'}).`);
  process.exitCode = code === 0 && !clean ? 1 : code;
} finally {
  await browser.close();
  await server.stop();
}
