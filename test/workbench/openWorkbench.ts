import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { waitForWorkbench } from './page.ts';
import { projectRoot } from './projectRoot.ts';
import { makeTemporaryFolder } from './temporaryFolder.ts';
import { installVsix, startVscodeServer, workbenchUrl, writeSettings, type Keybinding } from './vscodeServer.ts';

/** A clean VS Code with the packaged extension installed, seen in a browser. */
export interface Workbench {
  page: Page;
  /** The folder that is open in it: a copy, free to be changed. An empty one, not open, where none is. */
  workspace: string;
  /** The folder into which its extensions are installed. */
  extensions: string;
  /** Changes user settings; the workbench takes them over by itself. */
  writeSettings(settings: Record<string, unknown>): void;
  /** Loads the page again, as a person who reloads the window. */
  reload(): Promise<void>;
  /** Saves what is to be seen as `artifacts/<name>.png`. */
  takePicture(name: string): Promise<void>;
  close(): Promise<void>;
}

export interface WorkbenchOptions {
  /** Copied and opened; the sample workspace when left out, no folder at all when null. */
  workspace?: string | null;
  /** Opens the workspace in Restricted Mode, as one that nobody trusts. */
  restricted?: boolean;
  keybindings?: readonly Keybinding[];
  settings?: Record<string, unknown>;
  viewport?: { width: number; height: number };
  /** The display language that extensions see; VS Code's own texts stay English, for want of its language packs. */
  language?: string;
}

/** Opens a folder in a new workbench with the extension that `npm run package` has made. */
export async function openWorkbench({
  workspace = path.join(projectRoot, 'sample-workspace'),
  restricted = false,
  keybindings = [],
  settings = {},
  viewport = { width: 1280, height: 800 },
  language,
}: WorkbenchOptions = {}): Promise<Workbench> {
  const folder = makeTemporaryFolder('workbench');
  const copy = path.join(folder, path.basename(workspace ?? 'empty'));
  if (workspace === null) mkdirSync(copy);
  else cpSync(workspace, copy, { recursive: true });
  installVsix(folder, path.join(projectRoot, 'backup-foresight.vsix'));

  const browser = await openBrowser({ profile: path.join(folder, 'browser'), viewport });
  const server = await startVscodeServer({ folder, settings, restricted, keybindings }).catch(
    async (error: unknown) => {
      await browser.close();
      throw error;
    },
  );
  const close = async () => {
    await browser.close();
    await server.stop();
  };
  try {
    const page = browser.context.pages()[0] ?? (await browser.context.newPage());
    // What VS Code's own page sets where a language pack is installed.
    if (language !== undefined)
      await page.addInitScript((name) => Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: name }), language);
    await page.goto(workbenchUrl(server, { workspace: workspace === null ? undefined : copy }), {
      waitUntil: 'commit',
    });
    await waitForWorkbench(page);
    return {
      page,
      workspace: copy,
      extensions: path.join(folder, 'extensions'),
      writeSettings: (changed) => writeSettings(folder, changed),
      reload: async () => {
        await page.reload({ waitUntil: 'commit' });
        await waitForWorkbench(page);
      },
      takePicture: async (name) => {
        const pictures = path.join(projectRoot, 'artifacts');
        mkdirSync(pictures, { recursive: true });
        await page.screenshot({ path: path.join(pictures, `${name}.png`) });
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
