/** Whatever a person can read in English can be read in Spanish: the same texts, the same values in them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { english } from '../../src/wording/english.ts';
import { spanish } from '../../src/wording/spanish.ts';
import { projectRoot } from '../workbench/projectRoot.ts';
import { findL10nCalls } from './l10nTexts.ts';
import { manifestTexts } from './manifest.ts';

const read = (file: string): Record<string, string> =>
  JSON.parse(readFileSync(path.join(projectRoot, file), 'utf8')) as Record<string, string>;

const calls = findL10nCalls();
const sourceTexts = Object.fromEntries(calls.flatMap(({ text }) => (text === null ? [] : [[text, text]])));

/** The English texts and their translations, by key, of everything that is translated. */
const catalogs: Record<string, { source: Record<string, string>; translation: Record<string, string> }> = {
  'src/wording/spanish.ts': { source: english, translation: spanish },
  'l10n/bundle.l10n.es.json': { source: sourceTexts, translation: read('l10n/bundle.l10n.es.json') },
  'package.nls.es.json': { source: manifestTexts, translation: read('package.nls.es.json') },
};

/** Texts that are the same in both languages. */
const sameInBoth = new Set([
  'Error',
  '–',
  'Backup Foresight',
  '{runs} {outcome}',
  '{at:date}: {outcomes}',
  '{outcome}, {value}',
]);

/** What is filled in, and what a link leads to, in any order. */
const filledIn = (text: string): string[] =>
  (text.match(/\{\w+(?::\w+)?\}|\(command:[^)]*\)|#backupForesight[\w.]*#|`[^`]*`/g) ?? []).sort();

test('the texts of the extension are written where they are said', () => {
  assert.ok(calls.length > 0);
  assert.deepEqual(
    calls.filter(({ text }) => text === null).map(({ place }) => place),
    [],
    'vscode.l10n.t needs its text as it stands, or nobody finds it to translate it',
  );
});

for (const [file, { source, translation }] of Object.entries(catalogs)) {
  test(`${file} has every text and no other`, () => {
    assert.deepEqual(
      { missing: Object.keys(source).filter((key) => !(key in translation)) },
      { missing: [] },
      `add them to ${file}`,
    );
    assert.deepEqual(
      { unused: Object.keys(translation).filter((key) => !(key in source)) },
      { unused: [] },
      `take them out of ${file}`,
    );
  });

  test(`${file} fills in the same values and links to the same places`, () => {
    for (const [key, text] of Object.entries(source))
      assert.deepEqual(filledIn(translation[key]!), filledIn(text), key);
  });

  test(`${file} leaves nothing in English`, () => {
    const same = Object.entries(source).filter(([key, text]) => translation[key] === text && !sameInBoth.has(text));
    assert.deepEqual(same, []);
  });
}

test('what follows from an answer fits below it in both languages', () => {
  const consequences = calls.flatMap(({ text, isConsequence }) => (isConsequence && text !== null ? [text] : []));
  assert.ok(consequences.length > 10);
  const spoken = consequences.flatMap((text) => [text, read('l10n/bundle.l10n.es.json')[text]!]);
  assert.deepEqual(
    spoken.filter((text) => text.length > 85),
    [],
  );
});

test('the translations stand where one looks for them', () => {
  const byText = Object.keys(read('l10n/bundle.l10n.es.json'));
  assert.deepEqual(byText, byText.toSorted(), 'sort l10n/bundle.l10n.es.json by its keys');
  const asDeclared = Object.keys(read('package.nls.es.json'));
  assert.deepEqual(asDeclared, Object.keys(manifestTexts), 'package.nls.es.json: the order of package.nls.json');
});
