/** What ended up in each bundle: lint sees single imports, this sees what they drag along. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { before, test } from 'node:test';
import type { Metafile } from 'esbuild';
import { buildBundles } from '../workbench/buildBundles.ts';
import { projectRoot } from '../workbench/projectRoot.ts';

let bundles: Record<string, Metafile>;
before(() => {
  buildBundles();
  const text = readFileSync(path.join(projectRoot, 'dist/meta.json'), 'utf8');
  bundles = JSON.parse(text) as Record<string, Metafile>;
});

/** The project's own files of which something is in the bundle. */
function sources(bundle: string): string[] {
  return Object.values(bundles[bundle]!.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([file, { bytesInOutput }]) => bytesInOutput > 0 && !/(^|\/)node_modules\//.test(file))
    .map(([file]) => file);
}

/** The modules that a bundle leaves for its runtime to bring. */
function externals(bundle: string): string[] {
  const imports = Object.values(bundles[bundle]!.outputs).flatMap((output) => output.imports);
  return imports.filter(({ external }) => external).map((imported) => imported.path);
}

test('there is a bundle of everything that is packaged', () => {
  assert.deepEqual(Object.keys(bundles).sort(), ['cli', 'extension', 'report', 'seal', 'study', 'vault', 'worker']);
});

test('only the extension asks for vscode', () => {
  const asking = Object.keys(bundles).filter((bundle) => externals(bundle).includes('vscode'));
  assert.deepEqual(asking, ['extension']);
});

test('nothing is left to be installed beside the bundles', () => {
  for (const bundle of Object.keys(bundles))
    assert.deepEqual(
      externals(bundle).filter((name) => name !== 'vscode' && !isBuiltin(name)),
      [],
      bundle,
    );
  assert.deepEqual(externals('report'), [], 'a page has no modules of Node');
});

test('the extension host holds no parsing and no modelling', () => {
  const heavy = /^src\/backups\/(logs|prediction|anomalies|forecast)\/|^src\/worker\/|^webview-ui\//;
  assert.deepEqual(
    sources('extension').filter((file) => heavy.test(file)),
    [],
  );
});

test('the worker does hold the parsing and the modelling', () => {
  for (const folder of ['src/backups/logs/', 'src/backups/prediction/'])
    assert.ok(
      sources('worker').some((file) => file.startsWith(folder)),
      folder,
    );
});

test('the report page holds pages, messages and wording only', () => {
  assert.deepEqual(
    sources('report').filter((file) => !/^(webview-ui|src\/protocol|src\/wording)\//.test(file)),
    [],
  );
});
