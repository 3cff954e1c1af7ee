import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { settingDefaults, type SettingId } from '../../src/contributions.ts';
import type { TestedExtension } from '../../src/extension.ts';
import { extensionWithReport, until, withSetting } from './extensionUnderTest.ts';

suite('settings', () => {
  let extension: TestedExtension;
  suiteSetup(async () => {
    extension = await extensionWithReport();
  });

  test('the defaults in the code are those of the manifest', () => {
    const configuration = vscode.workspace.getConfiguration();
    for (const [id, value] of Object.entries(settingDefaults))
      assert.deepEqual(configuration.inspect(id as SettingId)?.defaultValue, value, id);
  });

  test('a capacity reaches the forecasts', async () => {
    const { monitor } = extension.internals;
    await withSetting('backupForesight.storage.capacity', '3 TiB', () =>
      until('the capacity', () =>
        monitor.report?.jobs.some((job) => job.forecast !== null && job.forecast.capacityBytes === 3 * 2 ** 40),
      ),
    );
  });

  test('a capacity of a single storage goes before the one for all', async () => {
    const { monitor } = extension.internals;
    const capacityOf = (part: string): number | null | undefined =>
      monitor.report?.jobs.find(({ id, forecast }) => id.includes(part) && forecast !== null)?.forecast?.capacityBytes;
    await withSetting('backupForesight.storage.capacity', '3 TiB', () =>
      withSetting('backupForesight.storage.capacities', { '*web-01*': '4 TiB' }, () =>
        until('the capacities', () => capacityOf('web-01') === 4 * 2 ** 40 && capacityOf('db-dumps') === 3 * 2 ** 40),
      ),
    );
  });

  test('a capacity that is no size counts as not set', async () => {
    const { settings } = extension.internals;
    await withSetting('backupForesight.storage.capacity', 'plenty', () => {
      assert.equal(settings.current.capacityBytes, null);
      assert.deepEqual(settings.current.wrong, ['backupForesight.storage.capacity']);
      return Promise.resolve();
    });
    assert.deepEqual(settings.current.wrong, []);
  });

  test('the threshold decides who is at risk', async () => {
    const { jobsView, monitor } = extension.internals;
    const predicted = monitor.report!.jobs.filter((job) => job.prediction !== null).length;
    await withSetting('backupForesight.risk.threshold', 0, () =>
      until('all predictable jobs are at risk', () => jobsView.view.badge?.value === predicted),
    );
    await withSetting('backupForesight.risk.threshold', 1, () =>
      until('none is at risk', () => jobsView.view.badge === undefined),
    );
  });

  test('globs choose the logs of the workspace', async () => {
    const { monitor } = extension.internals;
    await withSetting('backupForesight.logs.globs', ['nothing/here/*.log'], async () => {
      await until('no log is left', () => monitor.report?.sources.length === 0);
      assert.equal(monitor.welcome, 'noLogs');
    });
    await until('the logs are back', () => (monitor.report?.sources.length ?? 0) > 0);
    assert.equal(monitor.welcome, 'none');
  });
});
