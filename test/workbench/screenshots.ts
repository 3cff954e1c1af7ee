/**
 * `npm run screenshots`: opens the sample workspace with the packaged extension in the four built-in themes, runs
 * commands of the palette, and saves a picture after each as `artifacts/<theme>-<step>.png`. Without a command it shows
 * the report, and in English every step of configuration snapshots.
 *
 *     npm run screenshots -- [--theme dark] [--size 1280x800] [--wait 2] [--language es] ["Backup Foresight: Show Risk Report" ...]
 */
import { spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { forgetGivenStore, makeGivenStore } from './makeGivenStore.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './openWorkbench.ts';
import { packageExtension } from './packageExtension.ts';
import { chooseTheme, openView, runCommand, themes, treeRows, type ThemeName } from './page.ts';
import { photographSnapshots, photographState } from './photographSnapshots.ts';
import { steppedSettings } from './snapshotSteps.ts';
import { makeTemporaryFolder } from './temporaryFolder.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    theme: { type: 'string', multiple: true, default: Object.keys(themes) },
    size: { type: 'string', default: '1280x800' },
    /** Seconds between a command and its picture. */
    wait: { type: 'string', default: '2' },
    workspace: { type: 'string' },
    language: { type: 'string' },
  },
});
const [width = 1280, height = 800] = values.size.split('x').map(Number);
const chosen = values.theme.map((name) => {
  if (!Object.hasOwn(themes, name)) throw new Error(`No theme "${name}"; there are ${Object.keys(themes).join(', ')}.`);
  return name as ThemeName;
});
const withSnapshots = positionals.length === 0 && (values.language ?? 'en') === 'en';
const commands = positionals.length > 0 ? positionals : ['Backup Foresight: Show Risk Report'];

packageExtension();
// A workbench of its own for each: what one has shown and kept would stand in the pictures of the next.
for (const theme of chosen) {
  await photograph(theme);
  if (withSnapshots) await photographStates(theme);
}

async function photograph(theme: ThemeName): Promise<void> {
  const options = {
    settings: withSnapshots ? steppedSettings : {},
    ...(values.workspace === undefined ? {} : { workspace: values.workspace }),
    ...(values.language === undefined ? {} : { language: values.language }),
  };
  await inWorkbench(theme, options, async (workbench, takePicture) => {
    await treeRows(workbench.page).first().waitFor({ timeout: 60_000 });
    for (const command of commands) {
      await runCommand(workbench.page, command);
      await delay(Number(values.wait) * 1000);
      await takePicture(command.replace(/^.*: /, '').toLowerCase().replace(/\W+/g, '-'));
    }
    if (withSnapshots) await photographSnapshots(workbench, takePicture);
  });
}

/** The states of snapshots that need a window, or a store, of their own. */
async function photographStates(theme: ThemeName): Promise<void> {
  await inWorkbench(theme, { workspace: null }, (workbench, takePicture) =>
    photographState(workbench, 'noFolder', takePicture),
  );
  const folder = makeTemporaryFolder('photographed');
  const store = makeGivenStore(folder);
  const settings = steppedSettings;
  try {
    await inWorkbench(theme, { restricted: true, settings }, (workbench, takePicture) =>
      photographState(workbench, 'restricted', takePicture),
    );
    const makeWritable = makeReadOnly(store);
    await inWorkbench(theme, { settings }, (workbench, takePicture) =>
      photographState(workbench, 'readOnly', takePicture),
    ).finally(makeWritable);
  } finally {
    forgetGivenStore();
  }
}

/** Also for the administrator, whom permissions do not stop. Gives what undoes it. */
function makeReadOnly(folder: string): () => void {
  const run = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;
  if (run('mount', '--bind', folder, folder)) {
    run('mount', '-o', 'remount,bind,ro', folder);
    return () => run('umount', '-l', folder);
  }
  run('chmod', '-R', 'a-w', folder);
  return () => run('chmod', '-R', 'u+w', folder);
}

async function inWorkbench(
  theme: ThemeName,
  options: WorkbenchOptions,
  use: (workbench: Workbench, takePicture: (step: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const workbench = await openWorkbench({ viewport: { width, height }, ...options });
  try {
    await openView(workbench.page, 'Backup Foresight');
    await chooseTheme(workbench.page, theme);
    await use(workbench, async (step) => {
      await workbench.takePicture(`${theme}-${step}`);
      console.log(`artifacts/${theme}-${step}.png`);
    });
  } finally {
    await workbench.close();
  }
}
