import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import { findOnPath, isExecutable } from './findExecutable.ts';
import { projectRoot } from './projectRoot.ts';

/** A Chromium to be started, and the environment that it needs beside ours. */
interface Candidate {
  executable: string;
  env: Record<string, string>;
}

export interface OpenBrowser {
  context: BrowserContext;
  executable: string;
  close(): Promise<void>;
}

const args = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
  // Chrome refuses to run as root otherwise, and a container has no user namespaces; the only page it opens is our own.
  '--no-sandbox',
];

/**
 * Opens a headless browser: the one that CHROME_PATH names, else a Chrome, Chromium or Edge of this machine, else the
 * one that comes with npm (Linux on x64), which brings its libraries and fonts along.
 * With `profile`, what the workbench keeps in the browser stays in that folder.
 */
export async function openBrowser({
  profile,
  viewport = { width: 1280, height: 800 },
}: { profile?: string; viewport?: { width: number; height: number } } = {}): Promise<OpenBrowser> {
  const given = process.env['CHROME_PATH'];
  const failures: string[] = [];
  for (const find of given ? [() => [plain(given)]] : [findInstalled, unpackBundled])
    for (const { executable, env } of find()) {
      const options = { executablePath: executable, args, env: { ...process.env, ...env }, timeout: 60_000 };
      try {
        if (profile !== undefined) {
          const context = await chromium.launchPersistentContext(profile, { ...options, viewport });
          return { context, executable, close: () => context.close() };
        }
        const browser = await chromium.launch(options);
        return { context: await browser.newContext({ viewport }), executable, close: () => browser.close() };
      } catch (error) {
        failures.push(`${executable}: ${String(error).split('\n').slice(0, 12).join('\n  ')}`);
      }
    }
  throw new Error(
    ['No browser could be started. Install Chrome or Chromium, or set CHROME_PATH to one.', ...failures].join('\n'),
  );
}

const plain = (executable: string): Candidate => ({ executable, env: {} });

function findInstalled(): Candidate[] {
  const fixed: Partial<Record<NodeJS.Platform, string[]>> = {
    darwin: ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    ),
    win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((variable) =>
      ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'].map((file) =>
        path.join(process.env[variable] ?? '', file),
      ),
    ),
  };
  const onPath = findOnPath('google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge');
  return [...onPath, ...(fixed[process.platform] ?? []).filter(isExecutable)].map(plain);
}

/** Unpacks the browser of @sparticuz/chromium, once, beside the packages. */
function unpackBundled(): Candidate[] {
  if (process.platform !== 'linux' || process.arch !== 'x64') return [];
  const folder = path.join(projectRoot, 'node_modules/.cache/backup-foresight/chromium');
  if (!existsSync(folder)) {
    // The package unpacks into the temporary folder, and its libraries only where it believes to be in a cloud function.
    // In a process of its own it gets its way, and a half unpacked browser never bears the final name.
    const partial = `${folder}.${process.pid}`;
    mkdirSync(partial, { recursive: true });
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '--eval', "await (await import('@sparticuz/chromium')).default.executablePath()"],
      {
        cwd: projectRoot,
        encoding: 'utf8',
        env: { ...process.env, TMPDIR: partial, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' },
        timeout: 5 * 60_000,
      },
    );
    if (status !== 0) {
      rmSync(partial, { recursive: true, force: true });
      throw new Error(`The browser of the package @sparticuz/chromium could not be unpacked:\n${stderr}`);
    }
    if (existsSync(folder)) rmSync(partial, { recursive: true, force: true });
    else renameSync(partial, folder);
  }
  const libraries = [path.join(folder, 'al2023/lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
  const env = { LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: writeFontConfig(folder) };
  return [{ executable: path.join(folder, 'chromium'), env }];
}

/** Names the browser's own fonts beside those of the machine, which may have none; its own list expects a cloud function. */
function writeFontConfig(folder: string): string {
  const file = path.join(folder, 'fonts.conf');
  writeFileSync(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${path.join(folder, 'fonts')}</dir>
  <cachedir>${path.join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`,
  );
  return file;
}
