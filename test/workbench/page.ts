/** Drives the workbench as a person does: by keyboard, by what is to be seen, by accessible names (VS Code 1.139). */
import type { FrameLocator, Locator, Page } from 'playwright-core';

/** The four kinds of built-in themes: the name in the list of themes, and the class that the workbench bears with it. */
export const themes = {
  dark: { label: 'Dark Modern', className: 'vs-dark' },
  light: { label: 'Light Modern', className: 'vs' },
  'high-contrast-dark': { label: 'Dark High Contrast', className: 'hc-black' },
  'high-contrast-light': { label: 'Light High Contrast', className: 'hc-light' },
} as const;

export type ThemeName = keyof typeof themes;

const paletteInput = '.quick-input-widget .quick-input-box input';

/** Resolves when the workbench can be used; its extension host may still be starting. */
export async function waitForWorkbench(page: Page, timeoutMs = 120_000): Promise<void> {
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: timeoutMs });
  await page.locator('.monaco-workbench .part.activitybar .action-item').first().waitFor({ timeout: timeoutMs });
}

/** Runs a command by its title in the palette, e.g. `Backup Foresight: Show Risk Report`; waits until it is contributed. */
export async function runCommand(page: Page, title: string, timeoutMs = 90_000): Promise<void> {
  const input = page.locator(paletteInput);
  const row = page.locator('.quick-input-widget .monaco-list-row', { hasText: title }).first();
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    await page.keyboard.press('F1');
    await input.waitFor({ state: 'visible', timeout: 20_000 });
    await input.fill(`>${title}`);
    try {
      await row.waitFor({ state: 'visible', timeout: 3000 });
      break;
    } catch (error) {
      await page.keyboard.press('Escape');
      if (Date.now() > deadline) throw new Error(`The palette does not offer "${title}".`, { cause: error });
    }
  }
  await row.click();
}

/** Types into the input box that a command has opened, and accepts it. */
export async function answerInput(page: Page, text: string): Promise<void> {
  const input = page.locator(paletteInput);
  await input.waitFor({ state: 'visible' });
  await input.fill(text);
  await page.keyboard.press('Enter');
}

/** Picks the entry with this text from the list that a command has opened. */
export async function pickEntry(page: Page, text: string): Promise<void> {
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: text }).first().click();
}

/** Opens a view container by its name in the activity bar; one that is open stays open. */
export async function openView(page: Page, title: string): Promise<void> {
  const item = page
    .locator('.part.activitybar .action-item', { has: page.locator(`a[aria-label^="${title}"]`) })
    .first();
  await item.waitFor({ timeout: 60_000 });
  if (!(await item.getAttribute('class'))?.includes('checked')) await item.locator('a').first().click();
}

/** The rows of the trees in the side bar, in the order shown. */
export const treeRows = (page: Page): Locator => page.locator('.part.sidebar .monaco-list-row[role="treeitem"]');

/** Notification toasts with this text. */
export const toasts = (page: Page, text: string | RegExp): Locator =>
  page.locator('.notifications-toasts .notification-list-item-message', { hasText: text });

/** Items of the status bar with this text. */
export const statusBarItems = (page: Page, text: string | RegExp): Locator =>
  page.locator('.part.statusbar .statusbar-item', { hasText: text });

/** The document inside the webview that is to be seen. */
export const webviewFrame = (page: Page): FrameLocator =>
  page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');

/** Puts a theme on as a person does, from the list of themes; a changed setting alone is not always followed. */
export async function chooseTheme(page: Page, theme: ThemeName): Promise<void> {
  const { label, className } = themes[theme];
  await runCommand(page, 'Preferences: Color Theme');
  const row = page.locator('.quick-input-widget .monaco-list-row', { has: page.getByText(label, { exact: true }) });
  await page.locator(paletteInput).fill(label);
  await row.click();
  await page.locator(`.monaco-workbench.${className}`).first().waitFor({ timeout: 30_000 });
}
