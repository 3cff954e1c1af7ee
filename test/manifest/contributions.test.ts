/** package.json and src/contributions.ts name the same things, in both directions. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import {
  commands,
  contexts,
  settingDefaults,
  taskTypes,
  viewContainer,
  views,
  viewTypes,
} from '../../src/contributions.ts';
import { projectRoot } from '../workbench/projectRoot.ts';
import { manifest, manifestText, manifestTexts } from './manifest.ts';

const { contributes } = manifest;
const commandIds: string[] = Object.values(commands);
const viewIds: string[] = Object.values(views);
const sorted = (names: Iterable<string>): string[] => [...new Set(names)].sort();

/** Every `when` clause of package.json. */
const whenClauses = [...manifestText.matchAll(/"(?:when|enablement)": "(.*)"/g)].map((match) => match[1]!);

test('commands', () => {
  assert.deepEqual(sorted(contributes.commands.map(({ command }) => command)), sorted(commandIds));
});

test('a command is named after its key, and all share one category', () => {
  for (const [key, id] of Object.entries(commands)) assert.equal(id, `backupForesight.${key}`);
  assert.deepEqual(sorted(contributes.commands.map(({ category }) => category ?? 'none')), ['Backup Foresight']);
});

test('menus offer commands that exist', () => {
  const offered = Object.values(contributes.menus).flatMap((items) => items.flatMap(({ command }) => command ?? []));
  assert.deepEqual(
    offered.filter((command) => !commandIds.includes(command)),
    [],
  );
});

test('a configuration file is offered to be kept on its tab wherever it is in the explorer', () => {
  const conditions = (menu: string): string[] =>
    sorted(
      contributes.menus[menu]!.flatMap(({ command, when = '' }) =>
        command === commands.snapshotFile ? [when.replace(' && !explorerResourceIsFolder', '')] : [],
      ),
    );
  assert.ok(conditions('explorer/context').length > 0);
  assert.deepEqual(conditions('editor/title/context'), conditions('explorer/context'));
});

test('task types', () => {
  assert.deepEqual(sorted(contributes.taskDefinitions.map(({ type }) => type)), sorted(Object.values(taskTypes)));
});

test('each step of the walkthrough has its picture, and ends with something that exists', () => {
  const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
  assert.ok(steps.length > 0);
  const known: string[] = [...commandIds, ...viewIds, ...Object.values(contexts), ...Object.keys(settingDefaults)];
  for (const { id, media, completionEvents } of steps) {
    const picture = readFileSync(path.join(projectRoot, media.svg), 'utf8');
    assert.match(picture, /var\(--vscode-/, `${id}: in the colors of the theme`);
    assert.ok(completionEvents.length > 0, id);
    for (const event of completionEvents) assert.ok(known.includes(event.replace(/^on\w+:/, '')), event);
  }
});

test('settings', () => {
  assert.deepEqual(sorted(Object.keys(contributes.configuration.properties)), sorted(Object.keys(settingDefaults)));
});

test('settings have the same defaults', () => {
  for (const [id, value] of Object.entries(settingDefaults))
    assert.deepEqual(contributes.configuration.properties[id]?.default, value, id);
});

test('settings that an untrusted workspace may not set exist', () => {
  for (const id of manifest.capabilities.untrustedWorkspaces.restrictedConfigurations)
    assert.ok(id in settingDefaults, id);
});

test('views stand in the one container', () => {
  assert.deepEqual(Object.keys(contributes.views), [viewContainer]);
  assert.deepEqual(
    contributes.viewsContainers['activitybar']?.map(({ id }) => id),
    [viewContainer],
  );
  assert.deepEqual(sorted(contributes.views[viewContainer]!.map(({ id }) => id)), sorted(viewIds));
});

test('welcome texts belong to views that exist', () => {
  for (const { view } of contributes.viewsWelcome) assert.ok(viewIds.includes(view), view);
});

test('when clauses ask for views and contexts that exist, and every context is asked for', () => {
  const known: string[] = [...viewIds, ...Object.values(viewTypes), ...Object.values(contexts)];
  // A view named inside of a regular expression has its dots escaped and is not looked at here.
  const named = whenClauses.flatMap((clause) => clause.match(/\bbackupForesight\.\w+/g) ?? []);
  for (const name of named) assert.ok(known.includes(name), name);
  for (const context of Object.values(contexts)) assert.ok(named.includes(context), context);
});

test('no id of package.json is unknown to the code', () => {
  const panels = Object.values(viewTypes);
  const known: string[] = [
    ...commandIds,
    ...viewIds,
    ...panels,
    ...Object.values(contexts),
    ...Object.values(taskTypes),
    ...Object.keys(settingDefaults),
  ];
  const named = manifestText.match(/(?<![/%\w])backupForesight\.[\w.]*\w/g) ?? [];
  assert.deepEqual(sorted(named.filter((name) => !known.includes(name))), []);
});

test('every panel wakes the extension, so that it is restored after a reload, and so does the end of the start, for alerts', () => {
  assert.deepEqual(manifest.activationEvents, [
    ...Object.values(viewTypes).map((viewType) => `onWebviewPanel:${viewType}`),
    'onStartupFinished',
  ]);
});

test('texts: every one that package.json refers to exists, and every one that exists is referred to', () => {
  const referred = [...manifestText.matchAll(/"%([^%"]+)%"/g)].map((match) => match[1]!);
  assert.deepEqual(sorted(Object.keys(manifestTexts)), sorted(referred));
});

test('texts: each translation has all of them', () => {
  for (const file of globSync('package.nls.*.json', { cwd: projectRoot })) {
    const translated = JSON.parse(readFileSync(path.join(projectRoot, file), 'utf8')) as Record<string, string>;
    assert.deepEqual(sorted(Object.keys(translated)), sorted(Object.keys(manifestTexts)), file);
  }
});

test('texts link to commands and settings that exist', () => {
  for (const [key, text] of Object.entries(manifestTexts)) {
    for (const [, id] of text.matchAll(/\(command:(backupForesight\.\w+)/g))
      assert.ok(commandIds.includes(id!), `${key} links to ${id}`);
    for (const [, id] of text.matchAll(/#(backupForesight\.[\w.]+)#/g))
      assert.ok(id! in settingDefaults, `${key} links to ${id}`);
  }
});

test('icons exist', () => {
  const icons = [...manifestText.matchAll(/"icon": "([^$"]+)"/g)].map((match) => match[1]!);
  assert.ok(icons.length > 0);
  for (const icon of icons) assert.ok(existsSync(path.join(projectRoot, icon)), icon);
});

test('the code knows no newer VS Code than the extension asks for', () => {
  assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode']}`);
});
