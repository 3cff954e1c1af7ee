/** The built report page in a browser, with VS Code's part played by this process: the real document, CSP and messages. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import type { JobSeries, Prediction, RiskReport } from '../../../src/backups/report.ts';
import type { ConfigChange } from '../../../src/protocol/configChange.ts';
import { reportOverview } from '../../../src/protocol/reportOverview.ts';
import type { ReportPage, ReportPageHost, ReportStatus, ReportView, WhatIf } from '../../../src/protocol/reportPage.ts';
import { connect, type Peer } from '../../../src/protocol/rpc.ts';
import { reportHtml } from '../../../src/vscode/report/reportHtml.ts';
import { projectRoot } from '../../workbench/projectRoot.ts';
import themes from './themes.json' with { type: 'json' };

export type ThemeName = keyof typeof themes;
export const themeNames = Object.keys(themes) as ThemeName[];

export interface OpenReportPage {
  page: Page;
  /** The host's end: tells the page what to show. */
  peer: Peer<ReportPage>;
  /** Log lines that the page asked to open, and commands it asked to run. */
  opened: { path: string; line: number }[];
  commands: string[];
  /** What the page complained about, among it every breach of its CSP. */
  complaints: string[];
  setTheme: (name: ThemeName) => Promise<void>;
}

export interface ReportPageOptions {
  view: Omit<ReportView, 'report'> & ReportStatus & { report: RiskReport | null };
  seriesOf: (job: string) => JobSeries | Promise<JobSeries>;
  whatIf: (question: WhatIf) => Prediction;
  configChanges: (job: string) => ConfigChange[];
  theme?: ThemeName;
}

const origin = 'http://report.test';
const files: Record<string, string> = { '/report.js': 'text/javascript', '/report.css': 'text/css' };

export async function openReportPage(context: BrowserContext, options: ReportPageOptions): Promise<OpenReportPage> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(line.text());
  });
  await page.route(`${origin}/**`, (route) => {
    const { pathname } = new URL(route.request().url());
    const contentType = files[pathname];
    if (contentType)
      return route.fulfill({ contentType, body: readFileSync(path.join(projectRoot, 'dist', pathname)) });
    const uri = (name: string): string => `${origin}/${name}`;
    const parts = { cspSource: origin, scriptUri: uri('report.js'), styleUri: uri('report.css'), language: 'en' };
    return route.fulfill({ contentType: 'text/html', body: reportHtml(parts) });
  });

  const listeners: ((message: unknown) => void)[] = [];
  await page.exposeFunction('postToHost', (message: unknown) => listeners.forEach((listener) => listener(message)));
  await page.addInitScript(playVsCode);
  const opened: OpenReportPage['opened'] = [];
  const commands: string[] = [];
  const peer = connect<ReportPage, ReportPageHost>(
    {
      // A page that has just been closed takes no message, as a closed panel does not.
      post: (message) =>
        void page.evaluate((posted) => window.postMessage(posted, '*'), message).catch(() => undefined),
      onMessage: (listener) => listeners.push(listener),
      onClose: (listener) => page.on('close', listener),
    },
    {
      ready: () => ({ ...options.view, report: options.view.report && reportOverview(options.view.report) }),
      job: (id) => {
        const job = options.view.report?.jobs.find((one) => one.id === id);
        if (!job) throw new Error(`no job ${id}`);
        return job;
      },
      series: ({ job }) => options.seriesOf(job),
      whatIf: (question) => options.whatIf(question),
      configChanges: (job) => options.configChanges(job),
      openSource: (place) => {
        opened.push(place);
        return null;
      },
      runCommand: (command) => {
        commands.push(command);
        return null;
      },
    },
  );
  const setTheme = (name: ThemeName): Promise<void> => page.evaluate(applyTheme, themes[name]);
  await page.goto(`${origin}/`);
  await setTheme(options.theme ?? 'Dark Modern');
  return { page, peer, opened, commands, complaints, setTheme };
}

/** What VS Code puts into a webview before its own scripts: the API, and a state that outlives the document. */
function playVsCode(): void {
  const key = 'vscode-state';
  const host = globalThis as unknown as { postToHost: (message: unknown) => Promise<void> };
  Object.assign(globalThis, {
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => void host.postToHost(message),
      getState: () => JSON.parse(sessionStorage.getItem(key) ?? 'null') as unknown,
      setState: (state: unknown) => {
        sessionStorage.setItem(key, JSON.stringify(state));
      },
    }),
  });
}

/** As VS Code does it: variables on the root, the kind of theme as classes of the body. */
function applyTheme({ bodyClass, variables }: { bodyClass: string; variables: Record<string, string> }): void {
  const root = document.documentElement;
  root.removeAttribute('style');
  for (const [name, value] of Object.entries(variables)) root.style.setProperty(`--vscode-${name}`, value);
  document.body.className = bodyClass;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@layer vscode-default {
    html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
    body { background-color: transparent; color: var(--vscode-editor-foreground); font-family: var(--vscode-font-family);
      font-weight: var(--vscode-font-weight); font-size: var(--vscode-font-size); margin: 0; padding: 0 20px; }
  }
  html { background-color: var(--vscode-editor-background); }`);
  document.adoptedStyleSheets = [sheet];
}
