import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { settingDefaults, type SettingId } from '../../../../src/contributions.ts';
import { checkSnapshotSettings } from '../../../../src/vscode/snapshots/checkSnapshotSettings.ts';

const check = (set: Partial<Record<SettingId, unknown>>, environment: Record<string, string> = {}) =>
  checkSnapshotSettings(
    (id, convert) => convert(set[id] ?? settingDefaults[id]) ?? convert(settingDefaults[id])!,
    environment,
  );

test('what is not set falls back to the environment', () => {
  const settings = check(
    {},
    {
      CONFIG_BACKUP_DIR: '~/kept',
      CONFIG_ENV_PREFIX: 'SHOP_',
      CONFIG_FILES_TO_BACKUP: ' config/app.yaml, ,/etc/nginx/nginx.conf,~/.pgpass',
    },
  );
  assert.equal(settings.folder, path.join(homedir(), 'kept'));
  assert.equal(settings.envPrefix, 'SHOP_');
  assert.deepEqual(settings.files, [
    path.normalize('config/app.yaml'),
    path.normalize('/etc/nginx/nginx.conf'),
    path.join(homedir(), '.pgpass'),
  ]);
});

test('what is set wins over the environment', () => {
  const settings = check(
    {
      'backupForesight.snapshots.folder': '/srv/kept',
      'backupForesight.snapshots.envPrefix': ' WEB_ ',
      'backupForesight.snapshots.files': ['/etc/hosts'],
    },
    { CONFIG_BACKUP_DIR: '/elsewhere', CONFIG_ENV_PREFIX: 'SHOP_', CONFIG_FILES_TO_BACKUP: '/etc/passwd' },
  );
  assert.deepEqual(
    [settings.folder, settings.envPrefix, settings.files],
    [path.normalize('/srv/kept'), 'WEB_', [path.normalize('/etc/hosts')]],
  );
});

test('a folder that is no absolute path counts as not set', () => {
  assert.equal(check({ 'backupForesight.snapshots.folder': 'here' }).folder, null);
  assert.equal(check({}, { CONFIG_BACKUP_DIR: 'here' }).folder, null);
});

test('a retention names rules with whole numbers; a wrong one counts as not set', () => {
  const retention = (value: unknown) => check({ 'backupForesight.snapshots.retention': value }).retention;
  assert.deepEqual(retention({ daily: 3 }), { daily: 3 });
  assert.deepEqual(retention({}), {});
  for (const wrong of [{ dayly: 3 }, { daily: -1 }, { daily: 1.5 }, 'all', null])
    assert.deepEqual(retention(wrong), settingDefaults['backupForesight.snapshots.retention']);
});
