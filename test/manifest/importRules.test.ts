/** Breaks every import rule of the house on purpose, and expects the lint error with its reason. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { projectRoot } from '../workbench/projectRoot.ts';

// The files do not exist, so the rules that ask the type checker have to be left out; the import rules do not ask it.
const eslint = new ESLint({
  cwd: projectRoot,
  overrideConfig: [
    { files: ['**/*.ts'], ...tseslint.configs.disableTypeChecked },
    { files: ['**/*.ts'], languageOptions: { parserOptions: { projectService: false } } },
  ],
});

/** What the import rules say to a line of code in a file of this name. */
async function lint(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath });
  return result!.messages.filter(({ ruleId }) => ruleId?.includes('restricted')).map(({ message }) => message);
}

const wingKnowsNoVscode = /Only src\/vscode and src\/extension\.ts know VS Code/;
const wingKnowsNoNode = /This folder is data in, result out/;
const wingsApart = /The two wings know nothing of each other/;
const wingKnowsNoShell = /A wing never reaches for the shell around it/;
const wingReadsNoFiles = /A wing takes text and gives records/;
const importsAtTheTop = /A wing imports at the top of the file/;
const noClock = /A wing has no clock/;
const noChance = /A wing has no chance in it/;
const hostParsesNothing = /No parsing or modelling in the extension host/;
const hostBundlesNoWorker = /The extension host never bundles the analysis/;
const pageIsItsOwn = /The report page is a bundle of its own/;
const pageKnowsMessages = /The page knows only messages/;

const value = 'import { x } from';
const broken: [file: string, code: string, reason: RegExp][] = [
  ['src/backups/logs/x.ts', `${value} 'vscode';`, wingKnowsNoVscode],
  ['src/backups/logs/x.ts', `${value} 'node:fs';`, wingKnowsNoNode],
  ['src/backups/logs/x.ts', `${value} 'fs';`, wingKnowsNoNode],
  ['src/backups/logs/x.ts', `${value} 'fs/promises';`, wingKnowsNoNode],
  ['src/backups/logs/x.ts', `${value} '../../configs/diff.ts';`, wingsApart],
  ['src/backups/logs/x.ts', `${value} '../../files/readText.ts';`, wingReadsNoFiles],
  ['src/backups/logs/x.ts', `${value} '../../cli/main.ts';`, wingKnowsNoShell],
  ['src/backups/logs/x.ts', `${value} '../../worker/analysis.ts';`, wingKnowsNoShell],
  ['src/backups/logs/x.ts', `${value} '../../vscode/settings.ts';`, wingKnowsNoShell],
  ['src/backups/x.ts', `${value} '../vscode/settings.ts';`, wingKnowsNoShell],
  ['src/backups/x.ts', `${value} '../../webview-ui/main.ts';`, wingKnowsNoShell],
  ['src/backups/x.ts', `export { x } from 'node:os';`, wingKnowsNoNode],
  ['src/backups/x.ts', `import type { x } from 'vscode';`, wingKnowsNoVscode],
  ['src/backups/x.ts', `export const x = () => import('node:fs');`, importsAtTheTop],
  ['src/backups/x.ts', 'export const now = Date.now();', noClock],
  ['src/backups/x.ts', 'export const now = new Date();', noClock],
  ['src/backups/x.ts', 'export const chance = Math.random();', noChance],
  ['src/wording/x.ts', `${value} '../backups/run.ts';`, wingsApart],
  ['src/wording/x.ts', `${value} 'node:util';`, wingKnowsNoNode],
  ['src/configs/formats/x.ts', `${value} '../../backups/run.ts';`, wingsApart],
  ['src/configs/formats/x.ts', `${value} 'node:fs';`, wingKnowsNoNode],
  ['src/configs/formats/x.ts', 'export const now = Date.now();', noClock],
  ['src/configs/secrets/x.ts', `${value} '../../files/readText.ts';`, wingReadsNoFiles],
  ['src/configs/secrets/x.ts', `${value} 'vscode';`, wingKnowsNoVscode],
  ['src/configs/diff.ts', `${value} 'node:fs';`, wingKnowsNoNode],
  ['src/configs/diff.ts', `${value} '../files/readText.ts';`, wingReadsNoFiles],
  ['src/configs/diff.ts', `${value} 'vscode';`, wingKnowsNoVscode],
  ['src/configs/vault/x.ts', `${value} 'vscode';`, wingKnowsNoVscode],
  ['src/configs/vault/x.ts', `${value} '../../backups/run.ts';`, wingsApart],
  ['src/configs/vault/x.ts', `${value} '../../cli/main.ts';`, wingKnowsNoShell],
  ['src/protocol/x.ts', `${value} 'vscode';`, wingKnowsNoVscode],
  ['src/protocol/x.ts', `${value} 'node:fs';`, wingKnowsNoNode],
  ['src/files/x.ts', `${value} 'vscode';`, wingKnowsNoVscode],
  ['src/worker/x.ts', `${value} 'vscode';`, wingKnowsNoVscode],
  ['src/cli/x.ts', `${value} 'vscode';`, wingKnowsNoVscode],
  ['src/cli/x.ts', `${value} '../../webview-ui/main.ts';`, pageIsItsOwn],
  ['src/vscode/x.ts', `${value} '../worker/analysis.ts';`, hostBundlesNoWorker],
  ['src/vscode/x.ts', `${value} '../backups/logs/restic.ts';`, hostParsesNothing],
  ['src/vscode/views/x.ts', `${value} '../../backups/prediction/predict.ts';`, hostParsesNothing],
  ['src/vscode/report/x.ts', `${value} '../../exports/reportMarkdown.ts';`, hostParsesNothing],
  ['src/extension.ts', `${value} './backups/logs/restic.ts';`, hostParsesNothing],
  ['src/extension.ts', `${value} './worker/analysis.ts';`, hostBundlesNoWorker],
  ['src/extension.ts', `${value} '../webview-ui/main.ts';`, pageIsItsOwn],
  ['webview-ui/x.ts', `${value} 'vscode';`, wingKnowsNoVscode],
  ['webview-ui/x.ts', `${value} 'node:fs';`, wingKnowsNoNode],
  ['webview-ui/charts/x.ts', `${value} '../../src/vscode/settings.ts';`, pageKnowsMessages],
  ['webview-ui/x.ts', `${value} '../src/backups/prediction/predict.ts';`, hostParsesNothing],
];

for (const [file, code, reason] of broken)
  test(`${file} may not say: ${code}`, async () => {
    const messages = await lint(file, code);
    assert.ok(
      messages.some((message) => reason.test(message)),
      `expected ${String(reason)}, got ${JSON.stringify(messages)}`,
    );
  });

const kept: [file: string, code: string][] = [
  ['src/backups/logs/x.ts', `${value} '../run.ts';`],
  ['src/backups/prediction/x.ts', `${value} 'simple-statistics';`],
  ['src/configs/vault/x.ts', `${value} 'node:crypto';`],
  ['src/configs/vault/x.ts', `${value} '../../files/writeAtomically.ts';`],
  ['src/worker/x.ts', `${value} '../backups/logs/restic.ts';`],
  ['src/cli/x.ts', `${value} 'node:fs';`],
  ['src/vscode/x.ts', `${value} 'vscode';`],
  ['src/vscode/x.ts', `import type { x } from '../backups/report.ts';`],
  ['src/extension.ts', `${value} 'vscode';`],
  ['webview-ui/x.ts', `import type { x } from '../src/backups/report.ts';`],
  ['webview-ui/x.ts', `${value} '../src/protocol/page.ts';`],
];

for (const [file, code] of kept)
  test(`${file} may say: ${code}`, async () => {
    assert.deepEqual(await lint(file, code), []);
  });
