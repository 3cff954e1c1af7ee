import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../workbench/projectRoot.ts';

/** The parts of package.json that the tests read. */
export interface Manifest {
  engines: { vscode: string };
  activationEvents: string[];
  scripts: Record<string, string>;
  devDependencies: Record<string, string>;
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
  contributes: {
    commands: { command: string; title: string; category?: string }[];
    viewsContainers: Record<string, { id: string; title: string; icon: string }[]>;
    views: Record<string, { id: string; name: string; icon?: string }[]>;
    viewsWelcome: { view: string; contents: string; when?: string }[];
    menus: Record<string, { command?: string; when?: string }[]>;
    walkthroughs: { steps: { id: string; media: { svg: string }; completionEvents: string[] }[] }[];
    taskDefinitions: { type: string }[];
    configuration: { properties: Record<string, { default?: unknown; scope?: string }> };
  };
}

/** package.json as text: what is searched for words. */
export const manifestText = readFileSync(path.join(projectRoot, 'package.json'), 'utf8');

/** package.json as data. */
export const manifest = JSON.parse(manifestText) as Manifest;

/** The English texts that package.json refers to as `%key%`. */
export const manifestTexts = JSON.parse(readFileSync(path.join(projectRoot, 'package.nls.json'), 'utf8')) as Record<
  string,
  string
>;

/** Replaces a `%key%` by its English text. */
export const resolveText = (text: string): string =>
  text.replace(/^%(.+)%$/, (whole, key: string) => manifestTexts[key] ?? whole);
