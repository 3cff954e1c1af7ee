/** What `npm run package` puts into the .vsix. */
import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { before, test } from 'node:test';
import { listFiles, PackageManager } from '@vscode/vsce';
import { buildBundles } from '../workbench/buildBundles.ts';
import { projectRoot } from '../workbench/projectRoot.ts';

const allowed = [
  /^package\.json$/,
  /^package\.nls(\.[a-z]{2})?\.json$/,
  /^(README|CHANGELOG)\.md$/,
  /^LICENSE$/,
  /^l10n\/bundle\.l10n(\.[a-z]{2})?\.json$/,
  /^sample-workspace\/((config|logs)\/[\w./-]+|README\.md)$/,
  /^media\/[\w/-]+\.(svg|png|css|md)$/i,
  /^dist\/(extension\.cjs|worker\.cjs|seal\.cjs|study\.cjs|vault\.cjs|cli\.js|report\.(js|css))$/,
];
const needed = ['package.json', 'package.nls.json', 'LICENSE', 'media/icon.png', 'dist/extension.cjs'];

let files: string[];
before(async () => {
  buildBundles();
  files = (await listFiles({ cwd: projectRoot, packageManager: PackageManager.None })).map((file) =>
    file.replace(/^\.\//, ''),
  );
});

test('nothing is packaged that is not on the list', () => {
  assert.deepEqual(
    files.filter((file) => !allowed.some((pattern) => pattern.test(file))),
    [],
  );
});

test('everything that the extension needs is packaged', () => {
  assert.deepEqual(
    needed.filter((file) => !files.includes(file)),
    [],
  );
  for (const file of needed) assert.ok(existsSync(path.join(projectRoot, file)), file);
});

test('the package stays small', () => {
  const bytes = files.reduce((sum, file) => sum + statSync(path.join(projectRoot, file)).size, 0);
  assert.ok(bytes < 5_000_000, `${bytes} bytes`); // bundles for development, not yet minified
});
