import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { SettingId } from '../../../src/contributions.ts';
import { checkGlobs, checkSettings } from '../../../src/vscode/checkSettings.ts';

const check = (set: Partial<Record<SettingId, unknown>>) => checkSettings((id) => set[id]);

test('nothing set gives the defaults and no complaint', () => {
  const settings = check({});
  assert.deepEqual(settings, {
    paths: [],
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    capacityBytes: null,
    mappings: [],
    capacities: [],
    maxRisk: 0.5,
    watch: true,
    findings: { problems: true, codeLens: true },
    alerts: { isEnabled: true, diskFullDays: 14, quietHours: null, webhookFormat: 'json' },
    snapshots: {
      folder: null,
      files: [],
      envPrefix: 'APP_',
      sensitiveKeys: [],
      safeKeys: [],
      retention: { last: 5, daily: 14, weekly: 8, monthly: 12 },
      onChange: true,
      daily: true,
    },
    wrong: [],
  });
});

test('a capacity is a size, or empty', () => {
  assert.equal(check({ 'backupForesight.storage.capacity': ' 2 TB ' }).capacityBytes, 2e12);
  assert.equal(check({ 'backupForesight.storage.capacity': '500 GiB' }).capacityBytes, 500 * 2 ** 30);
  assert.equal(check({ 'backupForesight.storage.capacity': '  ' }).capacityBytes, null);
  for (const wrong of ['lots', '-1 GB', '2 XB', 2e12]) {
    const settings = check({ 'backupForesight.storage.capacity': wrong });
    assert.equal(settings.capacityBytes, null);
    assert.deepEqual(settings.wrong, ['backupForesight.storage.capacity'], String(wrong));
  }
});

test('paths must be absolute; ~ is the home folder', () => {
  const set = (paths: unknown) => check({ 'backupForesight.logs.paths': paths });
  assert.deepEqual(set(['/var/log/restic.log', '~/logs', '~']).paths, [
    path.normalize('/var/log/restic.log'),
    path.join(homedir(), 'logs'),
    homedir(),
  ]);
  assert.deepEqual(set(['/var/log/../log/a.log']).paths, [path.normalize('/var/log/a.log')]);
  assert.deepEqual(set(['logs/a.log']).wrong, ['backupForesight.logs.paths']);
  assert.deepEqual(set(['logs/a.log', '/b.log']).paths, []);
  assert.deepEqual(set('/b.log').wrong, ['backupForesight.logs.paths']);
});

test('a zone must be one that the machine knows', () => {
  assert.equal(check({ 'backupForesight.logs.zone': 'Europe/Madrid' }).zone, 'Europe/Madrid');
  const settings = check({ 'backupForesight.logs.zone': 'Mars/Olympus' });
  assert.deepEqual(settings.wrong, ['backupForesight.logs.zone']);
  assert.equal(settings.zone, Intl.DateTimeFormat().resolvedOptions().timeZone);
});

test('a threshold is a probability', () => {
  assert.equal(check({ 'backupForesight.risk.threshold': 0 }).maxRisk, 0);
  assert.equal(check({ 'backupForesight.risk.threshold': 1 }).maxRisk, 1);
  for (const wrong of [1.5, -0.1, NaN, '0.5']) {
    const settings = check({ 'backupForesight.risk.threshold': wrong });
    assert.equal(settings.maxRisk, 0.5);
    assert.deepEqual(settings.wrong, ['backupForesight.risk.threshold'], String(wrong));
  }
});

test('capacities of single storages are sizes by patterns, in their order', () => {
  const capacities = (value: unknown) => check({ 'backupForesight.storage.capacities': value });
  assert.deepEqual(capacities({ 'web*': '2 kB', '*': '3 kB' }).capacities, [
    { pattern: 'web*', bytes: 2000 },
    { pattern: '*', bytes: 3000 },
  ]);
  for (const wrong of [{ web: 'much' }, { web: 7 }, ['2 kB'], '2 kB'])
    assert.deepEqual(capacities(wrong).wrong, ['backupForesight.storage.capacities']);
});

test('quiet hours are two times', () => {
  const quietHours = (value: unknown) => check({ 'backupForesight.alerts.quietHours': value });
  assert.deepEqual(quietHours('22:00-7:00').alerts.quietHours, { fromMinute: 1320, toMinute: 420 });
  assert.deepEqual(quietHours('at night').wrong, ['backupForesight.alerts.quietHours']);
  assert.deepEqual(quietHours(7).wrong, ['backupForesight.alerts.quietHours']);
});

test('globs are a list of texts; empty ones are left out', () => {
  assert.deepEqual(checkGlobs('backupForesight.logs.globs', ['**/*.log', ' ']), ['**/*.log']);
  assert.deepEqual(checkGlobs('backupForesight.logs.globs', []), []);
  assert.ok(checkGlobs('backupForesight.logs.globs', '**/*.log').length > 1, 'the default');
  assert.ok(checkGlobs('backupForesight.logs.globs', [1]).length > 1, 'the default');
});

test('log formats of the user’s own: all of them, or none when one is wrong', () => {
  const mapping = { name: 'dump', glob: '*.log', fields: { status: 'verdict' } };
  const given = (mappings: unknown) =>
    checkSettings((id) => (id === 'backupForesight.logs.mappings' ? mappings : undefined));
  assert.deepEqual(given([mapping]).mappings, [{ ...mapping, pattern: null }]);
  assert.deepEqual(given([mapping, { name: 'x' }]).mappings, []);
  assert.deepEqual(given([mapping, { name: 'x' }]).wrong, ['backupForesight.logs.mappings']);
});
