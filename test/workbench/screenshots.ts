/**
 * `npm run screenshots`: opens the sample workspace with the packaged extension in the four built-in themes, runs
 * commands of the palette, and saves a picture after each as `artifacts/<theme>-<step>.png`. Without a command it shows
 * the report, and in English every step of configuration snapshots.
 *
 *     npm run screenshots -- [--theme dark] [--size 1280x800] [--wait 2] [--language es] ["Backup Foresight: Show Risk Report" ...]
 */
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openWorkbench } from './openWorkbench.ts';
import { packageExtension } from './packageExtension.ts';
import { chooseTheme, openView, runCommand, themes, treeRows, type ThemeName } from './page.ts';
import { photographSnapshots } from './photographSnapshots.ts';
import { steppedSettings } from './snapshotSteps.ts';

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
for (const theme of chosen) await photograph(theme);

async function photograph(theme: ThemeName): Promise<void> {
  const workbench = await openWorkbench({
    settings: withSnapshots ? steppedSettings : {},
    viewport: { width, height },
    ...(values.workspace === undefined ? {} : { workspace: values.workspace }),
    ...(values.language === undefined ? {} : { language: values.language }),
  });
  const takePicture = async (step: string): Promise<void> => {
    await workbench.takePicture(`${theme}-${step}`);
    console.log(`artifacts/${theme}-${step}.png`);
  };
  try {
    const { page } = workbench;
    await openView(page, 'Backup Foresight');
    await treeRows(page).first().waitFor({ timeout: 60_000 });
    await chooseTheme(page, theme);
    for (const command of commands) {
      await runCommand(page, command);
      await delay(Number(values.wait) * 1000);
      await takePicture(command.replace(/^.*: /, '').toLowerCase().replace(/\W+/g, '-'));
    }
    if (withSnapshots) await photographSnapshots(workbench, takePicture);
  } finally {
    await workbench.close();
  }
}
