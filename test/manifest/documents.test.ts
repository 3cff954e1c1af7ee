/** The documents name what exists, and what exists is in the README. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { commands, contexts, settingDefaults, taskTypes, views } from '../../src/contributions.ts';
import { projectRoot } from '../workbench/projectRoot.ts';
import { manifest, resolveText } from './manifest.ts';

const documents = globSync(['*.md', 'docs/**/*.md'], { cwd: projectRoot }).sort();
const read = (file: string): string => readFileSync(path.join(projectRoot, file), 'utf8');

test('the README names every command and every setting', () => {
  const readme = read('README.md');
  const titles = manifest.contributes.commands.map(({ title }) => resolveText(title));
  const names = [...titles, ...Object.keys(settingDefaults)];
  assert.deepEqual(
    names.filter((name) => !readme.includes(name)),
    [],
  );
});

for (const file of documents) {
  test(`${file}: ids exist`, () => {
    const known: string[] = [commands, views, contexts, taskTypes].flatMap((ids) => Object.values<string>(ids));
    const named = read(file).match(/\bbackupForesight\.[\w.]*\w/g) ?? [];
    assert.deepEqual(
      named.filter((name) => !known.includes(name) && !(name in settingDefaults)),
      [],
    );
  });

  test(`${file}: npm scripts exist`, () => {
    const named = [...read(file).matchAll(/\bnpm run ([\w:-]+)/g)].map((match) => match[1]!);
    assert.deepEqual(
      named.filter((name) => !(name in manifest.scripts)),
      [],
    );
  });

  test(`${file}: links lead somewhere`, () => {
    const links = [...read(file).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map((match) => match[1]!);
    const local = links.filter((link) => !/^[a-z]+:/.test(link));
    assert.deepEqual(
      local.filter((link) => !existsSync(path.join(projectRoot, path.dirname(file), link))),
      [],
    );
  });
}
